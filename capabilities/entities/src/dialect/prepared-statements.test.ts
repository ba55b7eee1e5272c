// Statements that are kept by connections: parsed once, never wrong after a change of the schema, and bounded.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openPool, type Pool } from '@steward/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { forgetStatements } from './prepared-statements.ts'
import { runQuery, type Work } from './run-query.ts'

let database: TestDatabase
// One connection, so that all share what it keeps.
let pool: Pool
beforeAll(async () => {
  database = await testDatabase({ name: 'prepared' })
})
beforeEach(async () => {
  pool = openPool({ connectionString: database.url, max: 1 })
  await pool.query('DROP TABLE IF EXISTS note; CREATE TABLE note (id int, day date)')
  return () => pool.end()
})
afterAll(() => database.drop())

const ask = async (text: string, values: string[] = [], more: Partial<Work> = {}) => {
  const settings: [string, string][] = [['request.method', 'GET']]
  const rest = { isReadOnly: true, isolation: null, further: [], isRolledBack: false, check: null }
  const [answered] = await runQuery(pool, { ...rest, settings, query: { text, values }, ...more })
  return answered?.rows.flat()
}
const kept = async (like: string): Promise<number> => {
  const sql = 'SELECT count(*)::int AS count FROM pg_prepared_statements WHERE statement LIKE $1'
  return (await pool.query(sql, [like])).rows[0].count
}

test('what is asked for again is parsed once, what is asked for once is not kept', async () => {
  for (let times = 0; times < 4; times++) expect(await ask('SELECT $1::int + 1 AS one', ['41'])).toEqual(['42'])
  await ask('SELECT 1 AS once')
  expect(await kept('SELECT $1::int + 1%')).toBe(1)
  expect(await kept('SELECT 1 AS once%')).toBe(0)
  expect(await kept('BEGIN%')).toBe(1)
})

test('a connection keeps a hundred statements and closes the others', async () => {
  for (let number = 0; number < 150; number++) {
    for (let times = 0; times < 2; times++) await ask(`SELECT ${number} AS number`)
  }
  await ask('SELECT 149 AS number')
  expect(await kept('%')).toBeLessThanOrEqual(101)
  expect(await kept('SELECT 149 AS number')).toBe(1)
  expect(await kept('SELECT 0 AS number')).toBe(0)
})

test('a statement whose values fail leaves none behind', async () => {
  for (let times = 0; times < 5; times++) {
    await expect(ask('SELECT $1::int AS bad', ['x'])).rejects.toMatchObject({ code: '22P02' })
  }
  await ask('SELECT 1')
  expect(await kept('SELECT $1::int AS bad%')).toBe(0)
})

test('a column that has another type by now takes values of that type', async () => {
  await pool.query("INSERT INTO note VALUES (1, '2026-01-01')")
  const find = 'SELECT count(*) FROM note WHERE id = $1'
  for (let times = 0; times < 3; times++) expect(await ask(find, ['1'])).toEqual(['1'])
  await pool.query("ALTER TABLE note ALTER id TYPE text USING 'n-' || id")
  expect(await ask(find, ['n-1'])).toEqual(['1'])
  await pool.query('DROP TABLE note; CREATE TABLE note (id bigint)')
  await pool.query('INSERT INTO note VALUES (9007199254740993)')
  expect(await ask(find, ['9007199254740993'])).toEqual(['1'])
})

test('columns that come and go are seen at once', async () => {
  await pool.query("INSERT INTO note VALUES (1, '2026-01-01')")
  const all = 'SELECT json_agg(note.*)::text FROM note'
  for (let times = 0; times < 3; times++) await ask(all)
  await pool.query('ALTER TABLE note DROP day, ADD more text')
  expect(await ask(all)).toEqual(['[{"id":1,"more":null}]'])
  // Without the aggregate around it the answer itself has other columns, which PostgreSQL refuses to change.
  for (let times = 0; times < 3; times++) expect(await ask('SELECT * FROM note')).toEqual(['1', null])
  await pool.query("ALTER TABLE note ADD last text DEFAULT 'x'")
  expect(await ask('SELECT * FROM note')).toEqual(['1', null, 'x'])
})

test('after the schema was read again nothing has the types of before', async () => {
  await pool.query("INSERT INTO note VALUES (1, '2026-01-01')")
  const find = 'SELECT count(*) FROM note WHERE day = $1'
  for (let times = 0; times < 3; times++) expect(await ask(find, ['2026-01-01'])).toEqual(['1'])
  await pool.query('ALTER TABLE note ALTER day TYPE timestamp')
  await pool.query("UPDATE note SET day = '2026-01-01 10:00'")
  forgetStatements(pool)
  // As a date it would have lost its hour, and found nothing.
  expect(await ask(find, ['2026-01-01 10:00'])).toEqual(['1'])
  expect(await kept('%day = $1%')).toBe(1)
})

test('what fails while it runs is not run again', async () => {
  await pool.query('CREATE SEQUENCE IF NOT EXISTS runs; ALTER SEQUENCE runs RESTART')
  const fail = 'SELECT 1 / (nextval($1) - nextval($1) + 1)'
  const write = { isReadOnly: false }
  for (let times = 0; times < 4; times++) {
    await expect(ask(fail, ['runs'], write)).rejects.toMatchObject({ code: '22012' })
  }
  expect((await pool.query('SELECT last_value::int AS last FROM runs')).rows[0].last).toBe(8)
})

test('where the server forgets what it was given, everything is still answered', async () => {
  for (let round = 0; round < 5; round++) {
    for (let times = 0; times < 3; times++) expect(await ask('SELECT $1::int AS number', ['7'])).toEqual(['7'])
    await pool.query('DEALLOCATE ALL')
  }
  expect(await ask('SELECT $1::int AS number', ['8'])).toEqual(['8'])
  expect(await kept('%')).toBe(0)
})

test('another connection answers from the very first time', async () => {
  for (let times = 0; times < 3; times++) await ask('SELECT 5 AS five')
  const other = openPool({ connectionString: database.url, max: 1 })
  try {
    const rest = { isReadOnly: true, isolation: null, further: [], isRolledBack: false, check: null }
    const query = { text: 'SELECT 5 AS five', values: [] }
    expect((await runQuery(other, { ...rest, settings: [['request.method', 'GET']], query }))[0]?.columns).toEqual([
      'five',
    ])
  } finally {
    await other.end()
  }
})
