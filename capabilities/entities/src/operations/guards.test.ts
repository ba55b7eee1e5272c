// What stands before and behind a write: who must say why, how many rows it may reach, and that a failure is remembered.
import type { Actor } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import type { Role } from '@steward/engine'
import { installTrail, leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import { type Ask, askOf } from '../testing/shop.ts'

let database: TestDatabase
let entities: Entities
let ask: Ask

const kim: Actor = { type: 'staff', id: 'kim' }
const robot: Actor = { type: 'service', id: 'robot' }
const because = { 'Steward-Reason': 'T-1' }

beforeAll(async () => {
  database = await testDatabase({ name: 'guards' })
  await installTrail(database.pool)
  await database.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, status text, CHECK (status <> 'wrong'));
    CREATE TABLE late (id int PRIMARY KEY, other int, UNIQUE (other) DEFERRABLE INITIALLY DEFERRED);
    CREATE FUNCTION close_all() RETURNS void LANGUAGE sql AS $$ UPDATE orders SET status = 'closed' $$`)
  entities = await openEntities({
    pool: database.pool,
    schemas: ['public'],
    leaveOperation: leaveInTrail,
    maxAffectedByPeople: 5,
  })
  ask = askOf(entities)
})
beforeEach(() =>
  database.pool.query(`TRUNCATE orders, late; INSERT INTO orders SELECT id, 'open' FROM generate_series(1, 20) AS id`),
)
afterAll(async () => {
  await entities?.close()
  await database?.drop()
})

const role = (more: Partial<Role> = {}): Role => ({
  name: 'cx',
  permissions: [],
  functions: ['*'],
  entities: { '*': { read: true, write: true } },
  ...more,
})
const close = (
  target: string,
  { actor = kim, prefer = '', as = role() }: { actor?: Actor | null; prefer?: string; as?: Role } = {},
) => ask('PATCH', target, { headers: { ...because, Prefer: prefer }, body: { status: 'closed' }, actor, role: as })
const closed = async () =>
  (await database.pool.query(`SELECT count(*)::int AS count FROM orders WHERE status = 'closed'`)).rows[0].count

test('people must say why and services need not, unless their role or its rule for an entity says so', async () => {
  const statusOf = async (actor: Actor | null, as: Role, target = '/orders?id=eq.1') =>
    (
      await ask(target.startsWith('/rpc') ? 'POST' : 'PATCH', target, {
        body: target.startsWith('/rpc') ? {} : { status: 'x' },
        actor,
        role: as,
      })
    ).status
  expect(await statusOf(kim, role())).toBe(428)
  expect(await statusOf(null, role())).toBe(428)
  expect(await statusOf(robot, role())).toBe(204)
  expect(await statusOf(kim, role({ requiresReason: false }))).toBe(204)
  expect(await statusOf(robot, role({ requiresReason: true }))).toBe(428)
  const strict = { orders: { read: true, write: true, requiresReason: true } }
  expect(await statusOf(robot, role({ entities: strict, requiresReason: false }))).toBe(428)
  expect(await statusOf(kim, role(), '/rpc/close_all')).toBe(428)
  expect(await statusOf(robot, role(), '/rpc/close_all')).toBe(204)
  expect(await statusOf(robot, role({ requiresReason: true }), '/rpc/close_all')).toBe(428)
})

test('people change at most so many rows by one request, unless they say how many they mean', async () => {
  const refused = await close('/orders?id=lte.6')
  expect([refused.status, refused.json.code]).toEqual([400, 'ENTITIES_TOO_MANY_AFFECTED'])
  expect(refused.json.hint).toContain('Prefer: handling=strict, max-affected=6')
  expect((await ask('DELETE', '/orders?id=lte.6', { headers: because, actor: kim })).status).toBe(400)
  expect(await closed()).toBe(0)
  expect((await close('/orders?id=lte.5')).status).toBe(204)
  expect((await close('/orders?id=lte.6', { prefer: 'handling=strict, max-affected=6' })).status).toBe(204)
  expect((await close('/orders?id=lte.9', { prefer: 'handling=strict, max-affected=6' })).json.code).toBe('PGRST124')
  expect((await close('/orders?id=lte.9', { prefer: 'max-affected=9' })).json.code).toBe('ENTITIES_TOO_MANY_AFFECTED')
  expect((await close('/orders?id=lte.8', { actor: robot })).status).toBe(204)
  expect(await closed()).toBe(8)
  const many = Array.from({ length: 9 }, (_, place) => ({ id: 100 + place }))
  expect((await ask('POST', '/orders', { headers: because, body: many, actor: kim })).status).toBe(201)
})

test('what a role may reach at most holds for whatever it writes, and is not raised by asking', async () => {
  const as = role({ maxAffected: 3 })
  for (const actor of [kim, robot]) {
    const refused = await close('/orders?id=lte.4', { actor, as, prefer: 'handling=strict, max-affected=50' })
    expect([refused.status, refused.json.code]).toEqual([400, 'ENTITIES_TOO_MANY_AFFECTED'])
    expect(refused.json.hint).toContain('Your role')
  }
  const many = (count: number) => Array.from({ length: count }, (_, place) => ({ id: 100 + place }))
  const insert = (count: number) =>
    ask('POST', '/orders', { headers: because, body: many(count), actor: kim, role: as })
  expect((await insert(4)).json.code).toBe('ENTITIES_TOO_MANY_AFFECTED')
  expect((await insert(3)).status).toBe(201)
  expect((await close('/orders?id=lte.3', { as })).status).toBe(204)
  const none = role({ entities: { orders: { read: true, write: true, maxAffected: 0 } } })
  expect((await close('/orders?id=eq.9', { as: none })).status).toBe(400)
  const wide = role({ entities: { orders: { read: true, write: true, maxAffected: 10 } } })
  expect((await close('/orders?id=lte.10', { as: wide })).status).toBe(204)
  expect(await closed()).toBe(10)
})

test('a rehearsal is refused as the real thing would be', async () => {
  expect((await close('/orders?id=lte.6', { prefer: 'tx=rollback' })).json.code).toBe('ENTITIES_TOO_MANY_AFFECTED')
})

test('a write that failed in the database is in the trail, and one that never got there is not', async () => {
  const failures = async () =>
    (await database.pool.query(`SELECT procedure, error FROM steward.operation WHERE outcome = 'failed' ORDER BY at`))
      .rows
  const before = (await failures()).length
  const wrong = { headers: because, body: { status: 'wrong' }, actor: kim }
  expect((await ask('PATCH', '/orders?id=eq.1', wrong)).json.code).toBe('23514')
  expect((await close('/orders?id=lte.6')).status).toBe(400)
  const twice = [1, 2].map((id) => ({ id, other: 7 }))
  expect((await ask('POST', '/late', { headers: because, body: twice, actor: kim })).status).toBe(409)
  expect((await failures()).slice(before)).toEqual([
    { procedure: 'entities.update', error: expect.stringContaining('orders_status_check') },
    { procedure: 'entities.update', error: expect.stringContaining('ENTITIES_TOO_MANY_AFFECTED') },
    { procedure: 'entities.insert', error: expect.stringContaining('late_other_key') },
  ])
  await ask('PATCH', '/orders?id=eq.1', { ...wrong, headers: { Prefer: 'tx=rollback' } })
  await ask('PATCH', '/orders?nothing=', wrong)
  await ask('PATCH', '/nowhere?id=eq.1', wrong)
  await ask('PATCH', '/orders?id=eq.1', { ...wrong, headers: {} })
  await ask('GET', '/orders?id=eq.x')
  expect((await failures()).length).toBe(before + 3)
})

test('embeds go eight levels deep, and a request compares a thousand times', async () => {
  await database.pool.query('CREATE TABLE node (id int PRIMARY KEY, parent int REFERENCES node)')
  await entities.reload()
  const nest = (depth: number): string => (depth === 0 ? 'id' : `id,node!parent(${nest(depth - 1)})`)
  expect((await ask('GET', `/node?select=${nest(8)}`)).status).toBe(200)
  expect((await ask('GET', `/node?select=${nest(9)}`)).json.code).toBe('ENTITIES_EMBED_TOO_DEEP')
  const compare = (count: number) => Array.from({ length: count }, () => 'id=neq.0').join('&')
  const ask2 = (count: number) =>
    ask('POST', '/orders/query', {
      headers: { 'Content-Type': 'text/plain' },
      body: `${compare(count)}&select=id&limit=1`,
    })
  expect((await ask2(1000)).status).toBe(200)
  expect((await ask2(1001)).json.code).toBe('ENTITIES_TOO_MANY_FILTERS')
  const tree = `or=(${Array.from({ length: 1001 }, () => 'id.eq.0').join(',')})`
  expect((await ask('GET', `/orders?${tree}`)).json.code).toBe('ENTITIES_TOO_MANY_FILTERS')
})
