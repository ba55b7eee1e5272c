// Which records belong to the rows of a role, on a real database: present, gone, moved, renamed, retyped, and off the trail.
import type { TestDatabase } from '@steward/cluster'
import { type FilterValue, type Role, type RowFilter } from '@steward/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseKey } from '../key.ts'
import { findRelation } from '../relation.ts'
import { operate } from '../testing/operate.ts'
import { trailDatabase } from '../testing/trail-database.ts'
import { sightOf } from './sight.ts'
import { visibleRecords } from './visible-records.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await trailDatabase({
    setup: `
      CREATE TYPE plan AS ENUM ('free', 'paid');
      CREATE TABLE ticket (id int PRIMARY KEY, tenant int, state text, note json);
      CREATE TABLE account (id int PRIMARY KEY, owner uuid, plan plan, balance numeric(10, 2), is_open boolean, code char(4));
      CREATE TABLE moving (id int PRIMARY KEY, org text);
      CREATE TABLE pair (a int, b int, tenant int, PRIMARY KEY (a, b));
      CREATE TABLE gone (id int PRIMARY KEY, tenant int);
      CREATE TABLE keyless (tenant int);
      CREATE TABLE kept (id int PRIMARY KEY, tenant int)`,
    track: ['ticket', 'account', 'moving', 'pair', 'gone', 'keyless'],
  })
  await database.pool.query(`SELECT steward.track('kept'::regclass, '{"exclude": ["tenant"]}')`)
})
afterAll(() => database.drop())

async function seen(entity: string, where: RowFilter, keys: readonly unknown[]): Promise<unknown[]> {
  const role: Role = { name: 'tenant', permissions: [], functions: [], entities: { [entity]: { read: true, where } } }
  const sight = sightOf({ queryable: database.pool, actor: { type: 'staff', id: 'kim' }, role })
  if (sight === null) throw new Error('Nothing would be held back.')
  const relation = await findRelation(database.pool, entity)
  const texts = await Promise.all(keys.map((key) => parseKey(database.pool, relation, key)))
  const visible = await visibleRecords(database.pool, sight.of(relation), texts)
  return keys.filter((_, place) => visible.has(texts[place] as string))
}

test('a row that is there, one that is gone, and none that ever was of somebody else', async () => {
  await operate(
    database.pool,
    'tickets',
    `INSERT INTO ticket (id, tenant) VALUES (1, 7), (2, 8), (3, 7), (4, 8), (5, 7), (6, NULL), (7, 7)`,
    'DELETE FROM ticket WHERE id IN (3, 4, 7)',
    'UPDATE ticket SET tenant = 8 WHERE id = 5',
    'UPDATE ticket SET tenant = 7 WHERE id = 5',
    // Its key was somebody else's before.
    'INSERT INTO ticket (id, tenant) VALUES (4, 7)',
    'UPDATE ticket SET tenant = NULL WHERE id = 6',
  )
  expect(await seen('ticket', { tenant: 7 }, [1, 2, 3, 4, 5, 6, 7, 99])).toEqual([1, 3, 7])
  expect(await seen('ticket', { tenant: [7, 8] }, [1, 2, 3, 4, 5, 6, 7, 99])).toEqual([1, 2, 3, 4, 5, 7])
  expect(await seen('ticket', { tenant: null }, [1, 6])).toEqual([6])
  expect(await seen('ticket', { tenant: [] }, [1, 6])).toEqual([])
})

test('a record that was nobody’s for a while is not seen by who sees its tenant alone', async () => {
  await operate(
    database.pool,
    'tickets',
    'INSERT INTO ticket (id, tenant) VALUES (20, NULL)',
    'UPDATE ticket SET tenant = 7 WHERE id = 20',
  )
  expect(await seen('ticket', { tenant: 7 }, [20])).toEqual([])
  expect(await seen('ticket', { tenant: [7, null] }, [20])).toEqual([20])
})

test('all conditions must hold, each for all that was known', async () => {
  await operate(
    database.pool,
    'tickets',
    "INSERT INTO ticket (id, tenant, state) VALUES (30, 7, 'open'), (31, 7, 'closed'), (32, 7, 'open')",
    "UPDATE ticket SET state = 'closed' WHERE id = 32",
  )
  expect(await seen('ticket', { tenant: 7, state: 'open' }, [30, 31, 32])).toEqual([30])
  expect(await seen('ticket', { tenant: 7, state: ['open', 'closed'] }, [30, 31, 32])).toEqual([30, 31, 32])
})

