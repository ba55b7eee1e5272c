// Says something in the thread of an inquiry, and links operations to it.
import type { Actor } from '@steward/base'
import type { Transaction } from '@steward/postgres'
import { inquiriesErrors } from './errors.ts'
import { holdInquiry, readInquiry } from './find-inquiry.ts'
import type { InquiryDetails } from './inquiry.ts'
import { updateChanged } from './store/inquiries.ts'
import { countEntries, deleteLink, type EntryRow, insertEntry, insertLink } from './store/threads.ts'

/** A thread is read whole: it must not grow for ever. */
const mostEntries = 1000

/**
 * A comment; in every state, since there is something to say also after the end.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_THREAD_FULL
 */
export async function commentInquiry(
  transaction: Transaction,
  { id, text }: { id: number; text: string },
  by: Actor,
): Promise<InquiryDetails> {
  await holdInquiry(transaction, id)
  await addEntry(transaction, id, { kind: 'comment', by, text })
  return readInquiry(transaction, id)
}

/**
 * Links an operation; a second time changes nothing. It is believed to exist: it lives in another database.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_THREAD_FULL
 */
export async function linkOperation(
  transaction: Transaction,
  { id, operation }: { id: number; operation: string },
  by: Actor,
): Promise<InquiryDetails> {
  await holdInquiry(transaction, id)
  const isNew = await insertLink(transaction, id, { operation, by })
  if (isNew) await addEntry(transaction, id, { kind: 'linked', by, operation })
  return readInquiry(transaction, id)
}

/**
 * Takes an operation off; the thread remembers both.
 *
 * @throws INQUIRIES_NOT_FOUND, INQUIRIES_LINK_NOT_FOUND, INQUIRIES_THREAD_FULL
 */
export async function unlinkOperation(
  transaction: Transaction,
  { id, operation }: { id: number; operation: string },
  by: Actor,
): Promise<InquiryDetails> {
  await holdInquiry(transaction, id)
  if (!(await deleteLink(transaction, id, operation))) throw inquiriesErrors.LINK_NOT_FOUND({ id, operation })
  await addEntry(transaction, id, { kind: 'unlinked', by, operation })
  return readInquiry(transaction, id)
}

async function addEntry(transaction: Transaction, id: number, entry: EntryRow): Promise<void> {
  if ((await countEntries(transaction, id)) >= mostEntries) {
    throw inquiriesErrors.THREAD_FULL({ id, most: mostEntries })
  }
  await insertEntry(transaction, id, entry)
  await updateChanged(transaction, id)
}
