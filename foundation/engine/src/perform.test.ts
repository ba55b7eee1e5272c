// The corridor, walked with a tiny capability on a real database.
import { type Actor, isStewardError } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { procedure } from '@steward/contract'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import {
  defineCapability,
  type Engine,
  keep,
  type LeaveOperation,
  type Operation,
  type PerformRequest,
  perform,
} from './index.ts'

const contract = {
  list: procedure({ summary: 'Lists notes', effect: 'read', permission: 'notes:list' })
    .input(z.object({ limit: z.number().default(10) }))
    .output(z.array(z.string())),
  sneak: procedure({ summary: 'Promises to read and writes', effect: 'read', permission: 'notes:list' }),
  add: procedure({ summary: 'Writes a note', effect: 'write', permission: 'notes:add' })
    .input(z.object({ text: z.string(), topic: z.number().nullable().default(null) }))
    .output(z.object({ id: z.number() })),
  lie: procedure({ summary: 'Answers something else', effect: 'write', permission: 'notes:add' }).output(
    z.object({ id: z.number() }),
  ),
  tick: procedure({ summary: 'Writes quietly', effect: 'write', permission: 'notes:add', record: 'changes' }),
  clear: procedure({ summary: 'Removes all', effect: 'danger', permission: 'notes:clear' }).output(z.number()),
}

const notes = defineCapability({
  name: 'notes',
  summary: 'Notes',
  contract,
  procedures: keep(contract, {
    list: async ({ transaction }, { limit }) => {
      const { rows } = await transaction.query('SELECT text FROM note ORDER BY id LIMIT $1', [limit])
      return rows.map(({ text }) => text)
    },
    sneak: async ({ transaction }) => transaction.query("INSERT INTO note (text) VALUES ('sneaked')"),
    add: async ({ transaction }, { text, topic }) => {
      const { rows } = await transaction.query('INSERT INTO note (text, topic_id) VALUES ($1, $2) RETURNING id', [
        text,
        topic,
      ])
      return rows[0]
    },
    lie: async ({ transaction }) => {
      await transaction.query("INSERT INTO note (text) VALUES ('a lie')")
      return { id: 'not a number' } as never
    },
    tick: async ({ transaction }) => transaction.query("INSERT INTO note (text) VALUES ('tick')"),
    clear: async ({ transaction }) => (await transaction.query('DELETE FROM note')).rowCount ?? 0,
  }),
})

/** Keeps operations in a table, and shows in a setting that they ride on BEGIN. */
const leaveOperation: LeaveOperation = {
  settings: (operation) => ({ 'notes.operation': JSON.stringify(operation) }),
  leave: async (transaction, operation, ending) => {
    await transaction.query("INSERT INTO left_operation VALUES (current_setting('notes.operation')::json, $1, $2)", [
      ending.outcome,
      ending.outcome === 'failed' ? String(ending.error) : null,
    ])
    expect(operation.id).toHaveLength(36)
  },
}

const kim: Actor = { type: 'staff', id: 'kim' }
let database: TestDatabase
let engine: Engine

beforeAll(async () => {
  database = await testDatabase({ name: 'perform' })
  await database.pool.query(`
    CREATE TABLE topic (id int PRIMARY KEY);
    CREATE TABLE note (
      id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      text text NOT NULL,
      topic_id int REFERENCES topic DEFERRABLE INITIALLY DEFERRED
    );
    CREATE TABLE left_operation (operation json, outcome text, error text)`)
  engine = { capabilities: [notes], pool: database.pool, permit: () => true, leaveOperation }
})

beforeEach(() => database.pool.query('TRUNCATE note, left_operation RESTART IDENTITY'))

afterAll(() => database.drop())

const ask = (procedure: string, more: Partial<PerformRequest> = {}) =>
  perform(engine, { procedure: `notes.${procedure}`, input: {}, actor: kim, source: 'cli', ...more })

const texts = async (): Promise<string[]> =>
  (await database.pool.query('SELECT text FROM note ORDER BY id')).rows.map(({ text }) => text)

const left = async (): Promise<{ operation: Operation; outcome: string; error: string | null }[]> =>
  (await database.pool.query('SELECT * FROM left_operation')).rows

test('a write commits together with its operation', async () => {
  const { output, operation } = await ask('add', { input: { text: 'bread' }, reason: 'hungry', requestId: 'req-1' })
  expect(output).toEqual({ id: 1 })
  expect(await texts()).toEqual(['bread'])
  expect(await left()).toEqual([{ operation, outcome: 'done', error: null }])
  expect(operation).toMatchObject({
    actor: kim,
    procedure: 'notes.add',
    params: { text: 'bread', topic: null },
    reason: 'hungry',
    source: 'cli',
    requestId: 'req-1',
  })
})

