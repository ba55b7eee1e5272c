// Every kind of value comes back from the trail as it was, to the last character and the last bit.
import { splitJsonObject } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import { inTransaction, type Transaction } from '@steward/postgres'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesOf, retrace } from '../fixtures/retrace.ts'
import { type ValueKind, valueKinds, valueTypes } from '../fixtures/value-kinds.ts'
import { pinSettings } from '../revert/pinned-settings.ts'
import { rowDocument, rowSource, sourceValue } from '../revert/row-source.ts'
import { readTables, type Table } from '../revert/tables.ts'
import { readValues } from '../revert/values.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const oddSettings = `
  SET LOCAL "TimeZone" = 'Asia/Kathmandu'; SET LOCAL "DateStyle" = 'SQL, DMY'; SET LOCAL "IntervalStyle" = 'sql_standard';
  SET LOCAL extra_float_digits = -15; SET LOCAL bytea_output = 'escape'; SET LOCAL xmloption = content; SET LOCAL quote_all_identifiers = on;
  DO $$ BEGIN
    FOR place IN 1..4 LOOP
      BEGIN
        PERFORM set_config('lc_monetary', (ARRAY['de_DE.utf8', 'ko_KR.utf8', 'en_US.utf8', 'C.utf8'])[place], true); EXIT;
      EXCEPTION WHEN OTHERS THEN NULL; END;
    END LOOP;
  END $$;`

const isFull = process.env.STEWARD_SCALE === 'full'
let database: TestDatabase
let extensions: Set<string>

beforeAll(async () => {
  database = await trailDatabase({ setup: valueTypes })
  const { rows } = await database.pool.query<{ name: string }>('SELECT name FROM pg_available_extensions')
  extensions = new Set(rows.map(({ name }) => name))
  for (const name of ['citext', 'hstore', 'ltree', 'cube']) {
    if (extensions.has(name)) await database.pool.query(`CREATE EXTENSION ${name}`)
  }
})
afterAll(() => database?.drop())

describe.each(['row', 'bulk'] as const)('in mode %s', (mode) => {
  // both modes write values down by the same SQL: a sample of them in the second
  const kinds = valueKinds.filter((_, place) => isFull || mode === 'row' || place % 4 === 0)
  it.each(kinds.map((kind, place) => [`${kind.type}: ${kind.values.join(' ').slice(0, 40)}`, kind, place] as const))(
    'keeps %s',
    async (_name, kind, place) => {
      if ((kind.since ?? 0) > database.version || (kind.extension && !extensions.has(kind.extension))) return
      const table = `kind_${mode}_${place}`
      const states = await live(table, kind)
      const restored = await restoredFrom(table)
      expect(await retrace(database.pool, table)).toEqual([])
      expect(restored).toEqual(
        Array.from({ length: states }, (_, step) => ({ step: step + 1, sides: 'after before', same: true })),
      )
    },
  )

  /** A row's life: born with the first value, given each of the others, NULL and the first again, and deleted. */
  async function live(table: string, { type, values }: ValueKind): Promise<number> {
    await database.pool.query(`
      CREATE TABLE ${table} (id int PRIMARY KEY, value ${type});
      CREATE TABLE seen_${table} (step int GENERATED ALWAYS AS IDENTITY, value ${type});
      SELECT steward.track('${table}', '{"mode": "${mode}"}')`)
    return inTransaction(database.pool, {}, async (transaction) => {
      const states = [...values, 'NULL', values[0] as string]
      for (const [step, value] of states.entries()) {
        const isFirst = step === 0
        await transaction.query(isFirst ? `INSERT INTO ${table} VALUES (1, ${value})` : 'SELECT 1')
        await transaction.query(oddSettings)
        if (!isFirst) await transaction.query(`UPDATE ${table} SET value = ${value}`)
        await transaction.query(`INSERT INTO seen_${table} (value) SELECT value FROM ${table}`)
      }
      await transaction.query(`DELETE FROM ${table}`)
      return states.length
    })
  }

  /** For each state that the row had: on which sides of the trail it was found, and whether a revert would write the same. */
  async function restoredFrom(name: string): Promise<unknown[]> {
    return inTransaction(database.pool, {}, async (transaction: Transaction) => {
      await pinSettings(transaction)
      const register = await transaction.query<{ id: number }>(
        'SELECT id FROM steward.relation WHERE table_name = $1',
        [name],
      )
      const table = [...(await readTables(transaction, [register.rows[0]?.id as number])).values()][0] as Table
      const changes = await changesOf(transaction, name)
      const sides = changes.flatMap(({ before, after, literalNulls }, place) => [
        { keyNow: String(place), keyThen: 'before', values: readValues(before, literalNulls, '-') },
        { keyNow: String(place + 1), keyThen: 'after', values: readValues(after, literalNulls, '+') },
      ])
      const { rows } = await transaction.query(
        `WITH restored AS (
           SELECT key_now::int AS step, key_then AS side, ${sourceValue(table, 'value')} AS value FROM ${rowSource(table, ['value'])})
         SELECT step, string_agg(side, ' ' ORDER BY side) AS sides,
                bool_and(record_image_eq(ROW(seen.value), ROW(restored.value)) AND seen.value::text IS NOT DISTINCT FROM restored.value::text) AS same
           FROM restored LEFT JOIN seen_${name} AS seen USING (step) GROUP BY step ORDER BY step`,
        [
          rowDocument(
            table,
            ['value'],
            sides.filter(({ values }) => values.has('value')),
          ),
        ],
      )
      return rows
    })
  }
})

describe('the forms that readers meet', () => {
  it('shows JSON as JSON, numbers as numbers, the rest as PostgreSQL’s own text', async () => {
    await database.pool.query(`
      CREATE TABLE form (id bigint PRIMARY KEY, price numeric, ratio float8, ok boolean, data jsonb, raw json, made timestamptz, day date, list int[], at corner, code char(3), bytes bytea);
      SELECT steward.track('form')`)
    await database.pool.query(`
      INSERT INTO form VALUES (9007199254740993, 1.00, 'NaN', true, '{"a":null}', '{"b": 1,  "a": 2}', '2026-11-22 10:11:12.5+09', '2026-11-22', '{1,NULL}', ROW(1, 2.0, 'x'), 'a', '\\xff')`)
    const [change] = await changesOf(database.pool, 'form')
    expect(change?.after).toBe(
      '{"id":9007199254740993,"price":1.00,"ratio":"NaN","ok":true,"data":{"a": null},"raw":{"b": 1,  "a": 2},"made":"2026-11-22T01:11:12.5+00:00","day":"2026-11-22","list":[1,null],"at":{"x":1,"y":2.0,"label":"x"},"code":"a  ","bytes":"\\\\xff"}',
    )
  })

  it.each([
    ['row', 'int'],
    ['row', 'jsonb'],
    ['bulk', 'int'],
    ['bulk', 'jsonb'],
  ])('writes a value in a changed column as in a whole row: mode %s, beside %s', async (mode, neighbour) => {
    const table = `alike_${mode}_${neighbour}`
    await database.pool.query(`
      CREATE TABLE ${table} (id int PRIMARY KEY, host inet, net cidr, letter "char", label name, span int4range, sum money, beside ${neighbour});
      SELECT steward.track('${table}', '{"mode": "${mode}"}');
      INSERT INTO ${table} VALUES (1, '10.0.0.1', '10.0.0.0/8', 'x', 'a', '[1,3)', 1.5, '1');
      UPDATE ${table} SET host = NULL, net = NULL, letter = NULL, label = NULL, span = NULL, sum = NULL;
      DELETE FROM ${table}`)
    expect(await retrace(database.pool, table)).toEqual([])
    const [inserted, changed] = await changesOf(database.pool, table)
    const whole = splitJsonObject(inserted?.after ?? '')
    const before = splitJsonObject(changed?.before ?? '')
    expect(before.size).toBe(6)
    for (const [column, text] of before) expect({ column, text }).toEqual({ column, text: whole.get(column) })
  })

  it('tells the JSON null from SQL NULL', async () => {
    await database.pool.query(`
      CREATE TABLE nulls (id int PRIMARY KEY, data jsonb, raw json, other text); SELECT steward.track('nulls');
      INSERT INTO nulls VALUES (1, NULL, NULL), (2, 'null', 'null'), (3, 'null', NULL);
      UPDATE nulls SET data = 'null' WHERE id = 1; UPDATE nulls SET data = NULL, raw = NULL, other = 'x' WHERE id = 2; DELETE FROM nulls WHERE id = 3`)
    const told = (await changesOf(database.pool, 'nulls')).map(({ kind, key, literalNulls }) => ({
      change: `${kind}${key}`,
      literalNulls,
    }))
    expect(told).toEqual([
      { change: 'i1', literalNulls: null },
      { change: 'i2', literalNulls: ['+data', '+raw'] },
      { change: 'i3', literalNulls: ['+data'] },
      { change: 'u1', literalNulls: ['+data'] },
      { change: 'u2', literalNulls: ['-data', '-raw'] },
      { change: 'd3', literalNulls: ['-data'] },
    ])
    expect(await retrace(database.pool, 'nulls')).toEqual([])
  })

  it('keeps every character of a json column, also what JSON parsers would touch', async () => {
    const texts = [' {"a":1} ', '"\\u0041\\/"', '{"zero":"\\u0000"}', '"\\ud800"', '\n[1]\t', ' null ', '1.0e+1 ']
    await database.pool.query(`CREATE TABLE verbatim (id int PRIMARY KEY, raw json); SELECT steward.track('verbatim')`)
    for (const [id, text] of texts.entries())
      await database.pool.query('INSERT INTO verbatim VALUES ($1, $2)', [id, text])
    expect(await retrace(database.pool, 'verbatim')).toEqual([])
    const changes = await changesOf(database.pool, 'verbatim')
    expect(changes.map(({ after, key }) => after?.slice(`{"id":${key},"raw":`.length, -1))).toEqual(texts)
  })
})

describe('types that somebody gave a cast', () => {
  it('are written down as they print themselves, and nobody’s cast runs with the rights of the trail', async () => {
    await database.pool.query(`
      CREATE TYPE grade AS ENUM ('good', 'bad');
      CREATE FUNCTION grade_label(grade) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'this ran as %', current_user; END $$;
      CREATE FUNCTION grade_json(grade) RETURNS json LANGUAGE plpgsql AS $$ BEGIN RAISE 'this ran as %', current_user; END $$;
      CREATE CAST (grade AS text) WITH FUNCTION grade_label(grade);
      CREATE CAST (grade AS json) WITH FUNCTION grade_json(grade);
      CREATE TABLE marked (id grade PRIMARY KEY, other grade, list grade[], n int);
      SELECT steward.track('marked', '{"fingerprint": ["other"]}');
      INSERT INTO marked VALUES ('good', 'bad', '{good,NULL}', 1); UPDATE marked SET list = NULL, other = NULL; DELETE FROM marked`)
    await database.pool.query(`CREATE TABLE plain (id grade PRIMARY KEY, n int, other grade); SELECT steward.track('plain');
      INSERT INTO plain VALUES ('good', 1, 'bad'); UPDATE plain SET n = 2, other = 'good'; DELETE FROM plain`)
    expect(await retrace(database.pool, 'plain')).toEqual([])
    expect((await changesOf(database.pool, 'plain'))[0]).toMatchObject({
      key: 'good',
      after: '{"id":"good","n":1,"other":"bad"}',
    })
    expect(await retrace(database.pool, 'marked')).toEqual([])
    expect((await changesOf(database.pool, 'marked'))[0]).toMatchObject({
      key: 'good',
      after: expect.stringContaining('"list":"{good,NULL}"'),
    })
  })
})

describe('columns that are kept back', () => {
  it('never stores an excluded value, and of a fingerprinted one only that it changed', async () => {
    await database.pool.query(`
      CREATE TABLE secret (id int PRIMARY KEY, password text, card text, name text, digits text GENERATED ALWAYS AS (right(card, 8)) STORED);
      SELECT steward.track('secret', '{"exclude": ["password"], "fingerprint": ["card"]}');
      INSERT INTO secret VALUES (1, 'hidden-1', 'hidden-2', 'a'), (2, 'hidden-3', 'hidden-2', 'b'), (3, NULL, NULL, NULL);
      UPDATE secret SET password = 'hidden-4' WHERE id = 1;
      UPDATE secret SET card = 'hidden-5' WHERE id = 1;
      DELETE FROM secret WHERE id = 2`)
    const changes = await changesOf(database.pool, 'secret')
    expect(JSON.stringify(changes)).not.toContain('hidden')
    expect(changes.map(({ kind, key }) => kind + key)).toEqual(['i1', 'i2', 'i3', 'u1', 'd2'])
    const card = (text: string | null | undefined) => JSON.parse(text ?? '{}').card
    expect(card(changes[0]?.after)).toMatch(/^hmac-sha256:[0-9a-f]{32}$/)
    expect(card(changes[0]?.after)).toBe(card(changes[1]?.after))
    expect(card(changes[0]?.after)).toBe(card(changes[3]?.before))
    expect(card(changes[3]?.after)).not.toBe(card(changes[3]?.before))
    expect(changes[2]?.after).toBe('{"id":3,"card":null,"name":null}')
    const { rows } = await database.pool.query(`SELECT count(*)::int AS operations FROM steward.operation AS part
      WHERE NOT EXISTS (SELECT FROM steward.change WHERE change.operation_id = part.id)`)
    expect(rows).toEqual([{ operations: 0 }])
  })
})
