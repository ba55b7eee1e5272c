// The errors of the trail: what happened, with the value, and the command that mends it.
import { defineErrors, printJson } from '@steward/base'

const nearestSentence = (nearest: readonly string[]) =>
  nearest.length > 0 ? `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}? ` : ''

/**
 * Every error of the trail, by name; their codes read `TRAIL_…`.
 *
 * @example
 * throw trailErrors.NOT_TRACKED({ entity: 'orders' })
 */
export const trailErrors = defineErrors('TRAIL', {
  NOT_INSTALLED: {
    status: 409,
    message: 'The trail is not installed in this database.',
    hint: 'Install it with: steward trail install',
  },
  OUTDATED: {
    status: 409,
    message: 'The trail in this database is older than this Steward.',
    hint: 'Bring it up to date with: steward trail install',
  },
  NOT_PERMITTED: {
    status: 403,
    message: 'This role may not do that with the trail.',
    details: ({ message }: { message: string }) => message,
    hint: 'To read the trail, let an owner run: GRANT steward_reader TO the role. Reading a record as it was needs SELECT on its table too; installing and tracking need the owner.',
  },
  REFUSED: {
    status: 409,
    message: ({ message }: { message: string; hint: string }) => message,
    hint: ({ hint }: { message: string; hint: string }) => hint,
  },
  UNKNOWN_ENTITY: {
    status: 404,
    message: ({ entity }: { entity: string; nearest: readonly string[] }) => `There is no table "${entity}".`,
    hint: ({ nearest }: { entity: string; nearest: readonly string[] }) =>
      `${nearestSentence(nearest)}List the tables with: steward trail status`,
  },
  NOT_TRACKED: {
    status: 409,
    message: ({ entity }: { entity: string }) => `"${entity}" is not tracked.`,
    hint: ({ entity }: { entity: string }) => `Track it with: steward trail track ${entity}`,
  },
  OUT_OF_STEP: {
    status: 409,
    message: ({ entity }: { entity: string }) =>
      `The table "${entity}" was changed, and the trail's code for it was not.`,
    hint: 'Bring it in step with: steward trail maintain',
  },
  NO_KEY: {
    status: 409,
    message: ({ entity }: { entity: string }) =>
      `"${entity}" has neither a primary key nor a unique key: its records cannot be told apart.`,
    details: 'Its changes are recorded. They can be found by operation.',
    hint: ({ entity }: { entity: string }) =>
      `Give it a primary key, or look for what changed it with: steward trail operations --entity ${entity}`,
  },
  KEY_SHAPE: {
    status: 400,
    message: ({ entity, given }: { entity: string; given: string; expected: string; reason: string }) =>
      `${given} is not a key of "${entity}".`,
    details: ({ reason }: { reason: string }) => reason,
    hint: ({ expected }: { expected: string }) => `Its key is: ${expected}`,
  },
  UNKNOWN_COLUMN: {
    status: 400,
    message: ({ entity, column }: { entity: string; column: string; nearest: readonly string[] }) =>
      `"${entity}" has no column "${column}".`,
    hint: ({ nearest }: { nearest: readonly string[] }) =>
      nearest.length > 0
        ? `Did you mean ${nearest.map((name) => `"${name}"`).join(' or ')}?`
        : 'Name one of its columns.',
  },
  MASKED: {
    status: 403,
    message: ({ entity, column }: { entity: string; column: string }) =>
      `The column "${column}" of "${entity}" is masked for this role.`,
    hint: 'It can neither be searched by nor written back: ask somebody who sees it.',
  },
  REVERT_NOT_ALLOWED: {
    status: 403,
    message: ({ entity, kind }: { entity: string; kind: string }) =>
      `The revert needs the right to ${kind} records of "${entity}", which this role does not have.`,
    hint: 'Ask somebody who may write there, or revert only the changes that you may write (--change).',
  },
  REVERT_NOT_SEEN: {
    status: 403,
    message: 'The revert concerns records that this role does not see.',
    hint: 'Ask somebody who sees all of it, or revert only the changes that you see (--change).',
  },
  REVERT_TOO_MANY: {
    status: 403,
    message: ({ entity, rows, most }: { entity: string; rows: number; most: number }) =>
      `The revert would write ${rows} records of "${entity}"; this role may write ${most} at once.`,
    hint: 'Ask somebody who may write more, or revert in parts (--change).',
  },
  REVERT_REFUSED: {
    status: 409,
    message: ({ code }: { code: string }) => `The database refused the revert (${code}). Nothing was written.`,
    hint: 'Ask somebody who sees everything to look at it: the reason may hold values that this role does not see.',
  },
  COLUMN_NOT_KEPT: {
    status: 409,
    message: ({ entity, column }: { entity: string; column: string }) =>
      `The trail keeps no values of the column "${column}" of "${entity}".`,
    details: 'It is excluded or fingerprinted.',
    hint: 'Filter by another column.',
  },
  FILTER_VALUE: {
    status: 400,
    message: ({ column, value }: { column: string; value: string; reason: string }) =>
      `${JSON.stringify(value)} is not a value of the column "${column}".`,
    details: ({ reason }: { reason: string }) => reason,
    hint: "Write the value as PostgreSQL writes it in the column's type.",
  },
  BEFORE_TRACKING: {
    status: 409,
    message: ({ entity, since }: { entity: string; since: string; asked: string }) =>
      `"${entity}" is tracked since ${since}; what was before is not known.`,
    details: ({ asked }: { asked: string }) => `Asked for: ${asked}`,
    hint: ({ since }: { since: string }) => `Ask for ${since} or later.`,
  },
  HISTORY_UNKNOWN: {
    status: 409,
    message: ({ entity, at }: { entity: string; at: string; reason: string }) =>
      `What "${entity}" held at ${at} cannot be told from the trail.`,
    details: ({ reason }: { reason: string }) => reason,
    hint: ({ entity }: { entity: string }) =>
      `Ask for a later moment. The changes are listed by: steward trail operations --entity ${entity}`,
  },
  UNKNOWN_OPERATION: {
    status: 404,
    message: ({ id }: { id: string }) => `There is no operation "${id}".`,
    hint: 'Look for it with: steward trail operations',
  },
  UNKNOWN_CHANGE: {
    status: 404,
    message: ({ id }: { id: string }) => `There is no change "${id}".`,
    hint: 'The history of its record lists the changes with their ids: steward trail history <entity> <key>',
  },
  UNKNOWN_MARK: {
    status: 404,
    message: ({ mark }: { mark: string; nearest: readonly string[] }) => `There is no mark "${mark}".`,
    hint: ({ nearest }: { nearest: readonly string[] }) =>
      `${nearestSentence(nearest)}Give a mark, an operation id, or an instant such as 2026-03-02T14:00:00+09:00.`,
  },
  BAD_INSTANT: {
    status: 400,
    message: ({ text }: { text: string }) => `"${text}" is not an instant.`,
    hint: 'Write it as ISO 8601, such as 2026-03-02 or 2026-03-02T14:00:00.123456+09:00; without a zone it is UTC.',
  },
  KEY_WITHOUT_ENTITY: {
    status: 400,
    message: 'A key alone does not say of which table it is.',
    hint: 'Name the table too: --entity orders --key 1042',
  },
  BAD_CURSOR: {
    status: 400,
    message: ({ cursor }: { cursor: string }) => `"${cursor}" does not lead to another page.`,
    hint: 'Pass on what the page before said, unchanged; leave it out for the first page.',
  },
  REASON_MISSING: {
    status: 400,
    message: 'A revert needs a reason.',
    hint: 'Say why, for those who read the trail later: --reason "TICKET-42: refunded twice"',
  },
  REVERT_TARGET: {
    status: 400,
    message: 'Nothing was named that could be reverted.',
    hint: 'Name an operation, a change, a run, or a record (entity and key) with the moment to set it back to.',
  },
  REVERT_CONFLICTS: {
    status: 409,
    message: ({ conflicts }: { conflicts: readonly RevertConflict[] }) =>
      `The revert was stopped: ${conflicts.length} ${conflicts.length === 1 ? 'conflict' : 'conflicts'}.`,
    details: ({ conflicts }: { conflicts: readonly RevertConflict[] }) =>
      conflicts
        .slice(0, 20)
        .map(({ entity, key, column, reason }) => `${entity} ${printJson(key)}${column ? ` ${column}` : ''}: ${reason}`)
        .join('; '),
    hint: 'Look at it with --dry-run; then leave what is in conflict alone (--on-conflict skip) or overwrite it (--on-conflict force).',
  },
  REVERT_CHANGED: {
    status: 409,
    message: 'The rows changed after the revert was planned. Nothing was written.',
    hint: 'Plan it again and look at it once more.',
  },
  REVERT_DIVERGED: {
    status: 409,
    message: ({ entity, what }: { entity: string; what: string; triggers: readonly string[] }) =>
      `The revert of "${entity}" was rolled back: ${what}.`,
    details: ({ triggers }: { triggers: readonly string[] }) =>
      triggers.length > 0
        ? `Triggers of the table: ${triggers.join(', ')}`
        : 'A foreign key or a trigger of another table did it.',
    hint: 'The trigger keeps a value of its own. Revert what it derives from, or repair the rows with a script.',
  },
  IMPORT_LINE: {
    status: 400,
    message: ({ number, problem }: { number: number; problem: string }) => `Line ${number} of the import ${problem}.`,
    hint: 'A line is one change as `steward trail history --json` prints it. Nothing of a refused file is kept.',
  },
})

type RevertConflict = { entity: string; key: unknown; column: string | null; reason: string }