test('what is left only with its changes is left for certain where it was given an id to be asked for by', async () => {
  await ask('tick')
  expect(await left()).toEqual([])
  const { operation } = await ask('tick', { operationId: '0196f000-0000-7000-8000-000000000001' })
  expect(await left()).toEqual([{ operation, outcome: 'done', error: null }])
})

test('a read sees the data, fills in defaults, and leaves nothing', async () => {
  await ask('add', { input: { text: 'bread' } })
  await database.pool.query('TRUNCATE left_operation')
  expect((await ask('list')).output).toEqual(['bread'])
  expect(await left()).toEqual([])
})

test('a procedure that promises to read cannot write', async () => {
  await expect(ask('sneak')).rejects.toThrow(/read-only transaction/)
  expect(await texts()).toEqual([])
})

test('a read goes to the reader pool when there is one', async () => {
  const readerPool = await testDatabase({ name: 'perform_reader' })
  await readerPool.pool.query("CREATE TABLE note (id int, text text); INSERT INTO note VALUES (1, 'from the replica')")
  const { output } = await perform(
    { ...engine, readerPool: readerPool.pool },
    { procedure: 'notes.list', input: {}, actor: kim, source: 'cli' },
  )
  expect(output).toEqual(['from the replica'])
  await readerPool.drop()
})

test('a dry run answers as if it were done, and changes and leaves nothing', async () => {
  const { output } = await ask('add', { input: { text: 'bread' }, isDryRun: true })
  expect(output).toEqual({ id: 1 })
  expect(await texts()).toEqual([])
  expect(await left()).toEqual([])
})

test('a dry run refuses what COMMIT would refuse', async () => {
  await expect(ask('add', { input: { text: 'bread', topic: 7 }, isDryRun: true })).rejects.toThrow(/foreign key/)
})

test('a failed write changes nothing and leaves the failed attempt', async () => {
  await expect(ask('add', { input: { text: 'bread', topic: 7 } })).rejects.toThrow(/foreign key/)
  expect(await texts()).toEqual([])
  expect(await left()).toMatchObject([{ outcome: 'failed', error: expect.stringMatching(/foreign key/) }])
})

test('an answer that breaks its promise does not commit', async () => {
  await expect(ask('lie')).rejects.toMatchObject({
    code: 'ENGINE_OUTPUT_BROKEN',
    details: expect.stringContaining('id:'),
  })
  expect(await texts()).toEqual([])
})

test('danger demands a reason and a confirmation, a dry run of it neither', async () => {
  await ask('add', { input: { text: 'bread' } })
  await expect(ask('clear', { isConfirmed: true })).rejects.toMatchObject({ code: 'ENGINE_REASON_REQUIRED' })
  await expect(ask('clear', { reason: ' ', isConfirmed: true })).rejects.toMatchObject({
    code: 'ENGINE_REASON_REQUIRED',
  })
  await expect(ask('clear', { reason: 'spring' })).rejects.toMatchObject({ code: 'ENGINE_CONFIRMATION_REQUIRED' })
  expect((await ask('clear', { isDryRun: true })).output).toBe(1)
  expect(await texts()).toEqual(['bread'])
  expect((await ask('clear', { reason: 'spring', isConfirmed: true })).output).toBe(1)
  expect(await texts()).toEqual([])
})

test('who is not permitted is told which permission it takes, and the verb is not run', async () => {
  const strict: Engine = { ...engine, permit: ({ permission }) => permission !== 'notes:add' }
  const refused = perform(strict, { procedure: 'notes.add', input: { text: 'x' }, actor: kim, source: 'cli' })
  await expect(refused).rejects.toMatchObject({
    code: 'ENGINE_NOT_PERMITTED',
    hint: expect.stringContaining('notes:add'),
  })
  expect(await left()).toEqual([])
})

test('wrong input is refused field by field', async () => {
  const refused = ask('add', { input: { text: 7, topic: 'x' } })
  await expect(refused).rejects.toMatchObject({
    code: 'ENGINE_INPUT_INVALID',
    details: expect.stringMatching(/text: .*; topic: /),
  })
})

test('an unknown procedure gets the nearest names', async () => {
  const error = await ask('lsit').catch((thrown: unknown) => thrown)
  expect(isStewardError(error, 'ENGINE_PROCEDURE_UNKNOWN')).toBe(true)
  expect(error).toMatchObject({ hint: expect.stringContaining('notes.list') })
  await expect(ask('constructor')).rejects.toMatchObject({ code: 'ENGINE_PROCEDURE_UNKNOWN' })
})

test('a promise that nobody keeps is refused by the types, and when the program starts', () => {
  // @ts-expect-error clear, lie, list and sneak are not kept
  expect(() => keep(contract, { add: async () => ({ id: 1 }) })).toThrow(/Nobody keeps the promise "list"/)
})
