// Pools: their name, and that a dying connection never takes the process with it.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPool } from './pool.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase({ name: 'pool' })
})
afterAll(() => database.drop())

const nameOf = async (pool: ReturnType<typeof openPool>) => {
  const { rows } = await pool.query('SHOW application_name')
  await pool.end()
  return rows[0].application_name
}

test('connections are called steward unless something else is asked for', async () => {
  expect(await nameOf(openPool(database.url))).toBe('steward')
  expect(await nameOf(openPool(`${database.url}?application_name=shop`))).toBe('shop')
  expect(await nameOf(openPool({ connectionString: database.url, application_name: 'shop' }))).toBe('shop')
})

test('a connection that is killed while idle or in use does no harm', async () => {
  const pool = openPool({ connectionString: database.url, max: 2 })
  const [idle, used] = await Promise.all([pool.connect(), pool.connect()])
  const pids = [idle, used].map((client) => (client as unknown as { processID: number }).processID)
  idle.release()
  await database.pool.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids])
  await expect(used.query('SELECT pg_sleep(1)')).rejects.toThrow()
  used.release(true)
  await expect.poll(async () => (await pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }])
  await pool.end()
})
