// What the trail promises: its procedures, from which commands, routes and pages are derived. Safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { Operation, OperationDetails } from './operation.ts'

/** PostgreSQL's own JSON of a row or a key: handed on as the very same object, since its exact text travels with it. */
const Values = z.custom<Readonly<Record<string, unknown>>>((value) => typeof value === 'object' && value !== null)

const instantOrMark = 'an instant (2026-03-02 14:00+09), a mark, or an operation id (the state just before it)'
const keyWords = 'the value, column=value,column=value, or JSON'
const Entity = z.string().min(1).describe('table, or schema.table outside public')
const Key = z.string().describe(keyWords)
const Instant = z.string().describe('an instant: 2026-03-02, 2026-03-02 14:00+09')
const RowMode = z.enum(['row', 'bulk'])

const ChangeFacts = z.looseObject({
  id: z.string(),
  kind: z.enum(['insert', 'update', 'delete', 'truncate']),
  entity: z.string(),
  key: Values.nullable(),
  before: Values.nullable(),
  after: Values.nullable(),
  at: z.string(),
  imported: z.boolean(),
  operation: Operation,
})

const PlannedRow = z.looseObject({
  entity: z.string(),
  key: Values.nullable(),
  kind: z.enum(['insert', 'update', 'delete', 'truncate']),
  before: Values.nullable(),
  after: Values.nullable(),
})

const Conflict = z.looseObject({
  entity: z.string(),
  key: Values.nullable(),
  column: z.string().nullable(),
  wrote: z.unknown(),
  now: z.unknown(),
  by: z.unknown(),
  reason: z.string(),
})

/** Facts whose shape only people read. */
const Facts = z.custom<unknown>()

const changesOf = (of?: string, empty = 'No changes.') => ({
  as: 'changes' as const,
  empty,
  ...(of === undefined ? {} : { of }),
})

