// What is seen of tables and views: masks and row filters go through views, and where nobody can say how, nothing is seen.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, type Role, readerRole } from '@steward/engine'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readSchemaCache } from '../catalog/read-schema-cache.ts'
import type { CacheTable, SchemaCache } from '../catalog/schema-cache.ts'
import { isHeldBack, type SeenTable, seesAll, seeTable, seeTables } from './see-table.ts'

const setup = `
  CREATE TABLE customers (
    id int PRIMARY KEY, org int, name text, phone text, email text, digits text GENERATED ALWAYS AS (right(phone, 4)) STORED
  );
  CREATE TABLE orders (id int PRIMARY KEY, org int, customer int, note text);
  CREATE TABLE other (id int PRIMARY KEY, phone text);
  CREATE VIEW plain AS SELECT id AS number, org AS tenant, phone AS tel, digits FROM customers;
  CREATE VIEW above AS SELECT number, tenant, tel AS dial FROM plain;
  CREATE VIEW joined AS SELECT o.id, o.org, c.org AS customer_org, c.phone FROM orders AS o JOIN customers AS c ON c.id = o.customer;
  CREATE VIEW joined_half AS SELECT o.id, o.org, c.phone FROM orders AS o JOIN customers AS c ON c.id = o.customer;
  CREATE VIEW computed AS SELECT id, org, upper(phone) AS phone FROM customers;
  CREATE VIEW of_other AS SELECT id, phone || 'x' AS phone FROM other;
  CREATE VIEW found AS SELECT id, org, name FROM customers ORDER BY phone;
  CREATE VIEW shown AS SELECT id, org, name, phone FROM customers ORDER BY phone;
  CREATE VIEW laundry AS SELECT id, left(phone, 2) AS area FROM customers;
  CREATE VIEW above_laundry AS SELECT id, area FROM laundry;
  CREATE VIEW lateral_twice AS SELECT c.org, d.name FROM customers AS c, LATERAL (SELECT * FROM customers AS i WHERE i.id > c.id) AS d;
  CREATE FUNCTION reads() RETURNS text STABLE LANGUAGE sql AS 'SELECT max(phone) FROM customers';
  CREATE FUNCTION counts(text) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT length($1)';
  CREATE VIEW asks AS SELECT id FROM other WHERE reads() IS NOT NULL;
  CREATE VIEW measures AS SELECT id, counts(phone) AS size FROM other;
  CREATE VIEW nothing AS SELECT 1 AS one;
  CREATE MATERIALIZED VIEW kept AS SELECT id, org, phone FROM customers;
  CREATE TABLE customers_old (kept text) INHERITS (customers);
  CREATE SCHEMA away;
  CREATE TABLE away.safe (id int, word text);
  CREATE VIEW from_away AS SELECT id, word FROM away.safe`

let database: TestDatabase
let cache: SchemaCache
beforeAll(async () => {
  database = await testDatabase({ name: 'see' })
  await database.pool.query(setup)
  cache = await readSchemaCache(database.pool, { schemas: ['public'], extraSearchPath: [] })
})
afterAll(() => database?.drop())

const kim = { type: 'staff', id: 'kim' } as const
const role: Role = {
  name: 'cx',
  permissions: [],
  functions: [],
  entities: {
    '*': { read: true, write: true },
    customers: { read: true, write: ['update'], where: { org: 7 }, mask: { phone: 'last-4' }, maxAffected: 5 },
    laundry: { read: true, isTrusted: true },
    'away.safe': {},
  },
}

function see(name: string, by: Role | null = role): SeenTable {
  return seeTable({ role: by, actor: kim, cache }, cache.table('public', name) as CacheTable)
}

const told = (name: string, by: Role | null = role) => {
  const { canRead, writes, where, masks } = see(name, by)
  return { canRead, writes: [...writes], where: where.map(({ column }) => column), masks: [...masks.keys()] }
}
const denied = { canRead: false, writes: [] }

it('a view has the masks and filters of its tables, under its own names', () => {
  expect(told('plain')).toEqual({ canRead: true, writes: ['update'], where: ['tenant'], masks: ['tel', 'digits'] })
  expect(told('above')).toEqual({ canRead: true, writes: ['update'], where: ['tenant'], masks: ['dial'] })
  expect(told('kept')).toMatchObject({ canRead: true, where: ['org'], masks: ['phone'] })
  expect(told('joined')).toMatchObject({ canRead: true, where: ['customer_org'], masks: ['phone'] })
  expect(see('plain').masks.get('tel')).toBe('last-4')
  expect(see('above').maxAffected).toBe(5)
})

it('a column that is generated from a masked one is not seen at all', () => {
  expect(see('customers').masks).toEqual(
    new Map([
      ['phone', 'last-4'],
      ['digits', 'hidden'],
    ]),
  )
})

