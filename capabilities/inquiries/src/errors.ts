// The error codes of inquiries, each with a hint.
import { defineErrors } from '@steward/base'
import type { InquiryState } from './inquiry.ts'

type Refused = { id: number; state: InquiryState; deed: string }

/**
 * What inquiries refuse.
 *
 * @example
 * throw inquiriesErrors.NOT_FOUND({ id: 42 })
 */
export const inquiriesErrors = defineErrors('INQUIRIES', {
  NOT_FOUND: {
    status: 404,
    message: ({ id }: { id: number }) => `There is no inquiry ${id}.`,
    hint: 'List them with: steward inquiries list',
  },
  TAKEN: {
    status: 409,
    message: ({ id, owner }: { id: number; owner: string }) => `${owner} has taken inquiry ${id} already.`,
    hint: ({ id }: { id: number; owner: string }) =>
      `Leave it to them, or give it to somebody else: steward inquiries assign ${id} <e-mail>`,
  },
  WRONG_STATE: {
    status: 409,
    message: ({ id, state, deed }: Refused) => `Inquiry ${id} is ${state}: it cannot be ${deed}.`,
    hint: ({ id, state }: Refused) =>
      state === 'answered' || state === 'closed'
        ? `Open it again first: steward inquiries reopen ${id}`
        : `See where it stands: steward inquiries read ${id}`,
  },
  PERSON_NOT_FOUND: {
    status: 404,
    message: ({ person }: { person: string }) => `There is nobody called "${person}" to whom it could be given.`,
    hint: 'See to whom with: steward inquiries people',
  },
  LINK_NOT_FOUND: {
    status: 404,
    message: ({ id, operation }: { id: number; operation: string }) =>
      `Operation ${operation} is not linked to inquiry ${id}.`,
    hint: ({ id }: { id: number; operation: string }) => `See its operations with: steward inquiries read ${id}`,
  },
  THREAD_FULL: {
    status: 422,
    message: ({ id, most }: { id: number; most: number }) =>
      `Inquiry ${id} has ${most} entries already, and takes no more of them.`,
    hint: 'Answer it, and ask a new one: steward inquiries ask "…"',
  },
})
