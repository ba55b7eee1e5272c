// Where requests go: routes of Steward's own, tables that are named like one, and queries that are too long for an address.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Entities, openEntities } from './open-entities.ts'
import { type Answered, type Ask, askOf } from './testing/shop.ts'

let database: TestDatabase
let entities: Entities
let ask: Ask

beforeAll(async () => {
  database = await testDatabase({ name: 'routes' })
  await database.pool.query(`
    CREATE SCHEMA more;
    CREATE TABLE more.orders (id int PRIMARY KEY);
    INSERT INTO more.orders VALUES (77);
    CREATE TABLE changesets (id int PRIMARY KEY, name text);
    CREATE TABLE orders (id serial PRIMARY KEY, name text);
    CREATE TABLE "Größe, a/b" (id int PRIMARY KEY);
    CREATE TABLE item (id int PRIMARY KEY, order_id int REFERENCES orders);
    INSERT INTO changesets SELECT id, 'name ' || id FROM generate_series(1, 3) AS id;
    INSERT INTO orders (name) SELECT 'a+b & ' || id FROM generate_series(1, 9) AS id;
    INSERT INTO item SELECT id, 1 + id % 9 FROM generate_series(1, 20) AS id;
    CREATE FUNCTION query(n int) RETURNS int LANGUAGE sql AS 'SELECT n + 1'`)
  entities = await openEntities({ pool: database.pool, schemas: ['public', 'more'], requiresReason: false })
  ask = askOf(entities)
})
afterAll(async () => {
  await entities?.close()
  await database?.drop()
})

const text = { 'Content-Type': 'text/plain' }
const form = { 'Content-Type': 'application/x-www-form-urlencoded' }
const asGet = (target: string, body: string, headers: Record<string, string> = text) =>
  ask('POST', target, { headers, body })
const essence = ({ status, headers, body }: Answered) => ({ status, headers, body })

test('a table that is named like a route is reached below /entities, and all others are as well', async () => {
  expect((await ask('GET', '/entities/changesets?id=eq.2')).json).toEqual([{ id: 2, name: 'name 2' }])
  const plain = await ask('GET', '/orders?id=eq.2&select=id')
  const escaped = await ask('GET', '/entities/orders?id=eq.2&select=id')
  expect(escaped.headers['content-location']).toBe('/entities/orders?id=eq.2&select=id')
  const { 'content-location': _one, ...headers } = plain.headers
  const { 'content-location': _other, ...others } = escaped.headers
  expect([escaped.status, escaped.body, others]).toEqual([plain.status, plain.body, headers])
  const made = await ask('POST', '/entities/orders', {
    headers: { Prefer: 'return=headers-only' },
    body: { name: 'new' },
  })
  expect([made.status, made.headers.location]).toEqual([201, '/entities/orders?id=eq.10'])
  expect((await ask('DELETE', made.headers.location as string)).status).toBe(204)
  expect((await ask('OPTIONS', '/entities/orders')).headers.allow).toBe('OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE')
  const name = encodeURIComponent('Größe, a/b')
  expect((await ask('GET', `/entities/${name}`)).json).toEqual([])
})

test('a query in a body is answered as the GET that it stands for', async () => {
  const query = 'select=id,item(id)&id=in.(1,2,3)&order=id.desc&limit=2'
  for (const headers of [text, form, { 'Content-Type': 'text/plain; charset=utf-8' }] as Record<string, string>[]) {
    expect(essence(await asGet('/orders/query', query, headers))).toEqual(essence(await ask('GET', `/orders?${query}`)))
  }
  const more = { Prefer: 'count=exact', Range: '0-1', Accept: 'text/csv' }
  const sent = await asGet('/orders/query', 'select=id', { ...text, ...more })
  expect(essence(sent)).toEqual(essence(await ask('GET', '/orders?select=id', { headers: more })))
  expect([sent.status, sent.headers['content-range']]).toEqual([206, '0-1/9'])
  expect((await asGet('/orders/query?select=id', '?name=eq.a%2Bb+%26%202\n')).json).toEqual([{ id: 2 }])
  expect((await asGet('/entities/changesets/query', 'id=eq.3&select=id')).json).toEqual([{ id: 3 }])
  expect((await asGet('/orders/query', '')).json).toHaveLength(9)
  const long = `id=in.(${Array.from({ length: 50_000 }, (_, id) => id + 1).join(',')})&select=id`
  expect((await asGet('/orders/query', long)).json).toHaveLength(9)
})

