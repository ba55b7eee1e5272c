// Transactions of requests: whole or not at all, in one flight where they can be, and no connection is ever lost.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openPool, type Pool } from '@steward/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { fly } from './flight.ts'
import { runQuery, type Work } from './run-query.ts'

let database: TestDatabase
// One connection: whatever is not given back, or given back broken, fails the next test.
let pool: Pool
beforeAll(async () => {
  database = await testDatabase({ name: 'run_query' })
  pool = openPool({ connectionString: database.url, max: 1 })
  await pool.query('CREATE TABLE note (id int PRIMARY KEY, mark int UNIQUE DEFERRABLE INITIALLY DEFERRED)')
})
beforeEach(() => pool.query('DELETE FROM note'))
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const work = (text: string, more: Partial<Work> = {}): Work => ({
  isReadOnly: false,
  isolation: null,
  settings: [['request.method', 'GET']],
  query: { text, values: [] },
  further: [],
  isRolledBack: false,
  check: null,
  ...more,
})
const count = async () => (await pool.query('SELECT count(*)::int AS count FROM note')).rows[0].count

test('values come as PostgreSQL prints them, and what follows comes too', async () => {
  const further = [{ text: 'SELECT $1 AS said', values: ["it's"] }]
  const [first, second] = await runQuery(
    pool,
    work(`SELECT 1.50 AS price, 9007199254740993 AS big, NULL AS none`, { further }),
  )
  expect(first).toMatchObject({ columns: ['price', 'big', 'none'], rows: [['1.50', '9007199254740993', null]] })
  expect(second?.rows).toEqual([["it's"]])
})

test('settings hold inside and nowhere else', async () => {
  const settings: [string, string][] = [
    ['search_path', '"pg_catalog", "public"'],
    ['request.method', 'PUT'],
  ]
  const isolation = 'serializable'
  const query = `SELECT current_setting('request.method'), current_setting('search_path'), current_setting('transaction_isolation')`
  const [inside] = await runQuery(pool, work(query, { settings, isolation }))
  expect(inside?.rows).toEqual([['PUT', '"pg_catalog", "public"', 'serializable']])
  const outside = await pool.query(`SELECT current_setting('request.method', true) AS method`)
  expect(outside.rows[0].method ?? '').toBe('')
})

test('a write is kept, one that is rolled back or refused is not', async () => {
  await runQuery(pool, work('INSERT INTO note VALUES (1, 1)'))
  expect(await count()).toBe(1)
  await runQuery(pool, work('INSERT INTO note VALUES (2, 2)', { isRolledBack: true }))
  const refusing = async () => {
    throw new Error('no')
  }
  await expect(runQuery(pool, work('INSERT INTO note VALUES (3, 3)', { check: refusing }))).rejects.toThrow('no')
  expect(await count()).toBe(1)
})

test('nothing runs when its settings cannot be had', async () => {
  const settings: [string, string][] = [['role', 'nobody_of_this_name']]
  await expect(runQuery(pool, work('INSERT INTO note VALUES (1, 1)', { settings }))).rejects.toMatchObject({
    code: '22023',
  })
  expect(await count()).toBe(0)
  expect((await pool.query('SELECT current_user = session_user AS same')).rows).toEqual([{ same: true }])
})

test('what may only read does not write', async () => {
  const write = work('INSERT INTO note VALUES (1, 1)', { isReadOnly: true })
  await expect(runQuery(pool, write)).rejects.toMatchObject({ code: '25006' })
})

test('a constraint that is checked at the end refuses, also in a rehearsal', async () => {
  const twice = 'INSERT INTO note VALUES (1, 1), (2, 1)'
  await expect(runQuery(pool, work(twice))).rejects.toMatchObject({ code: '23505' })
  await expect(runQuery(pool, work(twice, { isRolledBack: true }))).rejects.toMatchObject({ code: '23505' })
  await expect(runQuery(pool, work(twice, { check: async () => undefined }))).rejects.toMatchObject({ code: '23505' })
  expect(await count()).toBe(0)
  expect(pool.totalCount).toBe(1)
})

test('a connection that is killed in the middle is thrown away, and the next request gets another', async () => {
  const killed = runQuery(pool, work('SELECT pg_terminate_backend(pg_backend_pid())'))
  await expect(killed).rejects.toMatchObject({ code: '57P01' })
  expect((await runQuery(pool, work('SELECT 1')))[0]?.rows).toEqual([['1']])
})

test('after the first statement that fails none of its flight runs', async () => {
  const client = await pool.connect()
  try {
    const flight = ['SELECT nothing', 'INSERT INTO note VALUES (7, 7)'].map((text) => ({ text, values: [] }))
    await expect(fly(client, flight)).rejects.toMatchObject({ code: '42703' })
  } finally {
    client.release()
  }
  expect(await count()).toBe(0)
})
