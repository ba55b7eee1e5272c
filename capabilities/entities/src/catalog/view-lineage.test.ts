// Which column of which table the columns of views show, on the trees that PostgreSQL really stores.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFacts } from './read-facts.ts'
import { readOrigins, traceLineage } from './view-lineage.ts'

const setup = `
  CREATE TABLE base (id int PRIMARY KEY, "odd } name" text, "({TARGETENTRY" text, "x :resno 9 :resjunk false" text);
  CREATE TABLE other (id int PRIMARY KEY, base_id int);
  CREATE SCHEMA far;
  CREATE VIEW odd AS SELECT
    "odd } name", "({TARGETENTRY", id AS ":targetList (", "x :resno 9 :resjunk false" AS "y :resorigtbl 1 :resorigcol 1"
    FROM base;
  CREATE VIEW computed AS SELECT id + 1 AS more, id::text AS cast, lower("odd } name") AS lower, id FROM base;
  CREATE VIEW nested AS
    WITH part AS (SELECT id AS a, base_id AS b FROM other)
    SELECT (SELECT max(id) FROM base) AS largest, inside.a, b.id AS "base", EXISTS (SELECT id FROM other) AS any
    FROM (SELECT * FROM part) AS inside LEFT JOIN base AS b ON b.id = inside.b;
  CREATE VIEW far.below AS SELECT base_id AS one, id AS two FROM other;
  CREATE VIEW above AS SELECT two, one AS uno FROM far.below;
  CREATE VIEW top AS SELECT uno FROM above ORDER BY two;
  CREATE VIEW united AS SELECT id FROM base UNION SELECT id FROM other;
  CREATE VIEW grouped AS SELECT base_id, count(*) FROM other GROUP BY base_id, id HAVING count(*) > 0;
  CREATE MATERIALIZED VIEW kept AS SELECT DISTINCT id FROM base WHERE id IN (SELECT id FROM other) ORDER BY id;
  CREATE VIEW nothing AS SELECT FROM base`

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  await database.pool.query(setup)
})
afterAll(() => database?.drop())

it('follows each column down to its table, through joins, sub-queries, WITH and other views', async () => {
  const { views } = await readFacts(database.pool, ['public'], [])
  const { rows } = await database.pool.query(
    `SELECT oid::int, oid::regclass::text AS name FROM pg_class WHERE oid >= 16384`,
  )
  const names = new Map(rows.map(({ oid, name }) => [oid, name]))
  const shown = [...traceLineage(views)].map(([view, columns]) => [
    names.get(view),
    Object.fromEntries([...columns].map(([number, { table, column }]) => [number, `${names.get(table)} ${column}`])),
  ])
  expect(Object.fromEntries(shown)).toEqual({
    odd: { 1: 'base 2', 2: 'base 3', 3: 'base 1', 4: 'base 4' },
    computed: { 4: 'base 1' },
    nested: { 2: 'other 1', 3: 'base 1' },
    'far.below': { 1: 'other 2', 2: 'other 1' },
    above: { 1: 'other 1', 2: 'other 2' },
    top: { 1: 'other 2' },
    united: {},
    grouped: { 1: 'other 2' },
    kept: { 1: 'base 1' },
    nothing: {},
  })
})

it('reads nothing from a text that is no stored query', () => {
  expect(readOrigins('').size).toBe(0)
  expect(readOrigins('({QUERY :targetList <>})').size).toBe(0)
})