test('rows that were there before the trail are seen by what they are', async () => {
  await database.pool.query(`
    ALTER TABLE ticket DISABLE TRIGGER USER;
    INSERT INTO ticket (id, tenant) VALUES (40, 7), (41, 8);
    ALTER TABLE ticket ENABLE TRIGGER USER`)
  await operate(database.pool, 'tickets', "UPDATE ticket SET state = 'x' WHERE id IN (40, 41)")
  expect(await seen('ticket', { tenant: 7 }, [40, 41])).toEqual([40])
})

test('what was written in a way that PostgreSQL cannot look into hides nobody else', async () => {
  await operate(database.pool, 'tickets', String.raw`INSERT INTO ticket VALUES (50, 7, 'x', '"a\u0000b \ud800"')`)
  expect(await seen('ticket', { tenant: 7 }, [50])).toEqual([50])
})

test('values are compared as the column writes them', async () => {
  const owner = '0190c3f2-0000-7000-8000-00000000abcd'
  await operate(database.pool, 'accounts', `INSERT INTO account VALUES (1, '${owner}', 'paid', 7, true, 'ab')`)
  const filters: Record<string, FilterValue>[] = [
    { owner: owner.toUpperCase() },
    { plan: 'paid' },
    { balance: 7 },
    { balance: '7.000' },
    { is_open: true },
    { code: 'ab' },
  ]
  for (const filter of filters) expect([filter, await seen('account', filter, [1])]).toEqual([filter, [1]])
  expect(await seen('account', { is_open: false }, [1])).toEqual([])
})

test('a record keeps its past when its key moves, in both directions', async () => {
  await operate(
    database.pool,
    'tickets',
    'INSERT INTO ticket (id, tenant) VALUES (60, 8), (70, 7)',
    'UPDATE ticket SET id = 61 WHERE id = 60',
    'UPDATE ticket SET id = 62, tenant = 7 WHERE id = 61',
    'UPDATE ticket SET id = 71 WHERE id = 70',
    'UPDATE ticket SET id = 72 WHERE id = 71',
  )
  expect(await seen('ticket', { tenant: 7 }, [60, 61, 62])).toEqual([])
  expect(await seen('ticket', { tenant: 7 }, [70, 71, 72])).toEqual([70, 71, 72])
  expect(await seen('ticket', { tenant: 7 }, [71])).toEqual([71])
})

test('a column that was renamed or has another type now is the same column', async () => {
  await operate(database.pool, 'moves', "INSERT INTO moving VALUES (1, '7'), (2, '8'), (3, '8')")
  await database.pool.query('ALTER TABLE moving RENAME org TO tenant')
  await operate(database.pool, 'moves', "UPDATE moving SET tenant = '7' WHERE id = 3")
  await database.pool.query('ALTER TABLE moving ALTER tenant TYPE int USING tenant::int')
  await database.pool.query('SELECT steward.maintain()')
  expect(await seen('moving', { tenant: 7 }, [1, 2, 3])).toEqual([1])
})

test('keys of several columns', async () => {
  await operate(database.pool, 'pairs', 'INSERT INTO pair VALUES (1, 1, 7), (1, 2, 8)')
  const keys = [
    { a: 1, b: 1 },
    { a: 1, b: 2 },
  ]
  expect(await seen('pair', { tenant: 7 }, keys)).toEqual([keys[0]])
})

test('of a table that is off the trail, and by a column that is not kept or not there, nothing is seen', async () => {
  await operate(database.pool, 'gone', 'INSERT INTO gone VALUES (1, 7)', 'INSERT INTO kept VALUES (1, 7)')
  expect(await seen('gone', { tenant: 7 }, [1])).toEqual([1])
  expect(await seen('gone', { nothing: 7 }, [1])).toEqual([])
  expect(await seen('kept', { tenant: 7 }, [1])).toEqual([])
  await database.pool.query("SELECT steward.untrack('gone'::regclass)")
  expect(await seen('gone', { tenant: 7 }, [1])).toEqual([])
})