it('a table has what the table has that it inherits from', () => {
  expect(told('customers_old')).toEqual({
    canRead: true,
    writes: ['update'],
    where: ['org'],
    masks: ['phone', 'digits'],
  })
})

it.each(['computed', 'joined_half', 'found', 'lateral_twice', 'asks', 'from_away'])(
  'nothing is seen of %s, of which nobody can say what it shows',
  (name) => {
    expect(told(name)).toMatchObject(denied)
  },
)

it('what is computed from what is seen whole is seen, and so is what the rule trusts', () => {
  for (const name of ['of_other', 'measures', 'nothing', 'laundry', 'above_laundry', 'shown']) {
    expect([name, told(name).canRead]).toEqual([name, true])
  }
  expect(told('shown')).toMatchObject({ where: ['org'], masks: ['phone'] })
  expect(told('laundry')).toMatchObject({ where: [], masks: [] })
})

it('a filter on a column that is not there lets nothing through', () => {
  const filtered: Role = { ...role, entities: { '*': { read: true, write: true, where: { org: 7 } } } }
  expect(told('orders', filtered)).toMatchObject({ canRead: true, where: ['org'] })
  expect(told('other', filtered)).toMatchObject(denied)
})

it('a mask on a column that is not there closes the entity whose own rule it is, and no other', () => {
  const everywhere: Role = { ...role, entities: { '*': { read: true, mask: ['telephone'] } } }
  expect(told('customers', everywhere).canRead).toBe(true)
  const renamed: Role = { ...role, entities: { '*': { read: true }, customers: { read: true, mask: ['telephone'] } } }
  expect(told('customers', renamed)).toMatchObject(denied)
  expect(told('other', renamed).canRead).toBe(true)
})

it('of two masks of one column that differ the column is hidden', () => {
  const twice: Role = { ...role, entities: { ...role.entities, plain: { read: true, mask: { tel: 'first-letter' } } } }
  expect(see('plain', twice).masks.get('tel')).toBe('hidden')
})

it('what a view would write is what its tables may be written', () => {
  const readOnly: Role = { ...readerRole, entities: { '*': { read: true, write: true }, customers: { read: true } } }
  expect(told('plain', readOnly)).toMatchObject({ canRead: true, writes: [] })
  expect(told('of_other', readOnly).writes).toHaveLength(3)
})

it('who sees all sees all, whatever it is made of', () => {
  expect([seesAll(adminRole), seesAll(readerRole), seesAll(role)]).toEqual([true, true, false])
  for (const { name } of cache.tables('public')) {
    expect(isHeldBack(see(name, adminRole))).toBe(false)
    expect(see(name, readerRole).canRead).toBe(true)
    expect(see(name, null)).toMatchObject({ canRead: true, maxRows: null, requiresReason: false })
  }
  expect(seeTables({ role: null, actor: null, cache }, 'public')).toHaveLength(cache.tables('public').length)
  expect(seeTables({ role, actor: kim, cache }, 'public').map(({ table }) => table.name)).not.toContain('computed')
})

it('views that read each other over and over are each looked at once', async () => {
  const rungs = Array.from({ length: 36 }, (_, number) => {
    const [below, further] = [number - 1, number - 2].map((one) => (one < 0 ? 'customers' : `rung_${one}`))
    return `CREATE VIEW rung_${number} AS SELECT a.id, b.phone FROM ${below} AS a JOIN ${further} AS b ON a.id = b.id;`
  })
  await database.pool.query(rungs.join('\n'))
  const grown = await readSchemaCache(database.pool, { schemas: ['public'], extraSearchPath: [] })
  const masked: Role = { ...role, entities: { '*': { read: true }, customers: { read: true, mask: ['phone'] } } }
  const top = grown.table('public', 'rung_35') as CacheTable
  // The phone of the other side is joined and not shown.
  expect(seeTable({ role: masked, actor: kim, cache: grown }, top).canRead).toBe(true)
  expect([...seeTable({ role: masked, actor: kim, cache: grown }, top).masks.keys()]).toEqual(['phone'])
  await database.pool.query('DROP VIEW rung_0, rung_1 CASCADE')
})

it('what views read is known of views that read themselves, too', async () => {
  await database.pool.query('CREATE VIEW circle AS SELECT id, org, phone FROM customers')
  await database.pool.query('CREATE VIEW round AS SELECT id, org, phone FROM circle')
  await database.pool.query('CREATE OR REPLACE VIEW circle AS SELECT id, org, phone FROM round')
  const grown = await readSchemaCache(database.pool, { schemas: ['public'], extraSearchPath: [] })
  const circle = grown.table('public', 'circle') as CacheTable
  expect(seeTable({ role, actor: kim, cache: grown }, circle).canRead).toBe(false)
  expect(seeTable({ role: readerRole, actor: kim, cache: grown }, circle).canRead).toBe(true)
  await database.pool.query('DROP VIEW circle CASCADE')
})
