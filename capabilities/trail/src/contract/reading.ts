// What the trail promises to readers.
import { Actor } from '@steward/base'
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { ListedOperation, OperationDetails } from '../operation.ts'
import { ChangeFacts, Entity, Instant, instantOrMark, Key, Values } from './shapes.ts'

export const reading = {
  history: procedure({
    summary: 'Shows what happened to a record, newest first',
    effect: 'read',
    permission: 'trail:history',
    http: { path: '/history/{entity}' },
    cli: {
      args: ['entity', 'key'],
      values: { before: 'change' },
      show: [{ as: 'changes', empty: 'Nothing has happened to this record since it is tracked.' }],
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
  deleted: procedure({
    summary: 'Finds records that were deleted, by what they held',
    description:
      'For example all orders that a customer no longer has. Values are compared as the texts that the trail keeps.',
    effect: 'read',
    permission: 'trail:history',
    http: { path: '/deleted/{entity}' },
    cli: {
      args: ['entity'],
      values: { before: 'change', filter: 'column=value' },
      show: [
        { as: 'changes', of: 'changes', empty: 'Nothing like that was deleted since the table is tracked.' },
        { as: 'facts', columns: ['isComplete'] },
      ],
      examples: ['orders --filter customer_id=7', 'customers --filter email=kim@example.com'],
    },
  })
    .input(
      z.object({
        entity: Entity,
        filter: z.record(z.string(), z.string()).optional().describe('only what held this value; may be given again'),
        limit: z.number().int().positive().max(1000).default(50).describe('at most so many'),
        before: z.string().optional().describe('only deletions before this change, by its id: the next page'),
      }),
    )
    .output(
      z.looseObject({
        changes: z.array(ChangeFacts.extend({ isBack: z.boolean().describe('inserted again since') })),
        isComplete: z.boolean().describe('false: older deletions were not looked through'),
      }),
    ),
  at: procedure({
    summary: 'Shows a record as it was',
    effect: 'read',
    permission: 'trail:at',
    http: { path: '/at/{entity}' },
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
    http: { path: '/table/{entity}' },
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
    http: { path: '/operations/{id}' },
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
        { as: 'operations', of: 'operations', empty: 'No operations.' },
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
        touched: z.boolean().optional().describe('also how many records of which tables each changed'),
        limit: z.number().int().positive().default(100).describe('at most so many'),
        after: z.string().optional().describe('the next page: what `next` said'),
      }),
    )
    .output(z.looseObject({ operations: z.array(ListedOperation), next: z.string().nullable() })),
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
    .output(
      z.array(
        z.looseObject({
          procedure: z.string().nullable(),
          entities: z.array(
            z.looseObject({
              entity: z.string(),
              columns: z.array(z.string()),
              operations: z.number(),
              changes: z.number(),
              last: z.string(),
            }),
          ),
          changes: z.number(),
          last: z.string(),
        }),
      ),
    ),
  activity: procedure({
    summary: 'Counts operations over time: for numbers of the week, and for the hours after a release',
    effect: 'read',
    permission: 'trail:activity',
    cli: {
      values: { from: 'when', to: 'when', zone: 'zone' },
      examples: ['--by procedure --every day --from 2026-03-01 --zone Asia/Seoul'],
    },
  })
    .input(
      z.object({
        by: z.enum(['procedure', 'actor', 'entity']),
        every: z.enum(['hour', 'day', 'week']),
        from: Instant.optional(),
        to: Instant.optional(),
        zone: z
          .string()
          .regex(/^[A-Za-z]+(?:[/_+-][A-Za-z0-9_+-]+)*$/, { error: 'it is a zone as Asia/Seoul' })
          .optional()
          .describe('whose days and weeks: a zone such as Asia/Seoul (UTC unless given)'),
      }),
    )
    .output(
      z.array(
        z.looseObject({
          at: z.string(),
          procedure: z.string().nullable().optional(),
          actor: Actor.optional(),
          entity: z.string().optional(),
          operations: z.number(),
          changes: z.number(),
        }),
      ),
    ),
}
