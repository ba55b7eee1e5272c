// The engine's error codes: a request that cannot be performed, and why.
import { defineErrors } from '@steward/base'

/**
 * What the corridor refuses, each with what to do next.
 *
 * @example
 * throw engineErrors.PROCEDURE_UNKNOWN({ procedure: 'trail.histroy', nearest: ['trail.history'] })
 */
export const engineErrors = defineErrors('ENGINE', {
  PROCEDURE_UNKNOWN: {
    status: 404,
    message: ({ procedure }: { procedure: string; nearest: readonly string[] }) =>
      `There is no procedure called "${procedure}".`,
    hint: ({ nearest }: { procedure: string; nearest: readonly string[] }) =>
      nearest.length === 0
        ? 'List all procedures with: steward --help'
        : `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`,
  },
  INPUT_INVALID: {
    status: 422,
    message: ({ procedure, problems }: { procedure: string; problems: readonly string[] }) =>
      `The input of ${procedure} is not valid: ${problems[0] ?? 'it has the wrong shape'}.`,
    details: ({ problems }: { procedure: string; problems: readonly string[] }) => problems.join('; '),
    hint: ({ procedure }: { procedure: string; problems: readonly string[] }) =>
      `See what it takes with: steward ${procedure.replaceAll('.', ' ')} --help`,
  },
  OUTPUT_BROKEN: {
    status: 500,
    message: ({ procedure }: { procedure: string; problems: readonly string[] }) =>
      `${procedure} did not answer in the shape that it promises; nothing was changed.`,
    details: ({ problems }: { procedure: string; problems: readonly string[] }) => problems.join('; '),
    hint: 'This is a fault in the capability itself: report it with the details above.',
  },
  NOT_PERMITTED: {
    status: 403,
    message: ({ actor, procedure }: { actor: string; procedure: string; permission: string }) =>
      `${actor} may not perform ${procedure}.`,
    hint: ({ permission }: { actor: string; procedure: string; permission: string }) =>
      `It needs the permission "${permission}": ask somebody who may give it to you.`,
  },
  OFFICE_MISSING: {
    status: 500,
    message: "This belongs into Steward's own database, and none was given.",
    hint: 'Set STEWARD_DATABASE_URL, or hand `office` to the engine.',
  },
  REASON_REQUIRED: {
    status: 422,
    message: ({ procedure }: { procedure: string }) => `${procedure} is not performed without a reason.`,
    hint: 'Say why, for those who will read the trail: --reason "TICKET-42: the import doubled the totals"',
  },
  CONFIRMATION_REQUIRED: {
    status: 409,
    message: ({ procedure }: { procedure: string }) => `${procedure} is not performed without a confirmation.`,
    hint: 'Look at it as a dry run first (--dry-run), then confirm it with --yes.',
  },
})
