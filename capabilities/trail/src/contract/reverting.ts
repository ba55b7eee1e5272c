// What the trail promises to those who take something back.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { Entity, instantOrMark, Key, Values } from './shapes.ts'

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
    expect: z
      .string()
      .exactOptional()
      .describe(
        'the `digest` of the plan that was looked at: where it would be another one by now, nothing is written',
      ),
  })
  .refine(isOneTarget, { message: 'give --operation, --change, --run, or --entity with --key and --to' })

export const reverting = {
  revert: procedure({
    summary: 'Takes back what an operation, a change or a run did, or puts a record back to a moment',
    description:
      'Look at it with --dry-run first: it shows each row before and after, and the conflicts with later edits.',
    effect: 'danger',
    permission: 'trail:revert',
    // Whoever says why has seen what; it can be reverted, too.
    http: { isConfirmedByReason: true },
    cli: {
      values: { operation: 'id', change: 'id', run: 'id', to: 'when', expect: 'digest' },
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
        digest: z.string(),
        besides: z.array(z.object({ entity: z.string(), records: z.number() })).optional(),
      }),
    ),
}

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
