// Tests of what planning refuses, word for word, and that nothing that it lets through is broken SQL.
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSchemaCache } from '../catalog/read-schema-cache.ts'
import { openPlannedShop, type PlannedShop, type SentPlan } from '../testing/plan-of.ts'
import { DialectError } from './dialect-error.ts'
import { makePlan } from './plan.ts'
import { readRequest } from './read-request.ts'
import { writeEstimate, writeQuery } from './write-query.ts'

const runs = process.env.STEWARD_SCALE === 'full' ? 5000 : 300
let shop: PlannedShop

beforeAll(async () => {
  shop = await openPlannedShop('plan', { maxRows: 100 })
})
afterAll(() => shop.database.drop())

const planOf: PlannedShop['planOf'] = (...asked) => shop.planOf(...asked)

function refusal(method: string, target: string, sent?: SentPlan) {
  try {
    planOf(method, target, sent)
  } catch (error) {
    if (error instanceof DialectError) return { status: error.status, ...error.toJSON() }
    throw error
  }
  return null
}

test('what is not embedded cannot be filtered, ordered or cut', () => {
  const expected = {
    status: 400,
    code: 'PGRST108',
    message: "'customer' is not an embedded resource in this request",
    details: null,
    hint: "Verify that 'customer' is included in the 'select' query parameter.",
  }
  expect(refusal('GET', '/orders?customer.country=eq.DE')).toEqual(expected)
  expect(refusal('GET', '/orders?customer.order=name')).toEqual(expected)
  expect(refusal('GET', '/orders?customer.limit=1')).toEqual(expected)
  expect(refusal('GET', '/orders?order=customer(name)')).toEqual(expected)
  expect(refusal('GET', '/orders?select=id,buyer:customer(name)&customer.country=eq.DE')).toEqual(expected)
  expect(refusal('GET', '/orders?select=id,buyer:customer(name)&buyer.country=eq.DE')).toBeNull()
})

test('a related order needs one related row', () => {
  expect(refusal('GET', '/customer?select=id,orders(id)&order=orders(id)')).toEqual({
    status: 400,
    code: 'PGRST118',
    message: "A related order on 'orders' is not possible",
    details: "'customer' and 'orders' do not form a many-to-one or one-to-one relationship",
    hint: null,
  })
})

test('an embed is only asked whether it is there', () => {
  expect(refusal('GET', '/orders?select=id,customer()&customer=eq.1')).toEqual({
    status: 400,
    code: 'PGRST120',
    message: "Bad operator on the 'customer' embedded resource",
    details: 'Only is null or not is null filters are allowed on embedded resources',
    hint: null,
  })
})

test('aggregates can be switched off, and do not stand in lists that a spread makes', () => {
  const off = { settings: { allowsAggregates: false } }
  expect(refusal('GET', '/customer?select=id,orders(total.sum())', off)).toMatchObject({
    status: 400,
    code: 'PGRST123',
    message: 'Use of aggregate functions is not allowed',
  })
  expect(refusal('GET', '/customer?select=id,...orders(total.sum())')).toMatchObject({
    status: 400,
    code: 'PGRST127',
    message: 'Feature not implemented',
    details: 'Aggregates are not implemented for one-to-many or many-to-many spreads.',
  })
  expect(refusal('GET', '/customer?select=id,...orders(...customer(id.max()))')).toMatchObject({ code: 'PGRST127' })
})

test('a column that is written must be there', () => {
  const expected = {
    status: 400,
    code: 'PGRST204',
    message: "Could not find the 'colour' column of 'orders' in the schema cache",
    details: null,
    hint: null,
  }
  expect(refusal('POST', '/orders?columns=id,colour', { body: { id: 1 } })).toEqual(expected)
  expect(refusal('POST', '/orders', { body: [{ colour: 'red' }] })).toEqual(expected)
  expect(refusal('PATCH', '/orders?id=eq.1', { body: { colour: 'red' } })).toEqual(expected)
})

test.each([
  '/orders',
  '/orders?ref=eq.1',
  '/orders?id=neq.1',
  '/orders?id=eq.1&ref=eq.1',
  '/no_key',
  '/orders?or=(id.eq.1)',
])('PUT %s does not name one row by its key', (target) => {
  expect(refusal('PUT', target, { body: { id: 1 } })).toMatchObject({
    status: 405,
    code: 'PGRST105',
    message: "Filters must include all and only primary key columns with 'eq' operators",
  })
})

test('PUT has no window', () => {
  expect(refusal('PUT', '/orders?id=eq.1&limit=1', { body: { id: 1 } })).toMatchObject({
    status: 400,
    code: 'PGRST114',
  })
})

test('a cap on what a function affects needs a set to be counted', () => {
  const headers = { prefer: 'handling=strict,max-affected=1' }
  expect(refusal('POST', '/rpc/set_status', { headers, body: { id: 1 } })).toMatchObject({
    status: 400,
    code: 'PGRST128',
  })
  expect(refusal('POST', '/rpc/close_orders', { headers, body: { minimum: 1 } })).toBeNull()
})

