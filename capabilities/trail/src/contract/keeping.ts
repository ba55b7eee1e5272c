// What the trail promises about itself: which tables, in what state, marks, and history from elsewhere.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { Entity, RowMode } from './shapes.ts'

export const keeping = {
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
    .output(
      z.looseObject({
        skipped: z.string().optional(),
        partitions: z.number().optional(),
        refreshed: z.number().optional(),
        problems: z.array(z.object({ entity: z.string(), problem: z.string() })).optional(),
        forgotten: z.number().optional(),
      }),
    ),
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
    // A script for the owner of the database, at their terminal.
    http: false,
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
    .output(
      z.object({
        tracked: z.array(
          z.looseObject({
            entity: z.string(),
            mode: RowMode,
            key: z.array(z.string()),
            since: z.string(),
            notes: z.array(z.string()),
          }),
        ),
      }),
    ),
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
    .output(z.object({ entity: z.string(), tracked: z.literal(false) })),
  stamp: procedure({
    summary: 'Gives a table created_at, updated_at and a version that the database keeps',
    effect: 'write',
    permission: 'trail:stamp',
    cli: { args: ['entity'], show: [{ as: 'facts' }], examples: ['orders'] },
  })
    .input(z.object({ entity: Entity }))
    .output(z.object({ entity: z.string(), added: z.array(z.string()) })),
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
    http: { path: '/marks' },
    cli: { args: ['name'], show: [{ as: 'facts' }], examples: ['before-release-4.2'] },
  })
    .input(z.object({ name: z.string().min(1).describe('a name that is not taken yet') }))
    .output(z.object({ id: z.string(), name: z.string().nullable(), at: z.string() })),
  import: procedure({
    summary: 'Brings in history from elsewhere, one change a line, flagged as imported',
    effect: 'write',
    permission: 'trail:import',
    // A file of any size, from the owner.
    http: false,
    cli: { args: ['lines'], file: 'lines', show: [{ as: 'facts' }], examples: ['history.ndjson'] },
  })
    .input(
      z.object({
        lines: z
          .custom<AsyncIterable<string> | Iterable<string>>(isIterable)
          .describe('a file of JSON lines, - for standard input'),
      }),
    )
    .output(z.object({ changes: z.number(), operations: z.number(), skipped: z.number() })),
}

function isIterable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
}
