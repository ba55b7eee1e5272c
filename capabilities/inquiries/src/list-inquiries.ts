// Lists inquiries in pages.
import type { Actor } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { plainEntity } from './ask-inquiry.ts'
import type { Inquiry, InquiryState } from './inquiry.ts'
import { selectInquiries } from './store/inquiries.ts'

/** Which inquiries: all that is given must hold; `after` is what `next` of the page before said. */
export type InquiryQuestion = {
  state: readonly InquiryState[]
  mine: boolean
  unowned: boolean
  owner: string | null
  asker: string | null
  text: string | null
  entity: string | null
  key: string | null
  operation: string | null
  limit: number
  after: number | null
}

/** A page, the newest first; `next` leads to the page after it, null when this is the last. */
export type InquiryPage = { inquiries: Inquiry[]; next: number | null }

/**
 * A page of inquiries. Numbers go up with time, so that what is asked meanwhile moves no page.
 *
 * @throws POSTGRES_ENTITY_NAME
 * @example
 * const nextPage = ({ next }: InquiryPage, question: InquiryQuestion, reader: Actor) =>
 *   listInquiries(pool, { ...question, after: next }, reader)
 */
export async function listInquiries(
  queryable: Queryable,
  { state, mine, unowned, owner, entity, after, limit, ...filter }: InquiryQuestion,
  reader: Actor,
): Promise<InquiryPage> {
  // One more tells whether there is a page after this one.
  const found = await selectInquiries(queryable, {
    ...filter,
    state: state.length === 0 ? null : state,
    owners: [...(mine ? [reader] : []), ...(owner === null ? [] : [{ id: owner, type: null }])],
    hasNoOwner: unowned,
    entity: entity === null ? null : plainEntity(entity),
    before: after,
    limit: limit + 1,
  })
  const inquiries = found.slice(0, limit)
  const last = inquiries.at(-1)
  return { inquiries, next: last !== undefined && found.length > limit ? last.id : null }
}
