// The errors of Steward's own in the Admin API; what the dialect refuses in its own words stands with its stages.
import { defineErrors } from '@steward/base'

/**
 * Every error of the entities that is not PostgREST's, by name; their codes read `ENTITIES_…`.
 *
 * @example
 * throw entitiesErrors.REASON_REQUIRED({ method: 'PATCH', entity: 'orders' })
 */
export const entitiesErrors = defineErrors('ENTITIES', {
  UNEXPECTED: {
    status: 500,
    message: 'Something went wrong that should not have.',
    hint: "The server's log has more, under the X-Request-Id of this answer.",
  },
  REASON_REQUIRED: {
    status: 428,
    message: ({ method, entity }: { method: string; entity: string }) => `${method} on "${entity}" needs a reason.`,
    details: 'It is kept with the change, for those who read the trail later.',
    hint: 'Send it percent-encoded in the header Steward-Reason, as: Steward-Reason: TICKET-42%3A%20refunded%20twice',
  },
  REASON_ENCODING: {
    status: 400,
    message: 'The header Steward-Reason is not percent-encoded UTF-8.',
    details: ({ reason }: { reason: string }) => `It reads: ${reason}`,
    hint: 'Encode it as encodeURIComponent does: TICKET-42%3A%20refunded%20twice',
  },
  UNFILTERED_WRITE: {
    status: 400,
    message: ({ method, entity }: { method: string; entity: string }) =>
      `${method} on "${entity}" without a filter would reach every row.`,
    hint: 'Filter the rows (?id=eq.7), or say how many may be meant: Prefer: handling=strict, max-affected=100',
  },
  TRAIL_MISSING: {
    status: 409,
    message: 'Changes can only be shown where the trail records them, and it is not installed in this database.',
    hint: 'Install it with: steward trail install. Or leave out the header Steward-Diff.',
  },
  NOT_TRACKED: {
    status: 409,
    message: ({ entity }: { entity: string }) => `Changes of "${entity}" cannot be shown: it is not tracked.`,
    hint: ({ entity }: { entity: string }) =>
      `Track it with: steward trail track ${entity}. Or leave out the header Steward-Diff.`,
  },
  DIFF_OF_READ: {
    status: 400,
    message: 'Only a write has changes to show.',
    hint: 'Leave out the header Steward-Diff, or write with POST, PATCH, PUT or DELETE.',
  },
})
