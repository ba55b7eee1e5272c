// Names that people give to tables and columns, and tables of any width: the generated code holds them all.
import type { TestDatabase } from '@steward/cluster'
import { quoteIdentifier } from '@steward/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesOf, retrace, storyOf } from '../fixtures/retrace.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const isFull = process.env.STEWARD_SCALE === 'full'
let database: TestDatabase
const run = (sql: string) => database.pool.query(sql)

beforeAll(async () => {
  database = await trailDatabase()
})
afterAll(() => database?.drop())

const names = [
  // of the generated code and of PL/pgSQL
  'steward_part',
  'steward_operation',
  'steward_before',
  'steward_after',
  'steward_key',
  'steward_previous_key',
  'steward_old',
  'steward_new',
  'steward_old_rows',
  'steward_new_rows',
  'steward_rows',
  'steward_row',
  'steward_pair',
  'steward_literal_nulls',
  'steward_count',
  'steward_wanted',
  'key',
  'before',
  'after',
  'previous_key',
  'literal_nulls',
  'kind',
  'xid',
  'operation_id',
  'relation_id',
  'record',
  'wanted',
  'wanted_key',
  'row',
  'old',
  'new',
  'OLD',
  'NEW',
  'found',
  'tg_op',
  'TG_OP',
  'now',
  'concat',
  'to_json',
  'relation',
  'operation',
  'change',
  'context',
  'id',
  // of SQL
  'select',
  'from',
  'user',
  'order',
  'null',
  'true',
  'int',
  'json',
  'text',
  'group',
  'table',
  'default',
  'values',
  'returning',
  'all',
  // of nobody
  'Name',
  'na"me',
  "na'me",
  'na\\me',
  'na%me',
  '%s %I %L %1$s',
  'na me',
  ' ',
  '.',
  'a.b',
  '{',
  '"',
  "'",
  '$1',
  '$$',
  '$code$',
  ';--',
  'a,b',
  '[0]',
  '\t',
  '\n',
  '이름',
  'ñandú',
  '👩‍👧',
  'a\u0301',
  '\u202e',
  '0',
  '-',
  'x'.repeat(63),
  '한'.repeat(21),
]

describe.each(['row', 'bulk'] as const)('in mode %s', (mode) => {
  it('captures columns of every name in one table', async () => {
    const columns = names.map((name) => `${quoteIdentifier(name)} text`)
    const table = `wide ${mode}`
    await run(`CREATE TABLE "${table}" (no int PRIMARY KEY, ${columns.join(', ')}, data jsonb, "json 'null' \\" json)`)
    await database.pool.query('SELECT steward.track($1::regclass, $2)', [`"${table}"`, { mode }])
    await run(`INSERT INTO "${table}" VALUES (1, ${names.map((_, place) => `'v${place}'`).join(', ')}, 'null', 'null')`)
    for (const name of [...names.slice(0, 5), ...names.slice(-20)]) {
      await run(`UPDATE "${table}" SET ${quoteIdentifier(name)} = 'changed'`)
    }
    await run(`UPDATE "${table}" SET ${names.map((name) => `${quoteIdentifier(name)} = NULL`).join(', ')}`)
    await run(`DELETE FROM "${table}"`)
    const changes = await changesOf(database.pool, table)
    const inserted = JSON.parse(changes[0]?.after ?? '{}') as Record<string, unknown>
    expect(names.map((name) => inserted[name])).toEqual(names.map((_, place) => `v${place}`))
    expect(changes).toHaveLength(28)
    expect(await retrace(database.pool, table)).toEqual([])
    await run(`INSERT INTO "${table}" (no) VALUES (2); TRUNCATE "${table}"`)
    expect(await retrace(database.pool, table)).toEqual([])
  })

  // both modes name columns by the same SQL: a sample of the names in the second
  it.each(names.filter((_, place) => isFull || place % (mode === 'row' ? 2 : 5) === 0))(
    'captures a table, a schema and a key of the name %j',
    async (name) => {
      const schema = Buffer.byteLength(name) > 50 ? `other ${mode}` : `${mode} ${name}`
      const identifier = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
      const key = quoteIdentifier(name)
      await run(
        `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}; DROP TABLE IF EXISTS ${identifier}; CREATE TABLE ${identifier} (${key} text, no int, PRIMARY KEY (${key}, no))`,
      )
      await database.pool.query('SELECT steward.track($1::regclass, $2)', [identifier, { mode }])
      await run(
        `INSERT INTO ${identifier} VALUES ('a', 1); UPDATE ${identifier} SET ${key} = 'b'; DELETE FROM ${identifier}`,
      )
      const entity = `${schema}.${name}`
      expect(await retrace(database.pool, entity)).toEqual([])
      await run(`INSERT INTO ${identifier} VALUES ('c', 2); TRUNCATE ${identifier}`)
      expect(await storyOf(database.pool, entity)).toHaveLength(6)
    },
  )

  it.each(isFull ? [1, 89, 90, 91, 99, 100, 101, 250, 1200] : [1, 90, 91, 101, 250])(
    'captures tables of %i columns',
    async (width) => {
      const table = `columns_${mode}_${width}`
      const columns = Array.from(
        { length: width },
        (_, place) => `c${place} ${['text', 'int', 'numeric', 'jsonb'][place % 4]}`,
      )
      await run(`CREATE TABLE ${table} (id int PRIMARY KEY, ${columns.join(', ')})`)
      await database.pool.query('SELECT steward.track($1::regclass, $2)', [table, { mode }])
      await run(`INSERT INTO ${table} (id, c0) VALUES (1, 'x')`)
      await run(
        `UPDATE ${table} SET ${columns
          .filter((_, place) => place % 4 === 0)
          .map((column) => `${column.split(' ')[0]} = 'y'`)
          .join(', ')}`,
      )
      await run(`UPDATE ${table} SET c0 = NULL`)
      await run(`DELETE FROM ${table}`)
      expect(await retrace(database.pool, table)).toEqual([])
      expect((await storyOf(database.pool, table)).at(-2)).toBe('u 1 {"c0":"y"} {"c0":null}')
    },
  )
})

