// What a revert puts back into columns of type json: the very text, whatever a JSON parser would make of it.
import type { TestDatabase } from '@steward/cluster'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openTrail, type Trail } from '../index.ts'
import { operate, snapshot } from '../testing/operate.ts'
import { trailDatabase } from '../testing/trail-database.ts'

/** SQL for texts that are bent easily; the last two are SQL NULL and the json value null. */
const texts = [
  `'"\\u0000"'`,
  `'{"zero":"\\u0000","\\u0000":1}'`,
  `'"\\ud800"'`,
  `'["\\udc00\\ud800","\\ud83d\\ude00","\\\\u0000 \\\\ud800"]'`,
  `'"\\u0041\\/\\""'`,
  `' {"a":1} '`,
  `E'\\n\\t[1]\\r\\n'`,
  `' null '`,
  `'{"b":1,"a":2,"b":3}'`,
  `'{ "x" :  [ 1,2 ,  3.10 ] }'`,
  `'1e400'`,
  `'123456789012345678901234567890.10'`,
  `'-0'`,
  `'"null"'`,
  `'{"place":1,"key_now":2,"row":3}'`,
  'NULL',
  `'null'`,
]

const setup = `
  CREATE DOMAIN letter AS json;
  CREATE DOMAIN filled AS text NOT NULL;
  CREATE TABLE notes (
    id int PRIMARY KEY, raw json, via letter, list json[], data jsonb, other text DEFAULT '-', name filled DEFAULT 'n',
    place int UNIQUE, key_now text, parent int REFERENCES notes);
  CREATE FUNCTION fill() RETURNS void LANGUAGE sql AS $$
    TRUNCATE notes;
    INSERT INTO notes (id, raw, via, list, data, place, parent)
    SELECT place, text::json, text::json, ARRAY[text::json], CASE WHEN text !~ '\\\\(u0000|ud[8c])' AND text <> '1e400' THEN text::jsonb END, place, 1
      FROM unnest(ARRAY[${texts.join(', ')}]) WITH ORDINALITY AS given (text, place) $$`

describe('a revert of json columns', () => {
  let database: TestDatabase
  let trail: Trail
  let before: string

  beforeAll(async () => {
    database = await trailDatabase({ setup, track: ['notes'] })
    trail = openTrail({ pool: database.pool })
  })
  beforeEach(async () => {
    await database.pool.query('SELECT fill()')
    before = await snapshot(database.pool, ['notes'])
  })
  afterAll(() => database?.drop())

  const undo = async (operation: string, how: Partial<Parameters<Trail['revert']>[1]> = {}) =>
    trail.revert(await trail.planRevert({ operation }), { reason: 'TICKET-1', ...how })
  const act = (...statements: string[]) => operate(database.pool, 'notes.act', ...statements)
  const rows = () => snapshot(database.pool, ['notes'])

  test('begins with rows that hold every text', async () => {
    const { rows: held } = await database.pool.query(
      'SELECT raw::text, via::text, list[1]::text AS item FROM notes ORDER BY id',
    )
    const { rows: given } = await database.pool.query(
      `SELECT text AS raw, text AS via, text AS item FROM unnest(ARRAY[${texts.join(', ')}]) AS text`,
    )
    expect(held).toEqual(given)
  })

  test('takes back an update, and a revert of the revert brings the new values again', async () => {
    const operation = await act(`UPDATE notes SET raw = '{}', via = '[]', list = NULL, data = '1'`)
    const after = await rows()
    const result = await undo(operation)
    expect(await rows()).toBe(before)
    await undo(result.operation?.id ?? '')
    expect(await rows()).toBe(after)
  })

  test('takes back a delete, and an insert', async () => {
    const deleted = await act('DELETE FROM notes')
    await undo(deleted)
    expect(await rows()).toBe(before)
    const inserted = await act(
      'DELETE FROM notes WHERE false',
      'INSERT INTO notes (id, raw, via, data) SELECT id + 100, raw, via, data FROM notes',
    )
    const after = await rows()
    const result = await undo(inserted)
    expect(await rows()).toBe(before)
    await undo(result.operation?.id ?? '')
    expect(await rows()).toBe(after)
  })

  test('tells SQL NULL from the json value null in both directions', async () => {
    const nulls = async () =>
      (
        await database.pool.query(
          "SELECT id, raw IS NULL AS sql, raw::text FROM notes WHERE raw IS NULL OR raw::text = 'null' ORDER BY id",
        )
      ).rows
    const was = await nulls()
    const operation = await act(
      "UPDATE notes SET raw = CASE WHEN raw IS NULL THEN 'null'::json END, via = NULL, data = 'null'",
    )
    await undo(operation)
    expect(await nulls()).toEqual(was)
    expect(await rows()).toBe(before)
  })

  test('sees an edit that only moved white space', async () => {
    const operation = await act(`UPDATE notes SET raw = '{"a":1}' WHERE id = 1`)
    await act(`UPDATE notes SET raw = ' {"a":1}' WHERE id = 1`)
    expect((await trail.planRevert({ operation })).conflicts).toMatchObject([{ column: 'raw', reason: 'edited' }])
  })

  test('skip leaves what was edited since, names who did it, and puts back the rest', async () => {
    const operation = await act(`UPDATE notes SET raw = '"\\u0000 ours"', via = '"\\ud800"', other = 'ours'`)
    const edited = await operate(
      database.pool,
      'notes.edit',
      `UPDATE notes SET raw = '"\\udfff \\\\u0000"' WHERE id = 1`,
    )
    const { conflicts } = await trail.planRevert({ operation })
    expect(conflicts).toMatchObject([{ key: { id: 1 }, column: 'raw', reason: 'edited', by: { id: edited } }])
    expect([conflicts[0]?.wrote, conflicts[0]?.now]).toEqual(['\0 ours', '\udfff \\u0000'])
    await undo(operation, { onConflict: 'skip' })
    const { rows: found } = await database.pool.query('SELECT id, raw::text FROM notes WHERE id = 1')
    expect(found).toEqual([{ id: 1, raw: '"\\udfff \\\\u0000"' }])
    await database.pool.query(`UPDATE notes SET raw = ${texts[0]} WHERE id = 1`)
    expect(await rows()).toBe(before)
  })

  test('force overwrites edits, and rows that have come back', async () => {
    const updated = await act(`UPDATE notes SET raw = '1', via = '2', other = 'ours'`)
    await act(`UPDATE notes SET raw = ' "\\u0000 theirs" '`)
    await undo(updated, { onConflict: 'force' })
    expect(await rows()).toBe(before)
    const deleted = await act('DELETE FROM notes WHERE id > 1')
    await act(
      `INSERT INTO notes (id, raw, place) SELECT id, ' "\\u0000 theirs" ', id FROM generate_series(2, ${texts.length}) AS id`,
    )
    await undo(deleted, { onConflict: 'force' })
    expect(await rows()).toBe(before)
  })

  test('finds unique values and parents in rows that hold such texts', async () => {
    const deleted = await act('DELETE FROM notes WHERE id = 2')
    await act('INSERT INTO notes (id, place) VALUES (50, 2)')
    expect((await trail.planRevert({ operation: deleted })).conflicts).toMatchObject([
      { column: 'place', reason: 'taken' },
    ])
    const inserted = await act(`INSERT INTO notes (id, raw) VALUES (60, ${texts[0]})`)
    await act('INSERT INTO notes (id, parent) VALUES (61, 60)')
    expect((await trail.planRevert({ operation: inserted })).conflicts).toMatchObject([
      { column: 'id', reason: 'referenced' },
    ])
  })
})
