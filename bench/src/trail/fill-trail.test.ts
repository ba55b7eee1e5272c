// The filled trail: it must look to the library like one that was written change by change.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillTrail, historyTables, makeHistoryTables } from './fill-trail.ts'
import { installTrail } from './install-trail.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ name: 'fill' })
  await makeHistoryTables(database.pool)
  await installTrail(database.pool, historyTables)
  await fillTrail(database.pool, { changes: 8_000, records: 20, months: 4 }, () => undefined)
})
afterAll(() => database.drop())

test('all changes are there, in a partition for each month, each with its operation', async () => {
  const { rows } = await database.pool.query(`
    SELECT count(*)::integer AS changes, count(DISTINCT change.tableoid)::integer AS partitions,
           count(operation.id)::integer AS "withOperation", count(DISTINCT change.id)::integer AS ids
      FROM steward.change LEFT JOIN steward.operation ON operation.id = change.operation_id AND operation.xid = change.xid`)
  expect(rows).toEqual([{ changes: 8_000, partitions: 4, withOperation: 8_000, ids: 8_000 }])
})

test('the default partition stays empty', async () => {
  const { rows } = await database.pool.query('SELECT FROM steward.change_default')
  expect(rows).toEqual([])
})

test('the newest changes of a record come back newest first, each with who and through what', async () => {
  const found = await openTrail({ pool: database.pool }).history('orders', '7', { limit: 50 })
  expect(found).toHaveLength(50)
  expect(found.every((change) => change.operation.procedure === 'orders.pay')).toBe(true)
  const times = found.map((change) => change.at)
  expect(times).toEqual(times.toSorted().toReversed())
})

test('the next change that is captured comes after all of them', async () => {
  await database.pool.query(`INSERT INTO orders (id, status) VALUES (7, 'new')`)
  const [newest] = await openTrail({ pool: database.pool }).history('orders', '7', { limit: 1 })
  expect(newest).toMatchObject({ kind: 'insert', id: String(8_000 + 1) })
})