it('captures a table without columns, and one of which nothing is stored', async () => {
  await run(
    `CREATE TABLE nothing (); SELECT steward.track('nothing'); INSERT INTO nothing DEFAULT VALUES; DELETE FROM nothing`,
  )
  expect(await storyOf(database.pool, 'nothing')).toEqual(['i {}', 'd {}'])
  await run(`CREATE TABLE mute (a text, b text); SELECT steward.track('mute', '{"exclude": ["a", "b"]}');
    INSERT INTO mute VALUES ('hidden', 'hidden'); UPDATE mute SET a = 'x'; TRUNCATE mute`)
  expect(await storyOf(database.pool, 'mute')).toEqual([
    'i {}',
    't {}',
    't {"table" : "mute", "policy" : "capture", "rows" : 1}',
  ])
})

it('never fails for the length of a key: beyond what an index holds the change is there without its key', async () => {
  await run(`CREATE TABLE long_key (id text PRIMARY KEY, n int); CREATE TABLE long_bytes (id bytea PRIMARY KEY, n int);
    CREATE TABLE long_pair (a text, b text, n int, PRIMARY KEY (a, b));
    SELECT steward.track('long_key'), steward.track('long_bytes'), steward.track('long_pair')`)
  const text = `(SELECT string_agg(md5(n::text), '') FROM generate_series(1, 200) AS n)`
  await run(`INSERT INTO long_key VALUES (left(${text}, 2500), 1); UPDATE long_key SET n = 2; DELETE FROM long_key`)
  expect(await retrace(database.pool, 'long_key')).toEqual([])
  await run(
    `INSERT INTO long_key VALUES (left(${text}, 2690), 1); UPDATE long_key SET n = 2; UPDATE long_key SET id = 'short'; DELETE FROM long_key`,
  )
  expect((await changesOf(database.pool, 'long_key')).slice(3).map(({ kind, key }) => [kind, key])).toEqual([
    ['i', null],
    ['u', null],
    ['u', 'short'],
    ['d', 'short'],
  ])
  await run(
    `INSERT INTO long_bytes SELECT substr(string_agg(sha256(n::text::bytea), ''), 1, 2680), 1 FROM generate_series(1, 90) AS n`,
  )
  await run(`UPDATE long_bytes SET n = 2; DELETE FROM long_bytes`)
  expect(await changesOf(database.pool, 'long_bytes')).toHaveLength(3)
  await run(
    `INSERT INTO long_pair VALUES (translate(left(${text}, 1300), '0', '"'), translate(left(${text}, 1300), '0', E'\\x01'), 1); DELETE FROM long_pair`,
  )
  expect(await changesOf(database.pool, 'long_pair')).toHaveLength(2)
})
