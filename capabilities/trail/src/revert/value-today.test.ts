// Old values after their types were altered: what a revert follows, and what it says it cannot put back.
import type { TestDatabase } from '@steward/cluster'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTrail, type Trail } from '../index.ts'
import { operate, snapshot } from '../testing/operate.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const setup = `
  CREATE TYPE mood AS ENUM ('glad', 'sad', 'so "so"');
  CREATE DOMAIN moods AS mood[];
  CREATE TYPE street AS (name text, number numeric);
  CREATE TYPE address AS (street street, label text, mood mood);
  CREATE TABLE people (id int PRIMARY KEY, mood mood, list mood[], table_of moods, at address, before address[], name text);
  INSERT INTO people VALUES
    (1, 'glad', '{glad,NULL,sad}', '{{glad,"so \\"so\\""},{sad,sad}}', ROW(ROW('glad', 1.0), 'glad', 'glad'), ARRAY[ROW(ROW('a', 2.00), 'b', 'so "so"')::address, NULL], 'glad'),
    (2, NULL, NULL, '{}', ROW(NULL, NULL, NULL), NULL, 'none')`

describe('a revert after types were altered', () => {
  let database: TestDatabase
  let trail: Trail

  beforeEach(async () => {
    database = await trailDatabase({ setup, track: ['people'] })
    trail = openTrail({ pool: database.pool })
  })
  afterEach(() => database.drop())

  const run = (sql: string) => database.pool.query(sql)
  const act = (...statements: string[]) => operate(database.pool, 'people.act', ...statements)
  const rows = () => snapshot(database.pool, ['people'])
  const undo = async (operation: string, how: Partial<Parameters<Trail['revert']>[1]> = {}) =>
    trail.revert(await trail.planRevert({ operation }), { reason: 'TICKET-1', ...how })
  const reasons = async (operation: string) =>
    (await trail.planRevert({ operation })).conflicts.map(({ reason, column }) => `${reason} ${column}`)

  const both = `UPDATE people SET mood = 'sad', list = '{sad}', table_of = NULL, at = NULL, before = '{}'`

  test.each([
    ['an update', both],
    ['a delete', 'DELETE FROM people'],
  ])('follows labels of enums through arrays, domains and composites, in %s', async (_, statement) => {
    const operation = await act(statement)
    await run(`ALTER TYPE mood RENAME VALUE 'glad' TO 'ha, "ha"'; ALTER TYPE mood RENAME VALUE 'so "so"' TO 'fine'`)
    await undo(operation)
    const { rows: found } = await run(
      'SELECT mood, list::text, table_of::text, at::text, before::text, name FROM people WHERE id = 1',
    )
    expect(found).toEqual([
      {
        mood: 'ha, "ha"',
        list: '{"ha, \\"ha\\"",NULL,sad}',
        table_of: '{{"ha, \\"ha\\"",fine},{sad,sad}}',
        at: '("(glad,1.0)",glad,"ha, ""ha""")',
        before: '{"(\\"(a,2.00)\\",b,fine)",NULL}',
        name: 'glad',
      },
    ])
  })

  test('leaves a label alone whose old name another label bears today: which of them was meant is not recorded', async () => {
    const operation = await act(`UPDATE people SET list = NULL WHERE id = 1`)
    await run(`ALTER TYPE mood RENAME VALUE 'glad' TO 'x'; ALTER TYPE mood RENAME VALUE 'sad' TO 'glad'`)
    await undo(operation)
    expect((await run('SELECT list::text FROM people WHERE id = 1')).rows).toEqual([{ list: '{glad,NULL,glad}' }])
  })

  test('leaves attributes that came since empty, without a conflict', async () => {
    const operation = await act(both)
    const deleted = await act('DELETE FROM people')
    await run('ALTER TYPE address ADD ATTRIBUTE since date; ALTER TYPE street ADD ATTRIBUTE floor int')
    expect(await reasons(deleted)).toEqual([])
    await undo(deleted)
    await undo(operation)
    const { rows: found } = await run('SELECT at::text, before::text FROM people WHERE id = 1')
    expect(found).toEqual([
      { at: '("(glad,1.0,)",glad,glad,)', before: '{"(\\"(a,2.00,)\\",b,\\"so \\"\\"so\\"\\"\\",)",NULL}' },
    ])
  })

  describe('names an attribute that is no longer there, instead of losing its value', () => {
    test('when an update is taken back', async () => {
      const operation = await act(`UPDATE people SET at = ROW(ROW('new', 5), 'new', 'sad'), name = 'new'`)
      await run('ALTER TYPE address RENAME ATTRIBUTE label TO title')
      const after = await rows()
      const { conflicts } = await trail.planRevert({ operation })
      expect(conflicts).toEqual([
        {
          entity: 'people',
          key: { id: 1 },
          column: 'at.label',
          wrote: { street: { name: 'glad', number: expect.anything() }, title: null, mood: 'glad', label: 'glad' },
          now: { street: { name: 'new', number: 5 }, title: 'new', mood: 'sad' },
          by: null,
          reason: 'attribute-gone',
        },
        expect.objectContaining({ key: { id: 2 }, column: 'at.label', reason: 'attribute-gone' }),
      ])
      await expect(undo(operation)).rejects.toMatchObject({
        code: 'TRAIL_REVERT_CONFLICTS',
        details: 'people {"id":1} at.label: attribute-gone; people {"id":2} at.label: attribute-gone',
      })
      expect(await rows()).toBe(after)

      await undo(operation, { onConflict: 'skip' })
      expect((await run('SELECT at::text, name FROM people ORDER BY id')).rows).toEqual([
        { at: '("(new,5)",new,sad)', name: 'glad' },
        { at: '("(new,5)",new,sad)', name: 'none' },
      ])
    })

    test('when a deleted row comes back, also deep inside of values', async () => {
      const operation = await act('DELETE FROM people')
      await run('ALTER TYPE street DROP ATTRIBUTE name')
      expect(await reasons(operation)).toEqual(['attribute-gone at.street.name', 'attribute-gone before.street.name'])
      await undo(operation, { onConflict: 'skip' })
      expect((await run('SELECT id FROM people')).rows).toEqual([{ id: 2 }])
    })

    test('force puts back what the type still has', async () => {
      const operation = await act('DELETE FROM people')
      await run('ALTER TYPE address RENAME ATTRIBUTE label TO title; ALTER TYPE street DROP ATTRIBUTE name')
      await undo(operation, { onConflict: 'force' })
      expect((await run('SELECT at::text, before::text FROM people WHERE id = 1')).rows).toEqual([
        { at: '("(1.0)",,glad)', before: '{"(\\"(2.00)\\",,\\"so \\"\\"so\\"\\"\\")",NULL}' },
      ])
    })

    test('also where somebody has put another record under the key', async () => {
      const operation = await act('DELETE FROM people WHERE id = 1')
      await act("INSERT INTO people (id, name) VALUES (1, 'other')")
      await run('ALTER TYPE address RENAME ATTRIBUTE label TO title')
      expect(await reasons(operation)).toEqual([
        'recreated null',
        'attribute-gone at.label',
        'attribute-gone before.label',
      ])
    })
  })

  test('takes back an insert whose values have lost an attribute since', async () => {
    const before = (await run('SELECT id FROM people ORDER BY id')).rows
    const operation = await act(`INSERT INTO people VALUES (3, NULL, NULL, NULL, ROW(ROW('x', 1), 'y', 'sad'))`)
    await run('ALTER TYPE address DROP ATTRIBUTE label')
    await undo(operation)
    expect((await run('SELECT id FROM people ORDER BY id')).rows).toEqual(before)
  })
})
