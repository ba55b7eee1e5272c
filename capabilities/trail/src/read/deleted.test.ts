// What was deleted is found by what it held, whatever the column was called then, and whether it is back.
import type { TestDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trailDatabase } from '../testing/trail-database.ts'
import { readDeleted } from './deleted.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await trailDatabase({
    setup: `
      CREATE TABLE customers (id int PRIMARY KEY, name text, extra json);
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers ON DELETE CASCADE, note text, secret text);`,
    track: ['customers', 'orders'],
  })
})
afterAll(async () => {
  await database?.drop()
})

const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values)
const idsOf = async (filter: Record<string, string>, more: { limit?: number; before?: string } = {}) =>
  (await readDeleted(database.pool, { entity: 'orders', filter, ...more })).changes.map(({ key }) => key?.['id'])

test('it is found by what it held, newest first, also what a cascade took; others and living ones are not', async () => {
  await run(`INSERT INTO customers VALUES (1, 'kim'), (2, 'lee'), (11, 'park')`)
  await run(
    `INSERT INTO orders VALUES (1, 1, 'one'), (2, 1, 'two'), (3, 2, 'of lee'), (4, 11, 'of park'), (5, 1, 'stays')`,
  )
  await run('DELETE FROM orders WHERE id = 1')
  await run('DELETE FROM orders WHERE id IN (2, 3, 4)')
  expect(await idsOf({ customer_id: '1' })).toEqual([2, 1])
  await run('DELETE FROM customers WHERE id = 1')
  expect(await idsOf({ customer_id: '1' })).toEqual([5, 2, 1])
  expect(await idsOf({ customer_id: '1', note: 'two' })).toEqual([2])
  expect(await idsOf({ customer_id: '7' })).toEqual([])
  expect(await idsOf({})).toEqual([5, 4, 3, 2, 1])
})

test('a page begins below the one before, and says whether there is more', async () => {
  const first = await readDeleted(database.pool, { entity: 'orders', limit: 2 })
  expect([first.changes.map(({ key }) => key?.['id']), first.isComplete]).toEqual([[5, 4], false])
  const rest = await readDeleted(database.pool, { entity: 'orders', before: first.changes.at(-1)?.id })
  expect([rest.changes.map(({ key }) => key?.['id']), rest.isComplete]).toEqual([[3, 2, 1], true])
  expect(first.changes[0]?.operation.procedure).toBe('sql')
})

test('texts with quotes, other alphabets and zero characters beside them are found as they are', async () => {
  await run(`INSERT INTO customers VALUES (20, $1, '"\\u0000"'), (21, $2, NULL)`, ['"김" \\ 하나', 'x'])
  await run('DELETE FROM customers WHERE id >= 20')
  const found = async (name: string) =>
    (await readDeleted(database.pool, { entity: 'customers', filter: { name } })).changes
  expect((await found('"김" \\ 하나')).map(({ key }) => key)).toEqual([{ id: 20 }])
  expect(await found('김')).toEqual([])
})

test('a record that came back is said to be, and one that was deleted again is not', async () => {
  const isBack = async (id: number) =>
    (await readDeleted(database.pool, { entity: 'orders' })).changes
      .filter(({ key }) => key?.['id'] === id)
      .map((one) => one.isBack)
  await run(`INSERT INTO customers VALUES (1, 'kim')`)
  await run(`INSERT INTO orders VALUES (1, 1, 'again')`)
  expect(await isBack(1)).toEqual([true])
  await run('DELETE FROM orders WHERE id = 1')
  expect(await isBack(1)).toEqual([false, true])
})

test('a column that was renamed is looked for under all its names; one that there is not is refused', async () => {
  await run('ALTER TABLE orders RENAME COLUMN note TO remark')
  await run(`INSERT INTO orders VALUES (30, 2, 'two')`)
  await run('DELETE FROM orders WHERE id = 30')
  expect(await idsOf({ remark: 'two' })).toEqual([30, 2])
  await expect(idsOf({ notes: 'two' })).rejects.toMatchObject({ code: 'TRAIL_UNKNOWN_COLUMN' })
  await expect(idsOf({}, { before: 'x' })).rejects.toMatchObject({ code: 'TRAIL_BAD_CURSOR' })
})

test('rows that a TRUNCATE took are found like others', async () => {
  await run(`INSERT INTO orders VALUES (40, 2, 'emptied')`)
  await run('TRUNCATE orders')
  expect(await idsOf({ remark: 'emptied' })).toEqual([40])
})
