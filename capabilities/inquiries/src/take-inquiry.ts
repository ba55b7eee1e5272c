// Gives an inquiry its owner: whoever takes it, or to whom it is given.
import type { Actor } from '@steward/base'
import type { Transaction } from '@steward/postgres'
import { inquiriesErrors } from './errors.ts'
import { holdInquiry, readInquiry } from './find-inquiry.ts'
import { type InquiryDetails, isSame, nameOf } from './inquiry.ts'
import { findColleague, type ListPeople } from './list-colleagues.ts'
import { type Standing, updateOwner } from './store/inquiries.ts'
import { insertEntry } from './store/threads.ts'

/**
 * Takes an inquiry that nobody has. Of several at once one gets it; to take what is one's own changes nothing.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_TAKEN, INQUIRIES_WRONG_STATE
 * @example
 * const { owner } = await takeInquiry(transaction, 42, actor)
 */
export async function takeInquiry(transaction: Transaction, id: number, by: Actor): Promise<InquiryDetails> {
  const standing = await holdInquiry(transaction, id)
  demandUnanswered(standing, 'taken')
  if (standing.owner === null) {
    await updateOwner(transaction, id, by)
    await insertEntry(transaction, id, { kind: 'taken', by })
  } else if (!isSame(standing.owner, by)) {
    throw inquiriesErrors.TAKEN({ id, owner: nameOf(standing.owner) })
  }
  return readInquiry(transaction, id)
}

/** To whom (an e-mail address or an id, null is nobody), who says so, and who knows people. */
export type Assignment = { person: string | null; by: Actor; listPeople: ListPeople }

/**
 * Gives an inquiry to somebody, whoever has it; to nobody lets it wait for anybody.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_PERSON_NOT_FOUND, INQUIRIES_WRONG_STATE
 */
export async function assignInquiry(
  transaction: Transaction,
  id: number,
  { person, by, listPeople }: Assignment,
): Promise<InquiryDetails> {
  const standing = await holdInquiry(transaction, id)
  demandUnanswered(standing, 'given to anybody')
  const owner = person === null ? null : await findOwner(transaction, person, listPeople)
  if (!isOwnedBy(standing, owner)) {
    await updateOwner(transaction, id, owner)
    await insertEntry(transaction, id, owner === null ? { kind: 'released', by } : { kind: 'assigned', by, to: owner })
  }
  return readInquiry(transaction, id)
}

async function findOwner(transaction: Transaction, person: string, listPeople: ListPeople): Promise<Actor> {
  const found = await findColleague(transaction, person, listPeople)
  if (found === null) throw inquiriesErrors.PERSON_NOT_FOUND({ person })
  return { type: 'staff', id: found.id, name: found.name }
}

function isOwnedBy({ owner }: Standing, other: Actor | null): boolean {
  return owner === null || other === null ? owner === other : isSame(owner, other)
}

function demandUnanswered({ id, state }: Standing, deed: string): void {
  if (state === 'answered' || state === 'closed') throw inquiriesErrors.WRONG_STATE({ id, state, deed })
}
