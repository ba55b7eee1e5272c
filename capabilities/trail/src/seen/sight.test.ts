// What of a table is held back in the trail: as much as in the Admin API, under every name that a column ever had.
import type { TestDatabase } from '@steward/cluster'
import type { Role } from '@steward/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operate } from '../testing/operate.ts'
import { trailDatabase } from '../testing/trail-database.ts'
import { seeAt, seeHistory } from './see-records.ts'
import { readableTables, sightOf } from './sight.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await trailDatabase({
    setup: `
      CREATE TABLE customer (
        id int PRIMARY KEY, phone text, name text,
        area text GENERATED ALWAYS AS (left(phone, 4)) STORED,
        greeting text GENERATED ALWAYS AS ('Dear ' || name) STORED
      );
      CREATE TABLE person (id int PRIMARY KEY, phone text, tenant int);
      CREATE TABLE member (PRIMARY KEY (id)) INHERITS (person);
      CREATE TABLE guest (PRIMARY KEY (id)) INHERITS (member)`,
    track: ['customer', 'guest'],
  })
})
afterAll(() => database.drop())

test('what is computed from a masked column is not seen, also under the name that it had before', async () => {
  await operate(database.pool, 'sign-up', "INSERT INTO customer (id, phone, name) VALUES (1, '0101', 'Kim')")
  await database.pool.query('ALTER TABLE customer RENAME area TO prefix')
  await operate(database.pool, 'moved', "UPDATE customer SET phone = '0202' WHERE id = 1")
  const role: Role = {
    name: 'cx',
    permissions: [],
    functions: [],
    entities: { customer: { read: true, mask: ['phone'] } },
  }
  const sight = sightOf({ queryable: database.pool, actor: { type: 'staff', id: 'kim' }, role })
  if (sight === null) throw new Error('Nothing would be held back.')
  const history = await seeHistory(sight, { entity: 'customer', key: 1 })
  const told = JSON.stringify([history, await seeAt(sight, { entity: 'customer', key: 1, when: 'now' })])
  expect(told).not.toMatch(/0101|0202/)
  expect(told).toContain('Dear Kim')
})

test('a table is seen as those are seen that it inherits from', async () => {
  await operate(database.pool, 'stay', "INSERT INTO guest VALUES (1, '0303', 7), (2, '0404', 8)")
  const role: Role = {
    name: 'cx',
    permissions: [],
    functions: [],
    entities: { '*': { read: true }, person: { read: true, mask: ['phone'], where: { tenant: 7 } } },
  }
  const sight = sightOf({ queryable: database.pool, actor: { type: 'staff', id: 'kim' }, role })
  if (sight === null) throw new Error('Nothing would be held back.')
  const past = (key: number) => seeAt(sight, { entity: 'guest', key, when: 'now' })
  expect((await past(1)).record).toEqual({ id: 1, phone: null, tenant: 7 })
  expect((await past(2)).record).toBeNull()
  expect(await readableTables(sight)).toContainEqual(
    expect.objectContaining({ entity: 'guest', hasFilter: true, hasMasks: true }),
  )
})
