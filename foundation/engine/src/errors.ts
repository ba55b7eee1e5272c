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
  PROCEDURE_MALFORMED: {
    status: 400,
    message: ({ procedure, problem }: { procedure: string; problem: string }) =>
      `The procedure "${procedure}" cannot be made: ${problem}.`,
    hint: "Write it as: defineProcedure({ name: 'orders.refund', summary, effect: 'write', input, output, run })",
  },
  PROCEDURE_TWICE: {
    status: 400,
    message: ({ procedure }: { procedure: string }) => `There are two procedures called "${procedure}".`,
    hint: 'Names that differ in capitals and dashes alone are typed alike: give one of them another name.',
  },
  PROCEDURE_WORD_TAKEN: {
    status: 400,
    message: ({ procedure, word }: { procedure: string; word: string }) =>
      `The procedure "${procedure}" cannot be called that: "${word}" is a word of Steward's own.`,
    hint: 'Call it by another word before the dot, such as the name of its entity.',
  },
  CHANGES_UNREADABLE: {
    status: 409,
    message: ({ procedure }: { procedure: string }) => `The changes of ${procedure} cannot be shown here.`,
    details: 'Nobody reads the trail for this engine; nothing was done.',
    hint: 'Ask without the changes, or hand `readChanges` to the engine.',
  },
  TRANSACTION_KEPT: {
    status: 500,
    message: ({ statement }: { statement: string }) =>
      `${statement} was refused: the transaction belongs to whoever performs the procedure.`,
    hint: 'Leave out BEGIN, COMMIT and ROLLBACK: it is committed when `run` has answered, and rolled back when it throws. SAVEPOINT works.',
  },
})