const keeping = {
  maintain: procedure({
    summary: 'Leaves a mark, makes partitions ahead, follows table changes, lets go what is older than its retention',
    description: 'Call it every minute, e.g. from cron; `steward serve` does so by itself. Safe to call at any time.',
    effect: 'write',
    permission: 'trail:maintain',
    // Every minute's chore would bury what people did.
    record: 'changes',
    cli: { show: [{ as: 'facts' }], examples: [''] },
  })
    .input(z.object({}))
    .output(Facts),
  doctor: procedure({
    summary: 'Examines the trail: what is untracked, without key, switched off, or overdue',
    effect: 'read',
    permission: 'trail:doctor',
    cli: {
      show: [
        { as: 'facts', columns: ['installed', 'healthy', 'maintainedAt'] },
        { as: 'table', of: 'findings', columns: ['kind', 'entity', 'message', 'hint'], empty: 'Nothing to mend.' },
      ],
      examples: [''],
    },
  })
    .input(z.object({}))
    .output(
      z.looseObject({
        installed: z.boolean(),
        healthy: z.boolean(),
        maintainedAt: z.string().nullable(),
        findings: z.array(
          z.looseObject({ kind: z.string(), entity: z.string().nullable(), message: z.string(), hint: z.string() }),
        ),
      }),
    ),
  harden: procedure({
    summary: 'Prints the SQL that keeps the application from touching its own trail',
    description: 'It only prints: read it, then run it as the owner of the database.',
    effect: 'read',
    permission: 'trail:harden',
    cli: { values: { application: 'role' }, show: [{ as: 'text', of: 'sql' }], examples: ['--print > harden.sql'] },
  })
    .input(
      z.object({
        print: z.literal(true).describe('print the SQL'),
        application: z.string().optional().describe("the application's login (default: the one that connects)"),
      }),
    )
    .output(z.object({ sql: z.string() })),
  track: procedure({
    summary: 'Puts tables under the trail',
    description:
      'Every insert, update, delete and truncate of these tables is recorded from now on. Nothing is added to the tables.',
    effect: 'write',
    permission: 'trail:track',
    cli: {
      args: ['entities'],
      show: [
        {
          as: 'table',
          of: 'tracked',
          columns: ['entity', 'mode', 'key', 'since', 'notes'],
          empty: 'There is no table to track.',
        },
      ],
      values: { schema: 'schema', exclude: 'column,column', fingerprint: 'column,column' },
      examples: ['orders order_items', '--all', 'users --exclude avatar --fingerprint password_hash'],
    },
  })
    .input(
      z
        .object({
          entities: z.array(Entity).default([]).describe('table, or schema.table outside public'),
          all: z.boolean().default(false).describe('all tables, instead of naming them'),
          schema: z.string().exactOptional().describe('with --all: only the tables of this schema'),
          exclude: z.array(z.string()).exactOptional().describe('columns that are never stored'),
          fingerprint: z.array(z.string()).exactOptional().describe('columns of which only a keyed hash is stored'),
          truncate: z
            .enum(['capture', 'note', 'block'])
            .exactOptional()
            .describe('what TRUNCATE does: capture all rows, note it, or be refused'),
          mode: RowMode.exactOptional().describe('row triggers, or the bulk variant for imports and backfills'),
        })
        .refine(({ entities, all }) => all !== entities.length > 0, { message: 'name the tables, or give --all' }),
    )
    .output(Facts),
  untrack: procedure({
    summary: 'Takes a table off the trail',
    description: 'Changes are no longer recorded; the history so far stays readable.',
    effect: 'write',
    permission: 'trail:untrack',
    cli: {
      args: ['entity'],
      show: [{ as: 'facts' }],
      confirm: 'Changes of this table will leave no trace from now on. Go ahead?',
      examples: ['sessions'],
    },
  })
    .input(z.object({ entity: Entity }))
    .output(Facts),
  stamp: procedure({
    summary: 'Gives a table created_at, updated_at and a version that the database keeps',
    effect: 'write',
    permission: 'trail:stamp',
    cli: { args: ['entity'], show: [{ as: 'facts' }], examples: ['orders'] },
  })
    .input(z.object({ entity: Entity }))
    .output(Facts),
  status: procedure({
    summary: 'Shows which tables are tracked, since when, and what is wrong with any',
    effect: 'read',
    permission: 'trail:status',
    cli: {
      show: [
        { as: 'facts', columns: ['installed', 'version'] },
        { as: 'table', of: 'tables', columns: ['entity', 'tracked', 'since', 'mode', 'problems'], empty: 'No tables.' },
      ],
      examples: [''],
    },
  })
    .input(z.object({}))
    .output(
      z.looseObject({
        installed: z.boolean(),
        version: z.string().nullable(),
        tables: z.array(
          z.looseObject({
            entity: z.string(),
            tracked: z.boolean(),
            since: z.string().nullable(),
            mode: RowMode.nullable(),
            problems: z.array(z.string()),
          }),
        ),
      }),
    ),
  mark: procedure({
    summary: 'Leaves a mark by which "as of" is exact: before a release, a migration, an import',
    effect: 'write',
    permission: 'trail:mark',
    cli: { args: ['name'], show: [{ as: 'facts' }], examples: ['before-release-4.2'] },
  })
    .input(z.object({ name: z.string().min(1).describe('a name that is not taken yet') }))
    .output(Facts),
  import: procedure({
    summary: 'Brings in history from elsewhere, one change a line, flagged as imported',
    effect: 'write',
    permission: 'trail:import',
    cli: { args: ['lines'], file: 'lines', show: [{ as: 'facts' }], examples: ['history.ndjson'] },
  })
    .input(
      z.object({
        lines: z
          .custom<AsyncIterable<string> | Iterable<string>>(isIterable)
          .describe('a file of JSON lines, - for standard input'),
      }),
    )
    .output(Facts),
}

