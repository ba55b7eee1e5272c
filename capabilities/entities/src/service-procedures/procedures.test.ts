// The service's own procedures over the Admin API, with the trail: who may, why, as a dry run, and with their changes.
import type { Actor } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import {
  asCapabilities,
  defineProcedure,
  type Engine,
  isPermitted,
  perform,
  type Role,
  readerRole,
} from '@steward/engine'
import { openTrail } from '@steward/trail'
import { installTrail, leaveInTrail, readOperation } from '@steward/trail/capability'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Entities, openEntities } from '../open-entities.ts'
import { type Ask, askOf } from '../testing/shop.ts'

const refund = defineProcedure({
  name: 'orders.refund',
  summary: 'Refunds an order',
  effect: 'write',
  entity: 'orders',
  input: z.object({ order: z.number().int(), amount: z.string().optional() }),
  output: z.object({ status: z.string(), reason: z.string().nullable() }),
  run: async ({ transaction, reason }, { order }) => {
    const { rows } = await transaction.query(`UPDATE orders SET status = 'refunded' WHERE id = $1 RETURNING status`, [
      order,
    ])
    return { status: rows[0]?.status ?? 'none', reason }
  },
})
const note = defineProcedure({
  name: 'orders.note',
  summary: 'Notes an order',
  effect: 'write',
  input: z.object({ order: z.number().int() }),
  output: z.null(),
  run: async () => null,
})
const breakRule = defineProcedure({
  name: 'orders.break',
  summary: 'Breaks a rule of the table, inside of a function',
  effect: 'write',
  input: z.object({}),
  output: z.null(),
  run: async ({ transaction }) => {
    await transaction.query('SELECT spoil()')
    return null
  },
})
const lose = defineProcedure({
  name: 'orders.lose',
  summary: 'Loses its way to another server',
  effect: 'write',
  input: z.object({}),
  output: z.null(),
  run: async () => {
    throw Object.assign(new Error('read ECONNRESET db.internal:5432'), { code: 'ECONNRESET' })
  },
})
const purge = defineProcedure({
  name: 'orders.purge',
  summary: 'Removes all orders',
  effect: 'danger',
  input: z.object({}),
  output: z.number(),
  run: async ({ transaction }) => (await transaction.query('DELETE FROM orders')).rowCount ?? 0,
})
const list = defineProcedure({
  name: 'orders.list',
  summary: 'Lists orders',
  effect: 'read',
  input: z.object({
    status: z.array(z.string()).default([]),
    least: z.number().default(0),
    isBig: z.boolean().nullish(),
  }),
  output: z.array(z.unknown()),
  run: async ({ transaction }, { status, least, isBig }) => {
    const { rows } = await transaction.query(
      'SELECT id FROM orders WHERE id >= $1 AND (cardinality($2::text[]) = 0 OR status = ANY ($2)) ORDER BY id',
      [least, status],
    )
    return [...rows.map(({ id }) => id), isBig ?? null]
  },
})

const actor = { type: 'staff', id: 'kim' } as const
const because = { 'Steward-Reason': 'TICKET-42' }
let database: TestDatabase
let entities: Entities
let strict: Entities
let ask: Ask

beforeAll(async () => {
  database = await testDatabase({ name: 'procedures' })
  await installTrail(database.pool)
  await database.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL CHECK (status <> 'bad'));
    CREATE FUNCTION spoil() RETURNS void LANGUAGE plpgsql AS $$ BEGIN UPDATE orders SET status = 'bad' WHERE id = 1; END $$;
    CREATE FUNCTION double(n int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n'`)
  await openTrail({ pool: database.pool }).track(['orders'])
  const listed = [refund, note, breakRule, lose, purge, list]
  const engine: Engine = {
    capabilities: asCapabilities(listed),
    pool: database.pool,
    permit: ({ role, permission }) => role !== null && isPermitted(role, permission),
    leaveOperation: leaveInTrail,
    readChanges: async (transaction, { operationId }) =>
      (await readOperation(transaction, { id: operationId })).changes,
  }
  const options = { pool: database.pool, schemas: ['public'] as [string], leaveOperation: leaveInTrail }
  const procedures = { listed, perform: perform.bind(null, engine) }
  entities = await openEntities({ ...options, procedures })
  strict = await openEntities({ ...options, procedures, allowsTxOverride: false })
  ask = askOf(entities)
})
beforeEach(() => database.pool.query(`TRUNCATE orders; INSERT INTO orders VALUES (1, 'paid'), (2, 'open')`))
afterAll(async () => {
  await entities?.close()
  await strict?.close()
  await database?.drop()
})

const statuses = async () =>
  (await database.pool.query('SELECT status FROM orders ORDER BY id')).rows.map((row) => row.status)

