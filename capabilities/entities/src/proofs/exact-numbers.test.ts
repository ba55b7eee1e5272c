// `numbers=string`: bigint and numeric leave as text, to the last digit, wherever they stand in an answer.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import { type Ask, askOf } from '../testing/shop.ts'

let database: TestDatabase
let entities: Entities
let ask: Ask

beforeAll(async () => {
  database = await testDatabase({ name: 'exact-numbers' })
  await database.pool.query(`
    CREATE DOMAIN amount AS numeric(30, 4);
    CREATE TABLE customer (id bigint PRIMARY KEY, credit numeric);
    CREATE TABLE invoice (
      id int PRIMARY KEY, customer_id bigint REFERENCES customer, total numeric(30, 2), paid amount, ratio float8,
      parts bigint[], sums numeric[], data jsonb, note text
    );
    INSERT INTO customer VALUES (9007199254740993, 1.50), (2, NULL);
    INSERT INTO invoice VALUES
      (1, 9007199254740993, 12345678901234567890.10, 7.0000, 0.5, '{9007199254740993,NULL}', '{1.0}', '{"n": 1.0}', 'a'),
      (2, 9007199254740993, 1.00, NULL, NULL, NULL, NULL, NULL, NULL);
    CREATE FUNCTION total_of(invoice) RETURNS numeric LANGUAGE sql STABLE AS 'SELECT $1.total';
    CREATE FUNCTION big() RETURNS bigint LANGUAGE sql STABLE AS 'SELECT 9007199254740993';
    CREATE FUNCTION bigs() RETURNS SETOF bigint LANGUAGE sql STABLE AS 'SELECT 9007199254740993';
    CREATE FUNCTION invoices() RETURNS SETOF invoice LANGUAGE sql STABLE AS 'SELECT * FROM invoice ORDER BY id';
    CREATE FUNCTION sums() RETURNS TABLE (name text, sum numeric) LANGUAGE sql STABLE AS $$ SELECT 'all', 1.10 $$`)
  entities = await openEntities({ pool: database.pool, schemas: ['public'], requiresReason: false })
  ask = askOf(entities)
})
afterAll(async () => {
  await entities?.close()
  await database?.drop()
})

const type = 'application/json;numbers=string'
const shown = async (target: string, accept = type) => (await ask('GET', target, { headers: { Accept: accept } })).body

test('every column of all columns, and the media type says so', async () => {
  const { body, headers } = await ask('GET', '/invoice?id=eq.1', { headers: { Accept: type } })
  expect(headers['content-type']).toBe('application/json;numbers=string; charset=utf-8')
  expect(JSON.parse(body as string)).toEqual([
    {
      id: 1,
      customer_id: '9007199254740993',
      total: '12345678901234567890.10',
      paid: '7.0000',
      ratio: 0.5,
      parts: ['9007199254740993', null],
      sums: ['1.0'],
      data: { n: 1 },
      note: 'a',
    },
  ])
  expect(await shown('/invoice?id=eq.1', 'application/json')).toContain('"total":12345678901234567890.10')
})

test('chosen, renamed, cast, computed and aggregated columns', async () => {
  const select = 'sum:total,total_of,ratio::numeric,total::text,id::bigint,paid::int,at:data->n,text:data->>n'
  expect(await shown(`/invoice?id=eq.1&select=${select}&limit=1`)).toBe(
    '[{"sum":"12345678901234567890.10","total_of":"12345678901234567890.10","ratio":"0.5","total":"12345678901234567890.10","id":"1","paid":7,"at":1.0,"text":"1.0"}]',
  )
  expect(await shown('/invoice?select=count(),total.sum(),id.sum(),ratio.sum(),id.max(),total.min()::float8')).toBe(
    '[{"count":"2","sum":"12345678901234567891.10","sum":"3","sum":0.5,"max":2,"min":1}]',
  )
  expect(await shown('/invoice?select=customer_id,total.sum()')).toBe(
    '[{"customer_id":"9007199254740993","sum":"12345678901234567891.10"}]',
  )
})

test('embedded rows, to one, to many and spread, however deep', async () => {
  const deep = await shown('/customer?select=id,invoice(id,total,customer(credit))&credit=not.is.null&invoice.order=id')
  expect(deep).toContain('"id":"9007199254740993"')
  expect(deep).toContain('{"id":1,"total":"12345678901234567890.10","customer":{"credit":"1.50"}}')
  expect(await shown('/invoice?select=id,customer(*)&id=eq.2')).toBe(
    '[{"id":2,"customer":{"id":"9007199254740993","credit":"1.50"}}]',
  )
  expect(await shown('/invoice?select=id,...customer(credit)&id=eq.2')).toBe('[{"id":2,"credit":"1.50"}]')
  expect(await shown('/customer?select=...invoice(total)&credit=not.is.null&invoice.order=id')).toBe(
    '[{"total":["12345678901234567890.10", "1.00"]}]',
  )
  expect(await shown('/invoice?select=...customer(credit.max())&id=eq.2')).toBe('[{"max":"1.50"}]')
  expect(await shown('/invoice?select=id,customer(credit)&order=customer(credit)&limit=1')).toContain('"credit":"1.50"')
})

test('one object, stripped lists, and what a write gives back', async () => {
  const object = await ask('GET', '/customer?id=eq.2', {
    headers: { Accept: 'application/vnd.pgrst.object+json;numbers=string;nulls=stripped' },
  })
  expect([object.body, object.headers['content-type']]).toEqual([
    '{"id":"2"}',
    'application/vnd.pgrst.object+json;nulls=stripped;numbers=string; charset=utf-8',
  ])
  expect(await shown('/customer?id=eq.2', 'application/vnd.pgrst.array+json;nulls=stripped;numbers=string')).toBe(
    '[{"id":"2"}]',
  )
  const headers = { Accept: type, Prefer: 'return=representation, tx=rollback' }
  const written = await ask('PATCH', '/customer?id=eq.2', { headers, body: '{"credit": 0.10}' })
  expect(written.body).toBe('[{"id":"2","credit":"0.10"}]')
})

test('what functions give: values, rows of a table, and rows whose columns nobody knows', async () => {
  expect(await shown('/rpc/big')).toBe('"9007199254740993"')
  expect(await shown('/rpc/bigs')).toBe('["9007199254740993"]')
  expect(await shown('/rpc/invoices?select=id,total&id=eq.2')).toBe('[{"id":2,"total":"1.00"}]')
  expect(JSON.parse((await shown('/rpc/sums')) as string)).toEqual([{ name: 'all', sum: '1.10' }])
  expect(JSON.parse((await shown('/rpc/sums?select=total:sum')) as string)).toEqual([{ total: '1.10' }])
})

test('csv and the pure dialect are as they were', async () => {
  expect(await shown('/customer?id=eq.2', 'text/csv;numbers=string')).toBe('id,credit\n2,')
  const pure = await openEntities({ pool: database.pool, schemas: ['public'], compat: { anonymousRole: null } })
  try {
    const { body, headers } = await askOf(pure)('GET', '/customer?id=eq.2', { headers: { Accept: type } })
    expect([body, headers['content-type']]).toEqual(['[{"id":2,"credit":null}]', 'application/json; charset=utf-8'])
  } finally {
    await pure.close()
  }
})