test('names that would mean two things in one statement are told apart', async () => {
  const client = await shop.database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`
      CREATE TABLE customer_1 (id int PRIMARY KEY, customer_id int REFERENCES customer);
      CREATE TABLE "${'ü'.repeat(31)}" (id int PRIMARY KEY, page int, parent int REFERENCES "${'ü'.repeat(31)}");
      INSERT INTO customer_1 VALUES (10, 2);
      INSERT INTO "${'ü'.repeat(31)}" VALUES (1, 5, NULL), (2, 6, 1)`)
    const { settings } = shop
    const grown = await readSchemaCache(client, settings)
    const read = async (path: string, query: string) => {
      const web = {
        method: 'GET',
        path,
        query,
        headers: {},
        body: null,
        requestId: 'r',
        actor: null,
        role: null,
        key: null,
      }
      const { text, values } = writeQuery(
        makePlan(readRequest(web, settings), grown, settings, { role: null, actor: null }),
      )
      return JSON.parse((await client.query(text, values)).rows[0].body)
    }
    expect(await read('/customer_1', 'select=id,customer(id,customer_1(id))')).toEqual([
      { id: 10, customer: { id: 2, customer_1: [{ id: 10 }] } },
    ])
    expect(
      await read(`/${encodeURIComponent('ü'.repeat(31))}`, 'select=id,page,parent(id,page)&order=id.desc&limit=1'),
    ).toEqual([{ id: 2, page: 6, parent: { id: 1, page: 5 } }])
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})

// What the words of a request are made of: all of it exists and is of the right type, so that no statement may fail.
const ordersFields = ['id', 'ref', 'total', 'status', 'note', 'data->>channel', 'data->b->0', 'n:note', 'total::text']
const customerEmbeds = [
  'customer(name)',
  'customer()',
  'c:customer!inner(*)',
  '...customer(email,country)',
  'customer(id,orders(id))',
]
const listEmbeds = [
  'order_item(*)',
  'order_item()',
  'product!inner(name)',
  '...order_item(quantity)',
  'order_item(quantity,product(name))',
]
const aggregates = ['count()', 'total.sum()', 'total.avg()::int', 'all:id.max()']
const filters = [
  'id=gt.3',
  'status=in.(open,paid)',
  'note=not.is.null',
  'or=(total.lt.50,and(note.like.*a*,id.neq.4))',
  'tags=ov.{vip}',
  'note=fts.late',
  'ref=like(any).{R-1*,R-2}',
  'period=not.is.null',
  'data->>items=isdistinct.3',
]
const orders = ['order=id.desc', 'order=total.asc.nullsfirst,note.desc']
const windows = ['limit=2', 'offset=1', 'limit=0', 'limit=3&offset=2']

const some = (from: string[]) => fc.subarray(from, { minLength: 1 })
const few = (from: string[]) => fc.subarray(from, { maxLength: 2 })

const plainSelect = fc
  .tuple(some(ordersFields), fc.option(fc.constantFrom(...customerEmbeds)), fc.option(fc.constantFrom(...listEmbeds)))
  .map((parts) =>
    parts
      .flat()
      .filter((part) => part !== null)
      .join(','),
  )
const groupedSelect = fc
  .tuple(
    fc.subarray(['status', 'customer(name)', '...customer(country)', 'data->>channel', 'order_item(product_id)']),
    some(aggregates),
  )
  .map((parts) => parts.flat().join(','))

const reading = fc.oneof(
  fc.tuple(
    plainSelect,
    few(filters),
    few(windows.slice(0, 2)),
    few(orders).map((list) => list.slice(0, 1)),
  ),
  fc.tuple(groupedSelect, few(filters), few(windows.slice(0, 2))),
)
const headers = fc.record({
  accept: fc.constantFrom(
    'application/json',
    'text/csv',
    'application/vnd.pgrst.object+json',
    'application/vnd.pgrst.array+json;nulls=stripped',
    'application/vnd.pgrst.plan+json',
  ),
  prefer: fc.constantFrom('', 'count=exact', 'count=planned', 'count=estimated'),
})

test('whatever can be read is valid SQL', async () => {
  await fc.assert(
    fc.asyncProperty(reading, headers, fc.constantFrom('GET', 'HEAD'), async ([select, ...rest], sent, method) => {
      const plan = planOf(method, `/orders?${[`select=${select}`, ...rest.flat()].join('&')}`, { headers: sent })
      for (const { text, values } of [writeQuery(plan), writeEstimate(plan)]) {
        const { rows } = await shop.database.pool.query(text, values)
        expect(rows.length).toBeGreaterThan(0)
      }
    }),
    { numRuns: runs },
  )
})

test('whatever can be written is valid SQL, and gives back as many rows as it wrote', async () => {
  const client = await shop.database.pool.connect()
  const preferences = fc.tuple(
    fc.constantFrom('return=minimal', 'return=representation', 'return=headers-only'),
    fc.constantFrom('', 'missing=default'),
    fc.constantFrom('', 'count=exact'),
  )
  const row = fc.record(
    { note: fc.option(fc.string()), total: fc.nat(99), data: fc.jsonValue() },
    { requiredKeys: ['total'] },
  )
  try {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('POST', 'PATCH', 'DELETE'),
        plainSelect.filter((select) => !select.includes('!inner')),
        fc.tuple(some(filters), preferences, row),
        async (method, select, [chosen, preferred, body]) => {
          if (JSON.stringify(body).includes('\\u0000')) return
          const plan = planOf(method, `/orders?select=${select}&${chosen.join('&')}`, {
            headers: { prefer: preferred.filter(Boolean).join(',') },
            ...(method === 'DELETE' ? {} : { body }),
          })
          await client.query('BEGIN')
          const { text, values } = writeQuery(plan)
          const { rows } = await client.query(text, values)
          expect(rows).toHaveLength(1)
          if (rows[0].body !== null) expect(JSON.parse(rows[0].body)).toHaveLength(Number(rows[0].page))
          await client.query('ROLLBACK')
        },
      ),
      { numRuns: runs },
    )
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
})