test('a call is an operation: its output as JSON, and who, why and with what in the trail', async () => {
  const { status, json, headers } = await ask('POST', '/rpc/orders.refund', {
    headers: because,
    actor,
    body: { order: 1 },
  })
  expect([status, json]).toEqual([200, { status: 'refunded', reason: 'TICKET-42' }])
  expect(headers['content-type']).toBe('application/json; charset=utf-8')
  const { operation, changes } = await openTrail({ pool: database.pool }).operation(
    headers['steward-operation'] as string,
  )
  expect(operation).toMatchObject({
    actor,
    procedure: 'orders.refund',
    params: { order: 1 },
    reason: 'TICKET-42',
    source: 'admin-api',
    requestId: expect.stringMatching(/^test-/),
  })
  expect(changes).toMatchObject([{ kind: 'update', before: { status: 'paid' }, after: { status: 'refunded' } }])
})

test('a dry run shows its exact changes, needs no reason, and leaves nothing', async () => {
  const headers = { Prefer: 'tx=rollback', 'Steward-Diff': '1' }
  const {
    status,
    json,
    headers: sent,
  } = await ask('POST', '/rpc/orders.refund', { headers, actor, body: { order: 2 } })
  expect([status, sent['content-type'], sent['preference-applied']]).toEqual([
    200,
    'application/vnd.steward.diff+json; charset=utf-8',
    'tx=rollback',
  ])
  expect(json).toMatchObject({
    result: { status: 'refunded', reason: null },
    changes: [{ kind: 'update', entity: 'orders', before: { status: 'open' }, after: { status: 'refunded' } }],
  })
  expect(await statuses()).toEqual(['paid', 'open'])
  const kept = await ask('POST', '/rpc/orders.refund', {
    headers: { ...because, 'Steward-Diff': '1' },
    body: { order: 2 },
  })
  expect(kept.json.changes).toMatchObject([{ kind: 'update' }])
  const none = await ask('POST', '/rpc/orders.refund', {
    headers: { ...because, 'Steward-Diff': '1' },
    body: { order: 9 },
  })
  expect(none.json).toEqual({ result: { status: 'none', reason: 'TICKET-42' }, changes: [] })
})

test('where dry runs are switched off, one that was asked for is refused and not done', async () => {
  const { status, json } = await askOf(strict)('POST', '/rpc/orders.refund', {
    headers: { ...because, Prefer: 'tx=rollback' },
    body: { order: 1 },
  })
  expect([status, json.code]).toEqual([400, 'ENTITIES_DRY_RUN_REFUSED'])
  expect(await statuses()).toEqual(['paid', 'open'])
})

test('a write needs a reason as the role says, a danger always, and a confirmation', async () => {
  expect((await ask('POST', '/rpc/orders.refund', { body: { order: 1 } })).json.code).toBe('ENTITIES_REASON_REQUIRED')
  const trusted: Role = {
    name: 'trusted',
    permissions: ['orders:*'],
    functions: [],
    entities: {},
    requiresReason: false,
  }
  expect((await ask('POST', '/rpc/orders.refund', { role: trusted, body: { order: 1 } })).status).toBe(200)
  const strictly: Role = { ...trusted, entities: { orders: { requiresReason: true } } }
  expect((await ask('POST', '/rpc/orders.refund', { role: strictly, body: { order: 1 } })).status).toBe(428)
  expect((await ask('POST', '/rpc/orders.purge', { role: trusted, body: {} })).status).toBe(428)
  const unconfirmed = await ask('POST', '/rpc/orders.purge', { role: trusted, headers: because })
  expect([unconfirmed.status, unconfirmed.json.code]).toEqual([409, 'ENTITIES_CONFIRMATION_REQUIRED'])
  expect(unconfirmed.json.hint).toContain('Steward-Confirm: 1')
  expect(await statuses()).toHaveLength(2)
  const headers = { ...because, 'Steward-Confirm': '1' }
  expect((await ask('POST', '/rpc/orders.purge', { role: trusted, headers })).json).toBe(2)
})

test('what a service may write without a reason it may also do without one, also where no entity is named', async () => {
  const robot = { type: 'service', id: 'stw_1' } as const
  const role: Role = { name: 'robot', permissions: ['orders:*'], functions: [], entities: {} }
  for (const procedure of ['orders.refund', 'orders.note']) {
    const call = (who: Actor) => ask('POST', `/rpc/${procedure}`, { role, actor: who, body: { order: 1 } })
    expect([procedure, (await call(robot)).status, (await call(actor)).status]).toEqual([procedure, 200, 428])
  }
})

test('what the database refuses shows no value that is not shown to the role, and nowhere the statement', async () => {
  const role: Role = {
    name: 'cx',
    permissions: ['orders:*'],
    functions: [],
    entities: { orders: { read: true, mask: ['status'] } },
  }
  const masked = await ask('POST', '/rpc/orders.break', { role, headers: because, body: {} })
  expect([masked.status, masked.json.code]).toEqual([422, 'POSTGRES_CHECK_VIOLATION'])
  expect(masked.body).not.toMatch(/bad\b|UPDATE/)
  const { json } = await ask('POST', '/rpc/orders.break', { headers: because, body: {} })
  expect(json.details).toBe('Failing row contains (1, bad).')
  const lost = await ask('POST', '/rpc/orders.lose', { headers: because, body: {} })
  expect([lost.status, lost.json.code]).toEqual([503, 'PGRST001'])
  expect(lost.body).not.toContain('db.internal')
})