const reading = {
  history: procedure({
    summary: 'Shows what happened to a record, newest first',
    effect: 'read',
    permission: 'trail:history',
    cli: {
      args: ['entity', 'key'],
      values: { before: 'change' },
      show: [changesOf(undefined, 'Nothing has happened to this record since it is tracked.')],
      examples: ['orders 1042', 'order_items order_id=1042,line=3 --limit 10'],
    },
  })
    .input(
      z.object({
        entity: Entity,
        key: Key,
        limit: z.number().int().positive().default(50).describe('at most so many changes'),
        before: z.string().optional().describe('only changes before this one, by its id: the next page'),
      }),
    )
    .output(z.array(ChangeFacts)),
  at: procedure({
    summary: 'Shows a record as it was',
    effect: 'read',
    permission: 'trail:at',
    cli: {
      args: ['entity', 'key', 'when'],
      show: [
        { as: 'facts', of: 'record', empty: 'There was no such record then.' },
        { as: 'facts', columns: ['asOf', 'exact'] },
      ],
      examples: ['orders 1042 "2026-03-02 14:00+09"', 'orders 1042 before-release-4.2'],
    },
  })
    .input(z.object({ entity: Entity, key: Key, when: z.string().describe(instantOrMark) }))
    .output(z.looseObject({ record: Values.nullable(), asOf: z.string(), exact: z.boolean() })),
  table: procedure({
    summary: 'Shows a whole table, or the rows of one customer, as it was',
    effect: 'read',
    permission: 'trail:table',
    cli: {
      args: ['entity', 'when'],
      show: [
        { as: 'table', of: 'records', empty: 'There were no such records then.' },
        { as: 'facts', columns: ['asOf', 'exact'] },
      ],
      examples: ['orders "2026-03-02 14:00+09" --filter customer_id=7'],
    },
  })
    .input(
      z.object({
        entity: Entity,
        when: z.string().describe(instantOrMark),
        filter: z.record(z.string(), z.string()).optional().describe('only rows with this value; may be given again'),
      }),
    )
    .output(z.looseObject({ records: z.array(Values), asOf: z.string(), exact: z.boolean() })),
  operation: procedure({
    summary: 'Shows one operation with everything that it changed',
    effect: 'read',
    permission: 'trail:operation',
    cli: {
      args: ['id'],
      show: [
        {
          as: 'facts',
          of: 'operation',
          columns: [
            'id',
            'at',
            'procedure',
            'actor',
            'params',
            'reason',
            'source',
            'requestId',
            'runId',
            'parentId',
            'reverts',
            'outcome',
            'error',
            'databaseUser',
            'applicationName',
            'clientAddress',
          ],
        },
        { as: 'changes', of: 'changes', empty: 'It changed no row.' },
      ],
      examples: ['01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11'],
    },
  })
    .input(z.object({ id: z.string() }))
    .output(z.looseObject({ operation: OperationDetails, changes: z.array(ChangeFacts) })),
  operations: procedure({
    summary: 'Searches operations, newest first',
    effect: 'read',
    permission: 'trail:operations',
    cli: {
      values: { from: 'when', to: 'when', after: 'cursor', procedure: 'name', field: 'column', entity: 'table' },
      show: [
        {
          as: 'table',
          of: 'operations',
          columns: ['at', 'procedure', 'actor', 'source', 'reason', 'id'],
          empty: 'No operations.',
        },
        { as: 'facts', columns: ['next'] },
      ],
      examples: [
        '--procedure orders.refund --from 2026-03-01',
        '--actor kim --source sql',
        '--entity orders --key 1042',
      ],
    },
  })
    .input(
      z.object({
        procedure: z.string().optional().describe('through what'),
        actor: z.string().optional().describe('who: an id, or type:id'),
        entity: Entity.optional(),
        key: Key.optional(),
        field: z.string().optional().describe('changed this column'),
        source: z.string().optional().describe('app, admin-api, backoffice, script, cli, sql, system'),
        from: Instant.optional(),
        to: Instant.optional(),
        text: z.string().optional().describe('these words in procedure, parameters, reason or actor'),
        limit: z.number().int().positive().default(100).describe('at most so many'),
        after: z.string().optional().describe('the next page: what `next` said'),
      }),
    )
    .output(z.looseObject({ operations: z.array(Operation), next: z.string().nullable() })),
  blast: procedure({
    summary: 'Shows what a procedure touched in a period: the blast radius',
    effect: 'read',
    permission: 'trail:blast',
    cli: {
      values: { procedure: 'name', from: 'when', to: 'when' },
      show: [
        {
          as: 'table',
          of: 'entities',
          columns: ['entity', 'records', 'changes', 'columns'],
          empty: 'It touched nothing.',
        },
        { as: 'facts', columns: ['operations'] },
      ],
      examples: ['--procedure orders.cancel --from 2026-03-01 --to 2026-03-02'],
    },
  })
    .input(z.object({ procedure: z.string(), from: Instant, to: Instant }))
    .output(
      z.looseObject({
        entities: z.array(
          z.looseObject({
            entity: z.string(),
            records: z.number(),
            changes: z.number(),
            columns: z.array(z.unknown()),
            sample: z.array(z.unknown()),
          }),
        ),
        operations: z.unknown(),
      }),
    ),
  impact: procedure({
    summary: 'Maps each procedure to the entities and columns that it has written',
    effect: 'read',
    permission: 'trail:impact',
    cli: {
      show: [
        {
          as: 'table',
          columns: ['procedure', 'entities.entity', 'changes', 'last'],
          empty: 'Nothing was written yet.',
        },
      ],
      examples: [''],
    },
  })
    .input(z.object({}))
    .output(Facts),
  activity: procedure({
    summary: 'Counts operations over time: for numbers of the week, and for the hours after a release',
    effect: 'read',
    permission: 'trail:activity',
    cli: { values: { from: 'when', to: 'when' }, examples: ['--by procedure --every day --from 2026-03-01'] },
  })
    .input(
      z.object({
        by: z.enum(['procedure', 'actor', 'entity']),
        every: z.enum(['hour', 'day', 'week']),
        from: Instant.optional(),
        to: Instant.optional(),
      }),
    )
    .output(Facts),
}

