// Finds an inquiry: to read it with its thread, or to hold it while something is done with it.
import type { Queryable, Transaction } from '@steward/postgres'
import { inquiriesErrors } from './errors.ts'
import type { InquiryDetails } from './inquiry.ts'
import { lockInquiry, type Standing, selectInquiry } from './store/inquiries.ts'
import { selectEntries, selectLinks } from './store/threads.ts'

/**
 * An inquiry with all that was said and linked.
 *
 * @throws INQUIRIES_NOT_FOUND
 * @example
 * const { state, answer } = await readInquiry(office, 42)
 */
export async function readInquiry(queryable: Queryable, id: number): Promise<InquiryDetails> {
  const inquiry = await selectInquiry(queryable, id)
  if (inquiry === null) throw inquiriesErrors.NOT_FOUND({ id })
  const entries = await selectEntries(queryable, id)
  return { ...inquiry, entries, operations: await selectLinks(queryable, id) }
}

/**
 * Where an inquiry stands, held until the transaction ends: of two who do something with it the second sees what the first did.
 *
 * @throws INQUIRIES_NOT_FOUND
 */
export async function holdInquiry(transaction: Transaction, id: number): Promise<Standing> {
  const standing = await lockInquiry(transaction, id)
  if (standing === null) throw inquiriesErrors.NOT_FOUND({ id })
  return standing
}