test('who does not hold the permission learns nothing, not even of a broken input', async () => {
  for (const [role, refusal] of [
    [null, [401, 'ENTITIES_SIGN_IN_REQUIRED']],
    [readerRole, [403, 'ENGINE_NOT_PERMITTED']],
  ] as const) {
    const { status, json } = await ask('POST', '/rpc/orders.refund', { role, headers: because, body: '{"order":' })
    expect([status, json.code]).toEqual(refusal)
    const misspelt = await ask('POST', '/rpc/orders.refnd', { role, headers: because, body: {} })
    expect(misspelt.body).not.toContain('orders.refund"')
  }
  expect(await statuses()).toEqual(['paid', 'open'])
})

test('what reads takes a query as well, each field as its schema says', async () => {
  expect((await ask('GET', '/rpc/orders.list')).json).toEqual([1, 2, null])
  const { json, headers } = await ask('GET', '/rpc/orders.list?status=open&status=lost&least=1&isBig=true')
  expect(json).toEqual([2, true])
  expect(headers['steward-operation']).toBeUndefined()
  expect((await ask('GET', '/rpc/orders.list?least=many')).json.code).toBe('ENGINE_INPUT_INVALID')
  expect((await ask('POST', '/rpc/orders.list', { body: { least: 2 } })).json).toEqual([2, null])
  expect((await ask('POST', '/rpc/orders.list', { headers: { 'Steward-Diff': '1' } })).json.code).toBe(
    'ENTITIES_DIFF_OF_READ',
  )
})

test('bad input is refused in four parts, and never rounded', async () => {
  const refusal = async (body: string, headers: Record<string, string> = {}, method = 'POST') => {
    const { status, json } = await ask(method, '/rpc/orders.refund', { headers: { ...because, ...headers }, body })
    expect(Object.keys(json)).toEqual(['code', 'message', 'details', 'hint'])
    return `${status} ${json.code}`
  }
  expect(await refusal('{"order":')).toBe('400 ENTITIES_PROCEDURE_BODY')
  expect(await refusal('{"order":9007199254740993}')).toBe('400 ENTITIES_PROCEDURE_BODY')
  expect(await refusal('{"order":1e400}')).toBe('400 ENTITIES_PROCEDURE_BODY')
  expect(await refusal('['.repeat(200_000))).toBe('400 ENTITIES_PROCEDURE_BODY')
  expect(await refusal(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toMatch(/^4/)
  expect(await refusal('order=1', { 'Content-Type': 'application/x-www-form-urlencoded' })).toBe(
    '400 ENTITIES_PROCEDURE_BODY',
  )
  expect(await refusal('[]')).toBe('422 ENGINE_INPUT_INVALID')
  expect(await refusal('{"order":"1"}')).toBe('422 ENGINE_INPUT_INVALID')
  expect(await refusal('{"order":1}', {}, 'PUT')).toBe('405 ENTITIES_PROCEDURE_METHOD')
  expect(await refusal('', {}, 'GET')).toBe('405 ENTITIES_PROCEDURE_METHOD')
  expect(await statuses()).toEqual(['paid', 'open'])
})

test('functions of the database are still there, and a misspelt procedure is told its name', async () => {
  expect((await ask('GET', '/rpc/double?n=21')).json).toBe(42)
  const misspelt = await ask('POST', '/rpc/orders.refnd', { headers: because, body: {} })
  expect([misspelt.status, misspelt.json.hint]).toEqual([404, expect.stringContaining('"orders.refund"')])
  expect((await ask('GET', '/rpc/nothing.of.the.kind')).json.code).toBe('PGRST202')
})

test('what may be performed stands with the entity that it acts on, and everything else beside the entities', async () => {
  const named = async (role?: Role) => {
    const { json } = await ask('GET', '/meta', { actor, ...(role ? { role } : {}) })
    const names = (actions: { procedure: string }[]) => actions.map(({ procedure }) => procedure)
    return [names(json.entities.flatMap((entity: { actions: [] }) => entity.actions)), names(json.actions)]
  }
  const others = ['orders.note', 'orders.break', 'orders.lose', 'orders.purge', 'orders.list']
  expect(await named()).toEqual([['orders.refund'], others])
  const permissions = ['entities:meta', 'orders:refund', 'orders:note']
  const seeing = { name: 'cx', permissions, functions: [], entities: { orders: { read: true } } }
  expect(await named(seeing)).toEqual([['orders.refund'], ['orders.note']])
  expect(await named({ ...seeing, entities: {} })).toEqual([[], ['orders.refund', 'orders.note']])
})
