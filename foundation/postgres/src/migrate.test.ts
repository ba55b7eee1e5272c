// Migrations: once, in order, one at a time, and never changed afterwards.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { openPool } from './pool.ts'

let database: TestDatabase
let path: string
let options: { folder: URL; ledger: string }

beforeEach(async () => {
  database = await testDatabase({ name: 'migrate' })
  path = await mkdtemp(join(tmpdir(), 'steward-migrations-'))
  // Without a slash at the end, as a careless caller writes it.
  options = { folder: pathToFileURL(path), ledger: 'house.migration' }
  await write('0001-tables', 'CREATE TABLE house.room (id int);\nINSERT INTO house.room VALUES (1);')
  await write('0002-column', `ALTER TABLE house.room ADD COLUMN name text DEFAULT '$1 ; -- :x {{y}}';`)
})
afterEach(async () => {
  await database.drop()
  await rm(path, { recursive: true })
})

const write = (name: string, sql: string) => writeFile(join(path, `${name}.sql`), sql)
const rooms = async () => (await database.pool.query('SELECT * FROM house.room')).rows

test('an empty database gets its schema, its ledger and all migrations in order', async () => {
  expect(await migrate(database.pool, options)).toEqual({ applied: ['0001-tables', '0002-column'] })
  expect(await rooms()).toEqual([{ id: 1, name: '$1 ; -- :x {{y}}' }])
  const { rows } = await database.pool.query('SELECT name, checksum, applied_at FROM house.migration ORDER BY name')
  expect(rows).toEqual([
    { name: '0001-tables', checksum: expect.stringMatching(/^[0-9a-f]{64}$/), applied_at: expect.any(Date) },
    { name: '0002-column', checksum: expect.any(String), applied_at: expect.any(Date) },
  ])
})

test('a second run applies only what is new', async () => {
  await migrate(database.pool, options)
  expect(await migrate(database.pool, options)).toEqual({ applied: [] })
  await write('0003-more', 'INSERT INTO house.room VALUES (2)')
  expect(await migrate(database.pool, options)).toEqual({ applied: ['0003-more'] })
  expect(await rooms()).toHaveLength(2)
})

test('processes that start at once do the work once', async () => {
  await write('0003-slow', 'SELECT pg_sleep(0.2); INSERT INTO house.room VALUES (2);')
  const pools = Array.from({ length: 5 }, () => openPool({ connectionString: database.url, max: 1 }))
  const reports = await Promise.all(pools.map((pool) => migrate(pool, options)))
  expect(reports.flatMap(({ applied }) => applied).sort()).toEqual(['0001-tables', '0002-column', '0003-slow'])
  expect(await rooms()).toHaveLength(2)
  await Promise.all(pools.map((pool) => pool.end()))
})

test('a dry run says what is missing and changes nothing, not even the ledger', async () => {
  expect(await migrate(database.pool, { ...options, dryRun: true })).toEqual({
    applied: ['0001-tables', '0002-column'],
  })
  const { rows } = await database.pool.query(`SELECT FROM pg_namespace WHERE nspname = 'house'`)
  expect(rows).toHaveLength(0)
})

test('a migration that fails leaves nothing of itself, keeps those before it, and names the line', async () => {
  await write('0002-column', 'INSERT INTO house.room VALUES (2);\n\nINSERT INTO house.rom VALUES (3);\n')
  await expect(migrate(database.pool, options)).rejects.toMatchObject({
    code: 'POSTGRES_MIGRATION_FAILED',
    message: 'The migration "0002-column" failed: relation "house.rom" does not exist',
    details: '0002-column.sql, line 3: INSERT INTO house.rom VALUES (3);',
    cause: { code: '42P01' },
  })
  expect(await rooms()).toEqual([{ id: 1 }])
})

test('a file that was changed after it ran is refused, before anything new runs', async () => {
  await migrate(database.pool, options)
  await write('0001-tables', 'CREATE TABLE house.room (id bigint);')
  await write('0003-more', 'INSERT INTO house.room VALUES (2)')
  await expect(migrate(database.pool, options)).rejects.toMatchObject({
    code: 'POSTGRES_MIGRATION_CHANGED',
    message: 'The migration "0001-tables" was changed after it had been applied.',
  })
  expect(await rooms()).toHaveLength(1)
})

test('line ends of another system are no change', async () => {
  await migrate(database.pool, options)
  await write('0001-tables', 'CREATE TABLE house.room (id int);\r\nINSERT INTO house.room VALUES (1);')
  expect(await migrate(database.pool, options)).toEqual({ applied: [] })
})

test('a migration that the database has and the folder has not is refused', async () => {
  await migrate(database.pool, options)
  await rm(join(path, '0002-column.sql'))
  await expect(migrate(database.pool, options)).rejects.toMatchObject({
    code: 'POSTGRES_MIGRATION_MISSING',
    details: 'house.migration lists "0002-column" as applied.',
  })
})

test('a migration that comes before one that ran is refused', async () => {
  await migrate(database.pool, options)
  await rm(join(path, '0001-tables.sql'))
  await database.pool.query(`DELETE FROM house.migration WHERE name = '0001-tables'`)
  await write('0001-late', 'SELECT 1')
  await expect(migrate(database.pool, options)).rejects.toMatchObject({ code: 'POSTGRES_MIGRATION_LATE' })
})

test.each(['1-short', '0003_under', '0002-again', '0003-Big'])('a file called %s is refused', async (name) => {
  await write(name, 'SELECT 1')
  await expect(migrate(database.pool, options)).rejects.toMatchObject({ code: 'POSTGRES_MIGRATION_NAME' })
})

test('a migration that ends its transaction is refused', async () => {
  await write('0003-commit', 'INSERT INTO house.room VALUES (2); COMMIT; INSERT INTO house.room VALUES (3);')
  await expect(migrate(database.pool, options)).rejects.toMatchObject({ code: 'POSTGRES_MIGRATION_ENDED_TRANSACTION' })
})

test('settings of a migration do not stay on the connection', async () => {
  const pool = openPool({ connectionString: database.url, max: 1 })
  await write('0003-path', 'SET search_path = house; SET statement_timeout = 1234;')
  await migrate(pool, options)
  const { rows } = await pool.query(
    `SELECT current_setting('search_path') AS path, current_setting('statement_timeout') AS timeout`,
  )
  expect(rows).toEqual([{ path: '"$user", public', timeout: '0' }])
  await pool.end()
})