const RevertTarget = z
  .object({
    operation: z.string().optional().describe('everything that this operation did'),
    change: z.string().optional().describe('this one change'),
    run: z.string().optional().describe('everything that this script run did'),
    entity: Entity.optional(),
    key: Key.optional(),
    to: z.string().optional().describe(`one record back to: ${instantOrMark}`),
    onConflict: z
      .enum(['stop', 'skip', 'force'])
      .default('stop')
      .describe('where somebody has edited since: stop, skip those rows, or write over them'),
  })
  .refine(isOneTarget, { message: 'give --operation, --change, --run, or --entity with --key and --to' })

const reverting = {
  revert: procedure({
    summary: 'Takes back what an operation, a change or a run did, or puts a record back to a moment',
    description:
      'Look at it with --dry-run first: it shows each row before and after, and the conflicts with later edits.',
    effect: 'danger',
    permission: 'trail:revert',
    cli: {
      values: { operation: 'id', change: 'id', run: 'id', to: 'when' },
      show: [
        { as: 'changes', of: 'plan.rows', title: 'Rows', empty: 'There is nothing to revert.' },
        {
          as: 'table',
          of: 'plan.conflicts',
          title: 'Conflicts',
          columns: ['entity', 'key', 'column', 'wrote', 'now', 'by', 'reason'],
        },
        { as: 'facts', columns: ['applied', 'operation.id'] },
      ],
      confirm: 'Revert this for real?',
      examples: [
        '--operation 01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11 --dry-run',
        '--operation 01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11 --reason "TICKET-42: cancelled by mistake"',
        '--entity orders --key 1042 --to before-release-4.2 --reason "TICKET-43"',
      ],
    },
  })
    .input(RevertTarget)
    .output(
      z.looseObject({
        plan: z.looseObject({ rows: z.array(PlannedRow), conflicts: z.array(Conflict) }),
        applied: z.unknown(),
        operation: z.unknown(),
      }),
    ),
}

/**
 * The trail's procedures by name.
 *
 * @example
 * wordsOf(trailContract.history).summary // 'Shows what happened to a record, newest first'
 */
export const trailContract = { ...keeping, ...reading, ...reverting }

function isOneTarget({
  operation,
  change,
  run,
  entity,
  key,
  to,
}: Readonly<Record<string, string | undefined>>): boolean {
  const record = [entity, key, to].filter((part) => part !== undefined).length
  const others = [operation, change, run].filter((part) => part !== undefined).length
  return (record === 0 && others === 1) || (record === 3 && others === 0)
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
}
