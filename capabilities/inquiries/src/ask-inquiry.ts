// Writes a question down.
import type { Actor } from '@steward/base'
import { formatEntity, parseEntity, type Transaction } from '@steward/postgres'
import { readInquiry } from './find-inquiry.ts'
import { type InquiryDetails, titleOf } from './inquiry.ts'
import { insertInquiry } from './store/inquiries.ts'

/** A question, and what it is about: a record (entity and key), an operation, or neither. */
export type Question = {
  text: string
  title: string | null
  entity: string | null
  key: string | null
  operation: string | null
  ticketUrl: string | null
}

/**
 * Writes a question down. What it is about is believed: it lives in another database, and may be gone by now.
 *
 * @throws POSTGRES_ENTITY_NAME
 * @example
 * const about = { title: null, entity: 'orders', key: '1042', operation: null, ticketUrl: null }
 * const { id } = await askInquiry(transaction, { text: 'Who deleted it?', ...about }, actor)
 */
export async function askInquiry(transaction: Transaction, question: Question, by: Actor): Promise<InquiryDetails> {
  const id = await insertInquiry(transaction, {
    ...question,
    title: question.title ?? titleOf(question.text),
    entity: question.entity === null ? null : plainEntity(question.entity),
    askedBy: by,
  })
  return readInquiry(transaction, id)
}

/** One entity has one name here: `public.orders` is `orders`. */
export function plainEntity(text: string): string {
  return formatEntity(parseEntity(text))
}
