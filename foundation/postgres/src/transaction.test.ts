// Transactions: committed whole or not at all, and the connection is always given back.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openPool, type Pool } from './pool.ts'
import { inTransaction } from './transaction.ts'

let database: TestDatabase
// One connection: whatever is not given back blocks the next test.
let pool: Pool
beforeAll(async () => {
  database = await testDatabase({ name: 'transaction' })
  pool = openPool({ connectionString: database.url, max: 1 })
  await pool.query('CREATE TABLE note (id int PRIMARY KEY, text text, UNIQUE (text) DEFERRABLE INITIALLY DEFERRED)')
})
beforeEach(() => pool.query('DELETE FROM note'))
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const count = async () => (await pool.query('SELECT count(*)::int AS count FROM note')).rows[0].count

test('what was written is there afterwards, and the result comes back', async () => {
  const result = await inTransaction(pool, {}, async (transaction) => {
    await transaction.query(`INSERT INTO note VALUES (1, 'a')`)
    return 'done'
  })
  expect(result).toBe('done')
  expect(await count()).toBe(1)
})

test('an error takes everything back and comes through unchanged', async () => {
  const error = new Error('no')
  const failed = inTransaction(pool, {}, async (transaction) => {
    await transaction.query(`INSERT INTO note VALUES (1, 'a')`)
    throw error
  })
  await expect(failed).rejects.toBe(error)
  expect(await count()).toBe(0)
})

test('options and settings hold inside and end with the transaction', async () => {
  const options = {
    readOnly: true,
    isolation: 'repeatable read',
    settings: {
      'steward.context': "it's \\ here",
      statement_timeout: '5s',
      search_path: 'information_schema, public',
      DateStyle: 'SQL, DMY',
    },
  } as const
  const inside = await inTransaction(pool, options, (transaction) =>
    transaction.query(
      `SELECT current_setting('transaction_read_only') AS read_only, current_setting('transaction_isolation') AS isolation,
         current_setting('steward.context') AS context, current_setting('statement_timeout') AS timeout,
         current_schemas(false)::text AS schemas, current_setting('DateStyle') AS style`,
    ),
  )
  expect(inside.rows[0]).toEqual({
    read_only: 'on',
    isolation: 'repeatable read',
    context: "it's \\ here",
    timeout: '5s',
    schemas: '{information_schema,public}',
    style: 'SQL, DMY',
  })
  const { rows } = await pool.query(
    `SELECT current_setting('steward.context') AS context, current_setting('statement_timeout') AS timeout`,
  )
  expect(rows[0]).toEqual({ context: '', timeout: '0' })
})

test('a swallowed failure is reported instead of a commit that was none', async () => {
  const swallowed = inTransaction(pool, {}, async (transaction) => {
    await transaction.query(`INSERT INTO note VALUES (1, 'a')`)
    await transaction.query('SELECT 1 / 0').catch(() => undefined)
  })
  await expect(swallowed).rejects.toMatchObject({ code: 'POSTGRES_TRANSACTION_ABORTED' })
  expect(await count()).toBe(0)
})

test('a constraint that fails at COMMIT comes through, and the connection stays good', async () => {
  const failed = inTransaction(pool, {}, (transaction) =>
    transaction.query(`INSERT INTO note VALUES (1, 'a'), (2, 'a')`),
  )
  await expect(failed).rejects.toMatchObject({ code: '23505' })
  expect(pool.totalCount).toBe(1)
  expect(await count()).toBe(0)
})

test('a setting that does not exist fails before the work begins', async () => {
  let began = false
  const failed = inTransaction(pool, { settings: { no_such_setting: '1' } }, async () => {
    began = true
  })
  await expect(failed).rejects.toMatchObject({ code: '42704' })
  expect(began).toBe(false)
  expect(await count()).toBe(0)
})

test('a connection that breaks is thrown away', async () => {
  const failed = inTransaction(pool, {}, async (transaction) => {
    await transaction.query(`INSERT INTO note VALUES (1, 'a')`)
    await transaction.query('SELECT pg_terminate_backend(pg_backend_pid())')
  })
  await expect(failed).rejects.toMatchObject({ code: '57P01' })
  expect(pool.totalCount).toBe(0)
  expect(await count()).toBe(0)
})
