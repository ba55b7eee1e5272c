// One box: keys first, then whole values, beginnings and parts, and never through a large table without an index.
import type { Role } from '@steward/engine'
import { openPool } from '@steward/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSchemaCache } from '../catalog/read-schema-cache.ts'
import { standingOf } from '../catalog/standing.ts'
import { openShop, type Shop } from '../testing/shop.ts'
import { seeTable } from '../visibility/see-table.ts'
import { planSearch } from './plan-search.ts'
import { writeSearch } from './write-search.ts'

const kim = { type: 'staff', id: 'kim' } as const

// Large by its rows, and indexed in every way that a search can use, and in some that it cannot.
const large = `
  CREATE EXTENSION citext;
  CREATE EXTENSION pg_trgm;
  CREATE TABLE person (
    id uuid PRIMARY KEY, name text, email text, phone varchar(20), nick citext, code char(8), number numeric, plain text,
    bytes text COLLATE "C", town text, shout text
  );
  INSERT INTO person SELECT
    md5(i::text)::uuid, 'Person ' || i, 'p' || i || '@mail.example', '010' || i, 'Nick' || i, 'C' || i, i + 0.5, 'plain ' || i,
    'byte' || i, 'Town ' || i, 'Shout' || i
    FROM generate_series(1, 20000) AS i;
  CREATE INDEX ON person USING gin (name gin_trgm_ops);
  CREATE UNIQUE INDEX ON person (lower(email) text_pattern_ops);
  CREATE INDEX ON person (phone varchar_pattern_ops);
  CREATE UNIQUE INDEX ON person (nick);
  CREATE INDEX ON person USING hash (code);
  CREATE UNIQUE INDEX ON person (number) WHERE number IS NOT NULL;
  CREATE INDEX ON person (bytes);
  CREATE INDEX ON person (town) WHERE town <> 'Town 7';
  CREATE INDEX ON person (shout COLLATE "C");
  CREATE TABLE parcel (id int, day date, label text, PRIMARY KEY (id)) PARTITION BY RANGE (id);
  CREATE TABLE parcel_low PARTITION OF parcel FOR VALUES FROM (0) TO (10000);
  CREATE TABLE parcel_high PARTITION OF parcel FOR VALUES FROM (10000) TO (100000);
  INSERT INTO parcel SELECT i, '2026-01-01', 'Parcel ' || i FROM generate_series(1, 30000) AS i;
  CREATE VIEW people AS SELECT id, name, email FROM person;
  ANALYZE;`

const columns = ['name', 'email', 'phone', 'nick', 'code', 'number', 'bytes', 'shout']
let shop: Shop

beforeAll(async () => {
  shop = await openShop({
    compat: undefined as never,
    // Other tests run beside this one: what is slow here is no fault of the search.
    searchBudgetMs: 2000,
    words: { person: { title: 'name', search: columns }, product: { search: ['name'] } },
  })
  await shop.database.pool.query(large)
  await shop.entities.reload()
})
afterAll(() => shop.close())

const search = async (text: string, more: { role?: Role; limit?: number } = {}) => {
  const limit = more.limit === undefined ? '' : `&limit=${more.limit}`
  const answered = await shop.ask('GET', `/search?q=${encodeURIComponent(text)}${limit}`, {
    actor: kim,
    ...(more.role ? { role: more.role } : {}),
  })
  expect(answered.status).toBe(200)
  return answered.json as { hits: { entity: string; key: object; label: string; matched: string }[]; partial: string[] }
}

test('a key is found before everything else, and the hit has exactly what was promised', async () => {
  const { hits } = await search('13')
  expect(hits[0]).toEqual({ entity: 'orders', key: { id: '13' }, label: 'R-13', matched: 'id' })
  expect(hits).toContainEqual({ entity: 'parcel', key: { id: '13' }, label: 'Parcel 13', matched: 'id' })
})

test('an order number, an e-mail and a part of a name are found', async () => {
  expect((await search('R-7')).hits[0]).toEqual({ entity: 'orders', key: { id: '7' }, label: 'R-7', matched: 'ref' })
  expect((await search('Chloe@Martin.example')).hits[0]).toMatchObject({ entity: 'customer', matched: 'email' })
  expect((await search('osta')).hits[0]).toMatchObject({ entity: 'customer', key: { id: '2' }, label: 'Bruno Costa' })
})

test('whole values come before beginnings, and beginnings before parts', async () => {
  const { hits } = await search('R-1', { limit: 100 })
  const refs = hits.filter(({ entity }) => entity === 'orders').map(({ label }) => label)
  expect(refs[0]).toBe('R-1')
  expect(refs.slice(1).sort()).toEqual(['R-10', 'R-11', 'R-12', 'R-13', 'R-14', 'R-15'])
})

test.each([
  ['name', 'Person 777'],
  ['name', 'rson 777'],
  ['email', 'P777@mail'],
  ['phone', '0107770'],
  ['nick', 'nICK777'],
  ['code', 'C777'],
  ['number', '777.5'],
  ['bytes', 'byte777'],
  ['shout', 'Shout77'],
])('in a large table %s is looked up by its index: %s', async (column, text) => {
  const { hits } = await search(text, { limit: 100 })
  expect(hits.filter(({ entity }) => entity === 'person').map(({ matched }) => matched)).toContain(column)
})

