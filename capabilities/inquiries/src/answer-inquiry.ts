// Answers, closes and opens again.
import type { Actor } from '@steward/base'
import type { Transaction } from '@steward/postgres'
import { inquiriesErrors } from './errors.ts'
import { holdInquiry, readInquiry } from './find-inquiry.ts'
import type { InquiryDetails } from './inquiry.ts'
import { updateAnswered, updateClosed, updateReopened } from './store/inquiries.ts'
import { insertEntry } from './store/threads.ts'

/**
 * Gives the answer. Anybody may who is permitted to; the owner stays, and where there is none it is whoever answers.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_WRONG_STATE
 * @example
 * const { minutesToAnswer } = await answerInquiry(transaction, { id: 42, text: 'They are back.' }, actor)
 */
export async function answerInquiry(
  transaction: Transaction,
  { id, text }: { id: number; text: string },
  by: Actor,
): Promise<InquiryDetails> {
  const { state } = await holdInquiry(transaction, id)
  if (state === 'answered' || state === 'closed') {
    throw inquiriesErrors.WRONG_STATE({ id, state, deed: state === 'closed' ? 'answered' : 'answered again' })
  }
  await updateAnswered(transaction, id, { text, by })
  await insertEntry(transaction, id, { kind: 'answer', by, text })
  return readInquiry(transaction, id)
}

/**
 * Closes what needs nothing more, answered or not.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_WRONG_STATE
 * @example
 * const { closedAt } = await closeInquiry(transaction, 42, actor)
 */
export async function closeInquiry(transaction: Transaction, id: number, by: Actor): Promise<InquiryDetails> {
  const { state } = await holdInquiry(transaction, id)
  if (state === 'closed') throw inquiriesErrors.WRONG_STATE({ id, state, deed: 'closed again' })
  await updateClosed(transaction, id)
  await insertEntry(transaction, id, { kind: 'closed', by })
  return readInquiry(transaction, id)
}

/**
 * Opens again what was answered or closed: it goes back to its owner, and its answer to the thread.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_WRONG_STATE
 * @example
 * const { state } = await reopenInquiry(transaction, 42, actor)
 */
export async function reopenInquiry(transaction: Transaction, id: number, by: Actor): Promise<InquiryDetails> {
  const { state } = await holdInquiry(transaction, id)
  if (state === 'open' || state === 'taken') {
    throw inquiriesErrors.WRONG_STATE({ id, state, deed: 'opened again' })
  }
  await updateReopened(transaction, id)
  await insertEntry(transaction, id, { kind: 'reopened', by })
  return readInquiry(transaction, id)
}
