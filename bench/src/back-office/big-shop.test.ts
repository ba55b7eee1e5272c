// The filled shop: to the library and to the tables it must look as if it had been written order by order.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { customerOf, customerOfDeletion, type FilledShop, fillBigShop, orderNumber } from './big-shop.ts'

const size = { orders: 2000, changes: 20_000, months: 4 }
let database: TestDatabase
let filled: FilledShop

beforeAll(async () => {
  database = await testDatabase({ name: 'big_shop' })
  filled = await fillBigShop(database.pool, size)
})
afterAll(() => database.drop())

test('it says what there is', async () => {
  const { rows } = await database.pool.query(`
    SELECT (SELECT count(*)::integer FROM orders) AS orders, (SELECT count(*)::integer FROM customers) AS customers,
           count(*)::integer AS changes, count(*) FILTER (WHERE kind = 'd')::integer AS "deletedOrders"
      FROM steward.change`)
  expect(rows).toEqual([filled])
  expect(filled.changes).toBe(size.changes)
})

test('changes lie in a partition for each month, each with its operation', async () => {
  const { rows } = await database.pool.query(`
    SELECT count(DISTINCT change.tableoid)::integer AS partitions, count(DISTINCT operation.id)::integer AS operations,
           count(*) FILTER (WHERE operation.id IS NULL)::integer AS orphans
      FROM steward.change LEFT JOIN steward.operation ON operation.id = change.operation_id AND operation.xid = change.xid`)
  expect(rows).toEqual([{ partitions: 4, operations: size.changes / 4, orphans: 0 }])
})

test('an order was made, then changed as often as every other', async () => {
  const trail = openTrail({ pool: database.pool })
  for (const key of ['7', '1234', '2000']) {
    const kinds = (await trail.history('orders', key, { limit: 50 })).map(({ kind }) => kind)
    expect(kinds.at(-1)).toBe('insert')
    expect(kinds.length).toBeGreaterThanOrEqual(9)
    expect(new Set(kinds.slice(0, -1))).toEqual(new Set(['update']))
  }
})

test('a deleted order is one of its customer, and is not in the table', async () => {
  const { rows } = await database.pool.query(
    `SELECT change.before::json ->> 'number' AS number, orders.id AS "isThere"
       FROM steward.change LEFT JOIN orders ON orders.id::text = change.key
      WHERE kind = 'd' AND change.before::json ->> 'customer_id' = $1`,
    [customerOfDeletion(2, size)],
  )
  expect(rows).toEqual([{ number: orderNumber(size.orders + 2), isThere: null }])
})

test('orders and customers are called as the benchmark looks for them', async () => {
  const { rows } = await database.pool.query(
    'SELECT orders.number, customers.email, customers.name FROM orders, customers WHERE orders.id = 77 AND customers.id = 5',
  )
  expect(rows).toEqual([{ number: orderNumber(77), ...customerOf(5) }])
})

test('the triggers are at work again', async () => {
  await database.pool.query(`UPDATE orders SET note = 'late' WHERE id = 42`)
  const [newest] = await openTrail({ pool: database.pool }).history('orders', '42', { limit: 1 })
  expect(newest).toMatchObject({ kind: 'update', id: String(size.changes + 1) })
})