test('every way that is taken into a large table is one that PostgreSQL answers by an index', async () => {
  const pool = openPool({ connectionString: shop.database.url, max: 1 })
  const cache = await readSchemaCache(pool, { schemas: ['public'], extraSearchPath: [] })
  const standing = await standingOf(pool, cache, ['public'])
  // Whatever an index can answer is answered by it now; what is still a scan has none.
  await pool.query('SET enable_seqscan = off')
  let looked = 0
  for (const name of ['person', 'parcel']) {
    const table = cache.table('public', name)!
    const seen = seeTable({ role: null, actor: null, cache }, table)
    for (const text of [
      'Person 777',
      '777',
      '777.5',
      'ab',
      'a_b%c',
      '6512bd43-d9ca-a6e0-2c99-0b0a82652dca',
      '김하늘',
    ]) {
      const plan = planSearch({
        seen,
        columns: [...table.columns.keys()],
        indexes: standing.indexes(table),
        size: standing.size(table),
        text,
      })
      for (const way of plan.ways) {
        const { text: sql, values } = writeSearch(seen, { ways: [way], title: null, limit: 5 })
        const { rows } = await pool.query(`EXPLAIN ${sql}`, values)
        const lines = rows.map((row) => row['QUERY PLAN'] as string).join('\n')
        expect(lines, `${name}.${way.column} ${text}`).toMatch(/Index (Only )?Scan/)
        expect(lines, `${name}.${way.column} ${text}`).toMatch(/Index Cond/)
        expect(lines).not.toMatch(/Seq Scan/)
        looked += 1
      }
      expect(plan.ways.map(({ column }) => column)).not.toContain('plain')
      expect(plan.ways.map(({ column }) => column)).not.toContain('town')
      expect(plan.isPartial).toBe(true)
    }
  }
  expect(looked).toBeGreaterThan(40)
  await pool.end()
})

test('an entity that no index answers for is named as partial, and so is one that takes too long', async () => {
  expect((await search('Parcel 777')).partial).toContain('parcel')
  // Nor is a view that nobody has asked to be searched.
  expect((await search('Desk')).partial).not.toContain('open_orders')
  // Whoever holds the table keeps everybody waiting; the others are found all the same.
  const locker = await shop.database.pool.connect()
  await locker.query('BEGIN; LOCK TABLE customer IN ACCESS EXCLUSIVE MODE')
  const { hits, partial } = await search('Desk')
  await locker.query('ROLLBACK')
  locker.release()
  expect(partial).toContain('customer')
  expect(hits).toContainEqual({ entity: 'product', key: { id: '2' }, label: 'Desk', matched: 'name' })
  expect((await search('Desk')).partial).not.toContain('customer')
})

test('masked columns are neither searched nor shown, and filtered rows are not found', async () => {
  const role: Role = {
    name: 'support',
    permissions: ['entities:search'],
    functions: [],
    entities: {
      customer: { read: true, mask: ['email', 'name'] },
      person: { read: true, mask: { name: 'first-letter' }, where: { code: 'C777' } },
      orders: { read: true, where: { status: ['open', 'paid'] } },
      product: { read: true, mask: ['id'] },
    },
  }
  expect((await search('anna@berg.example', { role })).hits).toEqual([])
  expect((await search('Anna', { role })).hits).toEqual([])
  expect((await search('Desk', { role })).hits).toEqual([])
  expect((await search('p778@mail', { role })).hits).toEqual([])
  const [hit, ...others] = (await search('p777@mail.example', { role })).hits
  expect(others).toEqual([])
  expect(hit).toMatchObject({ entity: 'person', matched: 'email' })
  expect(hit?.label).not.toContain('Person')
  expect((await search('R-4', { role })).hits).toEqual([])
  expect((await search('R-2', { role })).hits).toHaveLength(1)
})

test.each([
  ['nothing', ''],
  ['no text', '?q='],
  ['one character', '?q=%EA%B9%80'],
  ['blanks', '?q=%20%20%20a'],
  ['a NUL', '?q=ab%00'],
  ['broken UTF-8', '?q=ab%FF'],
  ['a limit that is none', '?q=abc&limit=0'],
  ['too much', `?q=${'a'.repeat(300)}`],
])('%s is refused', async (_what, query) => {
  const { status, json } = await shop.ask('GET', `/search${query}`, { actor: kim })
  expect(status).toBe(400)
  expect(json.code).toMatch(/^ENTITIES_SEARCH_/)
})

test('whatever is pasted into the box is a value and nothing else', async () => {
  for (const text of [
    `' OR 1=1 --`,
    '%%%',
    '__',
    '\\\\',
    '99999999999999999999',
    '-1',
    '1e400',
    'NaN',
    '{}',
    '"; DROP',
  ]) {
    const { hits } = await search(text)
    expect([text, hits.filter(({ matched }) => matched === '')]).toEqual([text, []])
  }
  expect((await search('%%')).hits).toEqual([])
})
