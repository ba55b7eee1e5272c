// The cache follows the schema: told, or noticed; and no failure takes it away.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type SchemaWatch, type WatchOptions, watchSchema } from './watch-schema.ts'

let database: TestDatabase
let watch: SchemaWatch | undefined
let errors: unknown[]
beforeEach(async () => {
  database = await testDatabase()
  errors = []
  await database.pool.query('CREATE TABLE first (id int PRIMARY KEY)')
})
afterEach(async () => {
  await watch?.close()
  await database?.drop()
})

const never = 1_000_000
async function begin(options: Partial<WatchOptions> = {}): Promise<SchemaWatch> {
  const { pool } = database
  watch = await watchSchema({
    pool,
    schemas: ['public'],
    extraSearchPath: [],
    onError: (e) => errors.push(e),
    ...options,
  })
  return watch
}
const names = () =>
  watch
    ?.cache()
    .tables('public')
    .map(({ name }) => name)
const listeners = `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'steward-listen' AND query <> '' AND wait_event = 'ClientRead'`
const isListening = () =>
  vi.waitFor(async () => expect((await database.pool.query(listeners)).rowCount).toBe(1), 10_000)

it('is there at once, and read again when it is asked for', async () => {
  const { reload } = await begin({ pollEveryMs: never })
  expect(names()).toEqual(['first'])
  await database.pool.query('CREATE TABLE second (id int)')
  expect(names()).toEqual(['first'])
  await reload()
  expect(names()).toEqual(['first', 'second'])
})

it('is read again on NOTIFY, and not for other messages', async () => {
  await begin({ pollEveryMs: never })
  await isListening()
  const before = watch?.cache()
  await database.pool.query(`CREATE TABLE second (id int); NOTIFY pgrst, 'reload config'`)
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(watch?.cache()).toBe(before)
  await database.pool.query(`NOTIFY pgrst, 'reload schema'`)
  await vi.waitFor(() => expect(names()).toEqual(['first', 'second']), 5000)
  await database.pool.query('CREATE TABLE third (id int); NOTIFY pgrst')
  await vi.waitFor(() => expect(names()).toEqual(['first', 'second', 'third']), 5000)
  expect(before?.tables('public')).toHaveLength(1)
})

it.each([
  ['CREATE TABLE second (id int REFERENCES first)', () => names()?.includes('second')],
  ['ALTER TABLE first ADD b text', () => watch?.cache().table('public', 'first')?.columns.has('b')],
  [
    `COMMENT ON COLUMN first.id IS 'x'`,
    () => watch?.cache().table('public', 'first')?.columns.get('id')?.comment === 'x',
  ],
  ['CREATE VIEW seen AS SELECT * FROM first', () => names()?.includes('seen')],
  [
    'CREATE FUNCTION call() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
    () => watch?.cache().functions('public', 'call')[0],
  ],
  ['ALTER TABLE first RENAME TO renamed', () => names()?.includes('renamed')],
  ['DROP TABLE first', () => names()?.length === 0],
])('notices %s by itself', async (change, isThere) => {
  await begin({ pollEveryMs: 50, channel: 'nobody_says' })
  expect(isThere()).toBeFalsy()
  await database.pool.query(change)
  await vi.waitFor(() => expect(isThere()).toBeTruthy(), 5000)
})

it('is not read again for rows, statistics or temporary tables', async () => {
  await begin({ pollEveryMs: 30 })
  const before = watch?.cache()
  await database.pool.query(
    'INSERT INTO first VALUES (1); ANALYZE first; CREATE TEMP TABLE passing (id int); DROP TABLE passing',
  )
  await database.pool.query('VACUUM first')
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(watch?.cache()).toBe(before)
})

it('listens again after the connection was lost, and misses nothing of the time between', async () => {
  await begin({ pollEveryMs: never })
  await isListening()
  await database.pool.query(`CREATE TABLE second (id int)`)
  await database.pool.query(`SELECT pg_terminate_backend(pid) FROM (${listeners}) AS listening`)
  await vi.waitFor(() => expect(names()).toEqual(['first', 'second']), 10_000)
  expect(errors.length).toBeGreaterThan(0)
})

it('stays as it was when reading fails, and is read again when that is possible', async () => {
  const { reload } = await begin({ pollEveryMs: 50, channel: 'nobody_says' })
  const query = vi.spyOn(database.pool, 'query').mockRejectedValue(new Error('The database is away'))
  await expect(reload()).rejects.toThrow('The database is away')
  expect(names()).toEqual(['first'])
  query.mockRestore()
  await database.pool.query('CREATE TABLE second (id int)')
  await vi.waitFor(() => expect(names()).toEqual(['first', 'second']), 5000)
})

it('is read once more for all that ask while it is being read', async () => {
  const { reload } = await begin({ pollEveryMs: never, channel: 'nobody_says' })
  const query = vi.spyOn(database.pool, 'query')
  await Promise.all([reload(), reload(), reload()])
  expect(query).toHaveBeenCalledTimes(4)
})

it('keeps no process alive', async () => {
  const program = `
    import { openPool } from '@steward/postgres'
    import { watchSchema } from ${JSON.stringify(new URL('./watch-schema.ts', import.meta.url).href)}
    const pool = openPool({ connectionString: process.argv[1], idleTimeoutMillis: 300 })
    await watchSchema({ pool, schemas: ['public'], extraSearchPath: [], pollEveryMs: 100 })
    setTimeout(() => console.log('listening'), 500)`
  const run = promisify(execFile)(
    process.execPath,
    ['--conditions=source', '--input-type=module', '-e', program, database.url],
    { timeout: 20_000, cwd: import.meta.dirname },
  )
  await expect(run).resolves.toMatchObject({ stdout: 'listening\n' })
})
