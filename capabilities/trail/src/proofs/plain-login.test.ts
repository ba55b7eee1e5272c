// The usual first day: one login that is no superuser owns the database and everything in it. Everything works, and what
// cannot be promised is said.
import { randomBytes } from 'node:crypto'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openPool, type Pool } from '@steward/postgres'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { retrace, storyOf } from '../fixtures/retrace.ts'
import { examine } from '../install/doctor.ts'
import { install } from '../install/install.ts'
import { maintain } from '../install/maintain.ts'
import { stamp } from '../install/stamp.ts'
import { readStatus } from '../install/status.ts'
import { track, untrack } from '../install/track.ts'

const login = `plain_${randomBytes(6).toString('hex')}`
const password = randomBytes(12).toString('hex')

let database: TestDatabase
let pool: Pool

beforeAll(async () => {
  database = await testDatabase({ name: 'plain' })
  await database.pool.query(`
    CREATE ROLE ${login} LOGIN PASSWORD '${password}';
    DO $$ BEGIN EXECUTE format('ALTER DATABASE %I OWNER TO ${login}', current_database()); END $$;
    ALTER SCHEMA public OWNER TO ${login}`)
  const url = new URL(database.url)
  url.username = login
  url.password = password
  pool = openPool(url.href)
})
afterAll(async () => {
  await pool?.end()
  await database?.drop()
})

it('installs, tracks, records, follows changes of the tables and keeps itself', async () => {
  const report = await install(pool)
  expect(report.followsDdl).toBe(false)
  expect(await install(pool)).toMatchObject({ applied: [] })
  await pool.query(`
    CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total numeric);
    CREATE TABLE line (id int PRIMARY KEY, order_id int REFERENCES orders ON DELETE CASCADE, at timestamptz)`)
  await track(pool, { all: true })
  await pool.query(
    `INSERT INTO orders (total) VALUES (1.0), (2); INSERT INTO line VALUES (1, 1, now()); DELETE FROM orders WHERE id = 1`,
  )
  expect(await retrace(pool, 'orders')).toEqual([])
  expect(await retrace(pool, 'line')).toEqual([])

  await pool.query(`ALTER TABLE orders RENAME COLUMN total TO amount; ALTER TABLE orders ADD COLUMN note text`)
  await pool.query(`UPDATE orders SET amount = 3, note = 'x'`)
  expect((await storyOf(pool, 'orders')).at(-1)).toBe('u 2 {"amount":2,"note":null} {"amount":3,"note":"x"}')
  await stamp(pool, { entity: 'orders' })
  await pool.query(`UPDATE orders SET amount = 4`)
  expect((await storyOf(pool, 'orders')).at(-1)).toMatch(/"version":2\}$/)

  await pool.query('CREATE TABLE sheet (id int, kind text, PRIMARY KEY (id, kind)) PARTITION BY LIST (kind)')
  await track(pool, { entities: ['sheet'] })
  await pool.query(`CREATE TABLE sheet_a PARTITION OF sheet DEFAULT`)
  await pool.query(`INSERT INTO sheet VALUES (1, 'a'); INSERT INTO sheet_a VALUES (2, 'b'); TRUNCATE sheet`)
  expect(await retrace(pool, 'sheet')).toEqual([])
  expect(await maintain(pool)).toMatchObject({ problems: [] })
  await pool.query(`INSERT INTO sheet VALUES (1, 'a'); TRUNCATE sheet_a`)
  expect(await retrace(pool, 'sheet')).toEqual([])
  expect((await readStatus(pool)).tables.flatMap(({ problems }) => problems)).toEqual([])
  await untrack(pool, { entity: 'line' })
})

it('says what it cannot promise', async () => {
  const { warnings } = await install(pool)
  expect(warnings.join('\n')).toContain(`The login "${login}" owns`)
  const kinds = (await examine(pool)).findings.map(({ kind }) => kind)
  expect(kinds).toContain('no-event-trigger')
  expect(kinds).toContain('owner')
  await pool.query('ALTER TABLE orders DISABLE TRIGGER "00_steward_update"')
  const { healthy, findings } = await examine(pool)
  expect({ healthy, kinds: findings.filter(({ entity }) => entity === 'orders').map(({ kind }) => kind) }).toEqual({
    healthy: false,
    kinds: expect.arrayContaining(['disabled']),
  })
})