test('a query in a body names its schema as clients that write do', async () => {
  for (const header of ['Content-Profile', 'Accept-Profile'])
    expect((await asGet('/orders/query', '', { ...text, [header]: 'more' })).json).toEqual([{ id: 77 }])
})

test('a query in a body is refused as the GET would be, and where it is none', async () => {
  expect((await asGet('/orders/query', 'id=eq')).json.code).toBe('PGRST100')
  expect((await asGet('/orders/query', 'id=eq.%00')).json.code).toBe('22021')
  expect((await asGet('/orders/query', 'name=eq.\0')).json.code).toBe('PGRST100')
  expect((await asGet('/nowhere/query', 'id=eq.1')).json.code).toBe('PGRST205')
  for (const headers of [{ 'Content-Type': 'application/json' }, { 'Content-Type': 'text/csv' }])
    expect((await asGet('/orders/query', '{}', headers)).json.code).toBe('ENTITIES_LONG_QUERY_INVALID')
  const bytes = await ask('POST', '/orders/query', { headers: text, body: new Uint8Array([0xff, 0xfe]) })
  expect(bytes.json.code).toBe('ENTITIES_LONG_QUERY_INVALID')
})

test('paths that lead nowhere are 404, and a function may be called query', async () => {
  for (const path of [
    '/entities/orders/1',
    '/entities/',
    '/entities/orders/query/1',
    '/orders/1',
    '/orders/query/1',
    '/a/b/c',
  ])
    expect([path, (await ask('GET', path)).status]).toEqual([path, 404])
  expect((await ask('GET', '/orders/query')).status).toBe(404)
  expect((await ask('PATCH', '/entities/orders/query', { body: {} })).status).toBe(404)
  expect((await ask('POST', '/rpc/query', { body: { n: 1 } })).json).toBe(2)
})

test('the log of calls hears how many rows an answer holds or has written', async () => {
  const rowsOf = async (method: string, path: string, query: string, body: string | null = null) =>
    (
      await entities.answer({
        method,
        path,
        query,
        headers: { 'content-type': 'application/json', prefer: 'tx=rollback' },
        body: body === null ? null : Buffer.from(body),
        requestId: 'r',
        actor: null,
        role: { name: 'all', permissions: [], functions: [], entities: { '*': { read: true, write: true } } },
        key: null,
      })
    ).rows
  expect(await rowsOf('GET', '/orders', 'limit=4')).toBe(4)
  expect(await rowsOf('GET', '/entities/orders', 'id=eq.99')).toBe(0)
  expect(await rowsOf('PATCH', '/orders', 'id=lte.3', '{"name":"x"}')).toBe(3)
  expect(await rowsOf('POST', '/orders', '', '[{"name":"x"},{"name":"y"}]')).toBe(2)
})

test('who has no role may do nothing', async () => {
  for (const path of ['/orders', '/', '/changesets', '/session-reason', '/meta', '/nowhere']) {
    expect([path, (await ask('GET', path, { role: null })).status]).toEqual([path, 401])
    const actor = { type: 'staff', id: 'kim' } as const
    expect([path, (await ask('GET', path, { role: null, actor })).status]).toEqual([path, 403])
  }
})

test('the pure dialect has none of it', async () => {
  const pure = await openEntities({ pool: database.pool, schemas: ['public'], compat: { anonymousRole: null } })
  try {
    const askPure = askOf(pure)
    expect((await askPure('GET', '/changesets?id=eq.2')).json).toEqual([{ id: 2, name: 'name 2' }])
    expect((await askPure('GET', '/entities/orders')).json.code).toBe('PGRST125')
    expect((await askPure('POST', '/orders/query', { headers: text, body: '' })).json.code).toBe('PGRST125')
    expect((await askPure('GET', '/session-reason')).json.code).toBe('PGRST205')
  } finally {
    await pure.close()
  }
})
