// Steward's own mode over a real database with the trail: reasons, guards, operations, and rehearsals that show their changes.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { installTrail, leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import { type Ask, askOf } from '../testing/shop.ts'

let database: TestDatabase
let entities: Entities
let ask: Ask

const actor = { type: 'staff', id: 'kim' } as const
const because = { 'Steward-Reason': 'TICKET-42%3A%20%ED%99%98%EB%B6%88' }

beforeAll(async () => {
  database = await testDatabase({ name: 'operations' })
  await installTrail(database.pool)
  await database.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL DEFAULT 'open', total numeric(20, 2), big bigint);
    CREATE TABLE order_item (id int PRIMARY KEY, order_id int REFERENCES orders ON DELETE CASCADE);
    CREATE TABLE loose (id int PRIMARY KEY);
    CREATE VIEW open_orders AS SELECT * FROM orders WHERE status = 'open';
    CREATE FUNCTION close_order(id int) RETURNS void LANGUAGE sql AS
      $$ UPDATE orders SET status = 'closed' WHERE orders.id = close_order.id $$;
  `)
  await openTrail({ pool: database.pool }).track(['orders', 'order_item'])
  entities = await openEntities({ pool: database.pool, schemas: ['public'], leaveOperation: leaveInTrail })
  ask = askOf(entities)
})
beforeEach(async () => {
  await database.pool.query(`
    TRUNCATE orders, order_item, loose;
    INSERT INTO orders VALUES (1, 'open', 12.50, 9007199254740993), (2, 'open', 7, NULL);
    INSERT INTO order_item VALUES (10, 1), (11, 1)`)
})
afterAll(async () => {
  await entities?.close()
  await database?.drop()
})

const operationOf = (id: string | undefined) => openTrail({ pool: database.pool }).operation(id as string)
const statusOf = async (id: number) =>
  (await database.pool.query('SELECT status FROM orders WHERE id = $1', [id])).rows[0]?.status

test('a write without a reason is refused with a hint, and reading needs none', async () => {
  const refused = await ask('PATCH', '/orders?id=eq.1', { body: { status: 'paid' } })
  expect([refused.status, refused.json.code]).toEqual([428, 'ENTITIES_REASON_REQUIRED'])
  expect(refused.json.hint).toContain('Steward-Reason: ')
  expect(refused.headers['proxy-status']).toBe('PostgREST; error=ENTITIES_REASON_REQUIRED')
  expect(await statusOf(1)).toBe('open')
  expect((await ask('POST', '/rpc/close_order', { body: { id: 1 } })).status).toBe(428)
  expect((await ask('GET', '/orders')).status).toBe(200)
})

test('a reason that is not percent-encoded UTF-8 is refused', async () => {
  for (const reason of ['%E0%A4%A', '100%', 'Ünder']) {
    const headers = { 'Steward-Reason': reason }
    const { status, json } = await ask('DELETE', '/orders?id=eq.1', { headers })
    expect([status, json.code]).toEqual([400, 'ENTITIES_REASON_ENCODING'])
  }
  expect((await ask('DELETE', '/orders?id=eq.1', { headers: { 'Steward-Reason': '%20' } })).status).toBe(428)
})

test('a write is an operation in the trail, with who, why, through what and the request', async () => {
  const written = await ask('PATCH', '/orders?id=eq.1', { headers: because, body: { status: 'paid' }, actor })
  expect([written.status, written.body]).toEqual([204, null])
  const { operation, changes } = await operationOf(written.headers['steward-operation'])
  expect(operation).toMatchObject({
    actor: { type: 'staff', id: 'kim' },
    procedure: 'entities.update',
    reason: 'TICKET-42: 환불',
    source: 'admin-api',
    requestId: expect.stringMatching(/^test-/),
    params: { entity: 'orders', query: { id: 'eq.1' }, body: { status: 'paid' } },
  })
  expect(changes.map(({ kind, before, after }) => [kind, before, after])).toEqual([
    ['update', { status: 'open' }, { status: 'paid' }],
  ])
})

test('every kind of write has its procedure, and a large body is not kept', async () => {
  const procedureOf = async (
    method: string,
    target: string,
    body: object | null,
    more: Record<string, string> = {},
  ) => {
    const { status, headers } = await ask(method, target, { headers: { ...because, ...more }, body })
    expect(status).toBeLessThan(300)
    const { operation } = await operationOf(headers['steward-operation'])
    return operation
  }
  expect((await procedureOf('POST', '/orders', { id: 3 })).procedure).toBe('entities.insert')
  const upsert = { Prefer: 'resolution=merge-duplicates' }
  expect((await procedureOf('POST', '/orders', { id: 3, status: 'x' }, upsert)).procedure).toBe('entities.upsert')
  expect((await procedureOf('PUT', '/orders?id=eq.4', { id: 4 })).procedure).toBe('entities.upsert')
  expect((await procedureOf('DELETE', '/orders?id=eq.4', null)).procedure).toBe('entities.delete')
  expect((await procedureOf('POST', '/rpc/close_order', { id: 2 })).procedure).toBe('rpc.close_order')
  const rows = Array.from({ length: 500 }, (_, place) => ({ id: 100 + place, status: 'imported' }))
  const { params } = await procedureOf('POST', '/orders', rows)
  expect(params).toEqual({ entity: 'orders', keys: ['id', 'status'], rows: 500, bytes: expect.any(Number) })
})

test('a change or removal of all rows is refused unless it says how many may be meant', async () => {
  for (const method of ['PATCH', 'DELETE']) {
    const asking = { headers: because, body: method === 'PATCH' ? { status: 'x' } : null }
    const { status, json } = await ask(method, '/orders', asking)
    expect([status, json.code]).toEqual([400, 'ENTITIES_UNFILTERED_WRITE'])
  }
  const few = { ...because, Prefer: 'handling=strict, max-affected=1' }
  const beyond = await ask('PATCH', '/orders', { headers: few, body: { status: 'x' } })
  expect([beyond.status, beyond.json.details]).toEqual([400, 'The query affects 2 rows'])
  expect(await statusOf(1)).toBe('open')
  const enough = { ...because, Prefer: 'handling=strict, max-affected=2' }
  expect((await ask('PATCH', '/orders', { headers: enough, body: { status: 'x' } })).status).toBe(204)
  expect(await statusOf(2)).toBe('x')
})

test('a rehearsal shows all changes, those of cascades too, and leaves nothing', async () => {
  const headers = { Prefer: 'tx=rollback, return=representation', 'Steward-Diff': '1' }
  const { status, headers: sent, json, body } = await ask('DELETE', '/orders?id=eq.1', { headers, actor })
  expect([status, sent['content-type']]).toEqual([200, 'application/vnd.steward.diff+json; charset=utf-8'])
  expect(json.result).toMatchObject([{ id: 1, status: 'open' }])
  expect(
    json.changes.map((change: { entity: string; kind: string }) => `${change.kind} ${change.entity}`).sort(),
  ).toEqual(['delete order_item', 'delete order_item', 'delete orders'])
  expect(body).toContain('9007199254740993')
  expect(body).toContain('12.50')
  expect(sent['preference-applied']).toBe('return=representation, tx=rollback')
  expect(await statusOf(1)).toBe('open')
  await expect(operationOf(sent['steward-operation'])).rejects.toMatchObject({ code: 'TRAIL_UNKNOWN_OPERATION' })
})

test('a write that is kept shows the same changes, and one that changes nothing shows none', async () => {
  const headers = { ...because, 'Steward-Diff': '1' }
  const written = await ask('PATCH', '/orders?id=eq.2', { headers, body: { total: 8.25 } })
  expect(written.json.result).toBe(null)
  expect(written.json.changes).toMatchObject([{ before: { total: 7 }, after: { total: 8.25 } }])
  expect((await ask('PATCH', '/orders?id=eq.99', { headers, body: { total: 1 } })).json).toEqual({
    result: null,
    changes: [],
  })
  const called = await ask('POST', '/rpc/close_order', { headers, body: { id: 2 } })
  expect(called.json.changes).toMatchObject([{ kind: 'update', after: { status: 'closed' } }])
})

test('what is not tracked can be written, and its changes cannot be shown', async () => {
  const { status, json } = await ask('POST', '/loose', {
    headers: { ...because, 'Steward-Diff': '1' },
    body: { id: 1 },
  })
  expect([status, json.code]).toEqual([409, 'ENTITIES_NOT_TRACKED'])
  expect(json.hint).toContain('steward trail track loose')
  expect((await database.pool.query('SELECT FROM loose')).rowCount).toBe(0)
  expect((await ask('POST', '/loose', { headers: because, body: { id: 1 } })).status).toBe(201)
  const read = await ask('GET', '/loose', { headers: { 'Steward-Diff': '1' } })
  expect([read.status, read.json.code]).toEqual([400, 'ENTITIES_DIFF_OF_READ'])
})

test('without the trail writes work, and its changes are refused with the command that mends it', async () => {
  const bare = await testDatabase({ name: 'bare' })
  await bare.pool.query('CREATE TABLE orders (id int PRIMARY KEY)')
  const room = await openEntities({ pool: bare.pool, schemas: ['public'], requiresReason: false })
  try {
    const { status, json } = await askOf(room)('POST', '/orders', { headers: { 'Steward-Diff': '1' }, body: { id: 1 } })
    expect([status, json.code]).toEqual([409, 'ENTITIES_TRAIL_MISSING'])
    expect(json.hint).toContain('steward trail install')
    expect((await askOf(room)('POST', '/orders', { body: { id: 1 } })).status).toBe(201)
  } finally {
    await room.close()
    await bare.drop()
  }
})

test('where dry runs are switched off, asking for one writes nothing', async () => {
  const strict = await openEntities({
    pool: database.pool,
    schemas: ['public'],
    leaveOperation: leaveInTrail,
    allowsTxOverride: false,
  })
  const headers = { ...because, Prefer: 'return=minimal, tx=rollback' }
  const { status, json } = await askOf(strict)('PATCH', '/orders?id=eq.1', { headers, body: { status: 'paid' } })
  await strict.close()
  expect([status, json.code]).toEqual([400, 'ENTITIES_DRY_RUN_REFUSED'])
  expect(await statusOf(1)).toBe('open')
})
