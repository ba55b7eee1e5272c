// Records and tables as they were, on a real database: by mark, by instant, by operation, against copies kept at the time.
import { printJson } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trailDatabase } from '../testing/trail-database.ts'
import { readAt } from './at.ts'
import { readHistory } from './history.ts'
import { readTable } from './table.ts'

type Step = { sql: string; values: unknown[] }

let database: TestDatabase

beforeAll(async () => {
  database = await trailDatabase({
    setup: `
      CREATE TYPE mood AS ENUM ('sad', 'glad');
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int, status text, total numeric, note json, mood mood);
      CREATE TABLE items (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED, label text);
      CREATE TABLE loose (a int);
      CREATE TABLE untracked (id int PRIMARY KEY);`,
    track: ['orders', 'items', 'loose'],
  })
})

afterAll(async () => {
  await database?.drop()
})

const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values)

async function mark(name: string): Promise<string> {
  await run('SELECT steward.leave_mark($1)', [name])
  return name
}

async function now(): Promise<string> {
  const { rows } = await run(`SELECT clock_timestamp()::text AS at`)
  return rows[0].at as string
}

async function at(entity: string, key: unknown, when: Parameters<typeof readAt>[1]['when']) {
  const { record, exact } = await readAt(database.pool, { entity, key, when })
  return [printJson(record), exact]
}

describe('at', () => {
  test('gives the record of a mark to the last digit, and null where there was none', async () => {
    await mark('nothing')
    await run(`INSERT INTO orders VALUES (1, 7, 'new', 12.50, '{"b": 1.00,  "a": null}', 'sad')`)
    await mark('made')
    await run(`UPDATE orders SET total = 12345678901234567890.10, note = NULL WHERE id = 1`)
    await mark('raised')
    await run(`DELETE FROM orders WHERE id = 1`)
    await mark('gone')
    await run(`INSERT INTO orders (id, status) VALUES (1, 'again')`)
    expect(await at('orders', 1, 'nothing')).toEqual(['null', true])
    expect(await at('orders', 1, 'made')).toEqual([
      '{"id":1,"customer_id":7,"status":"new","total":12.50,"note":{"b": 1.00,  "a": null},"mood":"sad"}',
      true,
    ])
    expect(await at('orders', 1, 'raised')).toEqual([
      '{"id":1,"customer_id":7,"status":"new","total":12345678901234567890.10,"note":null,"mood":"sad"}',
      true,
    ])
    expect(await at('orders', 1, { mark: 'gone' })).toEqual(['null', true])
    expect(await at('orders', 1, 'now')).toEqual([
      '{"id":1,"customer_id":null,"status":"again","total":null,"note":null,"mood":null}',
      true,
    ])
    expect((await readAt(database.pool, { entity: 'orders', key: 1, when: 'made' })).asOf).toMatch(
      /^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/,
    )
  })

  test('goes by commit at a mark, and by the clock between marks, which it says', async () => {
    await run(`INSERT INTO orders (id, status) VALUES (2, 'before')`)
    await mark('quiet')
    const client = await database.pool.connect()
    await client.query('BEGIN')
    await client.query(`UPDATE orders SET status = 'in flight' WHERE id = 2`)
    await mark('during')
    const during = await now()
    await client.query('COMMIT')
    client.release()
    await mark('after')
    const later = await now()
    await run(`UPDATE orders SET status = 'last' WHERE id = 2`)
    const status = async (when: string) => {
      const { record, exact } = await readAt(database.pool, { entity: 'orders', key: 2, when })
      return [record?.status, exact]
    }
    expect(await status('quiet')).toEqual(['before', true])
    expect(await status('during')).toEqual(['before', true])
    expect(await status(during)).toEqual(['in flight', false])
    expect(await status('after')).toEqual(['in flight', true])
    expect(await status(later)).toEqual(['in flight', true])
    expect(await status('2999-01-01')).toEqual(['last', true])
  })

  test('gives the state just before an operation', async () => {
    await run(`INSERT INTO orders (id, status) VALUES (3, 'a'), (4, 'z')`)
    await run(`UPDATE orders SET status = 'b' WHERE id = 3`)
    await run(`UPDATE orders SET status = 'c' WHERE id = 3`)
    const [last, second] = await readHistory(database.pool, { entity: 'orders', key: 3 })
    expect(
      (await readAt(database.pool, { entity: 'orders', key: 3, when: last?.operation.id as string })).record?.status,
    ).toBe('b')
    expect(
      await readAt(database.pool, { entity: 'orders', key: 3, when: second?.operation.id as string }),
    ).toMatchObject({ record: { status: 'a' }, exact: true })
    expect(
      (await readAt(database.pool, { entity: 'orders', key: 4, when: second?.operation.id as string })).record?.status,
    ).toBe('z')
    const table = await readTable(database.pool, {
      entity: 'orders',
      when: second?.operation.id as string,
      filter: { id: 3 },
    })
    expect(table.records.map(({ status }) => status)).toEqual(['a'])
  })

  test('follows keys that moved, also where they passed through each other in one statement', async () => {
    await run(`INSERT INTO items SELECT n, 'label ' || n FROM generate_series(1, 5) AS n`)
    await mark('unmoved')
    await run('UPDATE items SET id = id + 1')
    await mark('moved')
    await run(`UPDATE items SET id = 7 - id`)
    await run('DELETE FROM items WHERE id = 3')
    for (const key of [1, 2, 3, 4, 5])
      expect(await at('items', key, 'unmoved')).toEqual([`{"id":${key},"label":"label ${key}"}`, true])
    expect(await at('items', 6, 'unmoved')).toEqual(['null', true])
    expect(await at('items', 6, 'moved')).toEqual(['{"id":6,"label":"label 5"}', true])
    expect(
      (await readTable(database.pool, { entity: 'items', when: 'moved' })).records.map(({ label }) => label),
    ).toEqual([1, 2, 3, 4, 5].map((n) => `label ${n}`))
    await run('DELETE FROM items')
  })

  test('uses the names of today, and leaves out what came later or is gone', async () => {
    await run(`CREATE TABLE people (id int PRIMARY KEY, name text, age int); SELECT steward.track('people')`)
    await run(`INSERT INTO people VALUES (1, 'a', 3)`)
    await run(`UPDATE people SET name = 'b'`)
    await mark('old-names')
    await run(`UPDATE people SET name = 'c', age = 4`)
    await run(
      `ALTER TABLE people RENAME COLUMN name TO full_name; ALTER TABLE people DROP COLUMN age; ALTER TABLE people ADD COLUMN email text DEFAULT 'x'`,
    )
    await mark('new-names')
    await run(`UPDATE people SET full_name = 'd', email = 'y'`)
    await run(`DELETE FROM people`)
    expect(await at('people', 1, 'old-names')).toEqual(['{"id":1,"full_name":"b"}', true])
    expect(await at('people', 1, 'new-names')).toEqual(['{"id":1,"full_name":"c","email":"x"}', true])
  })

  test('tells what it cannot know', async () => {
    await run(`CREATE TABLE cut (id int PRIMARY KEY); SELECT steward.track('cut', '{"truncate": "note"}')`)
    await run('INSERT INTO cut VALUES (1)')
    await mark('full')
    await run('TRUNCATE cut')
    await mark('empty')
    await run('INSERT INTO cut VALUES (2)')
    const refusal = (question: Parameters<typeof readAt>[1]) =>
      readAt(database.pool, question).catch((error: { code: string }) => error.code)
    expect(await refusal({ entity: 'cut', key: 1, when: 'full' })).toBe('TRAIL_HISTORY_UNKNOWN')
    expect(await at('cut', 1, 'empty')).toEqual(['null', true])
    expect(await at('cut', 2, 'empty')).toEqual(['null', true])
    await expect(readTable(database.pool, { entity: 'cut', when: 'full' })).rejects.toMatchObject({
      code: 'TRAIL_HISTORY_UNKNOWN',
    })
    expect(await refusal({ entity: 'orders', key: 1, when: '2001-01-01' })).toBe('TRAIL_BEFORE_TRACKING')
    expect(await refusal({ entity: 'orders', key: 1, when: '2001-02-31' })).toBe('TRAIL_BAD_INSTANT')
    expect(await refusal({ entity: 'orders', key: 1, when: '2001-01-01T25:61' })).toBe('TRAIL_BAD_INSTANT')
    expect(await refusal({ entity: 'orders', key: 1, when: 'mde' })).toBe('TRAIL_UNKNOWN_MARK')
    expect(await refusal({ entity: 'orders', key: 1, when: '01930000-0000-7000-8000-000000000000' })).toBe(
      'TRAIL_UNKNOWN_OPERATION',
    )
    expect(await refusal({ entity: 'loose', key: 1, when: 'now' })).toBe('TRAIL_NO_KEY')
    expect(await refusal({ entity: 'untracked', key: 1, when: 'now' })).toBe('TRAIL_NOT_TRACKED')
    await expect(readAt(database.pool, { entity: 'orders', key: 1, when: 'mad' })).rejects.toMatchObject({
      hint: expect.stringContaining('"made"'),
    })
  })

  test('keeps marks of an earlier life of the database apart from transactions of a later one', async () => {
    await run(
      `CREATE TABLE lives (id int PRIMARY KEY, v int); SELECT steward.track('lives'); INSERT INTO lives VALUES (1, 1)`,
    )
    await mark('first-life')
    // as after a dump and restore into a new cluster: transaction ids start again, and look as if the mark contained them
    await run(`UPDATE steward.mark SET snapshot = '999999999:999999999:' WHERE name = 'first-life'`)
    await run(
      `INSERT INTO steward.incarnation (system_identifier, since_change) SELECT 1, last_value + 1 FROM steward.change_id`,
    )
    await run('UPDATE lives SET v = 2')
    await mark('second-life')
    await run('UPDATE lives SET v = 3')
    expect(await at('lives', 1, 'first-life')).toEqual(['{"id":1,"v":1}', true])
    expect(await at('lives', 1, 'second-life')).toEqual(['{"id":1,"v":2}', true])
    await run('DELETE FROM steward.mark WHERE incarnation_id = 2; DELETE FROM steward.incarnation WHERE id = 2')
  })

  test('restores what a captured TRUNCATE took', async () => {
    await run(`CREATE TABLE emptied (id int PRIMARY KEY, v text); SELECT steward.track('emptied')`)
    await run(`INSERT INTO emptied VALUES (1, 'a'), (2, 'b')`)
    await mark('not-emptied')
    await run('TRUNCATE emptied')
    await run(`INSERT INTO emptied VALUES (1, 'new')`)
    expect(await at('emptied', 1, 'not-emptied')).toEqual(['{"id":1,"v":"a"}', true])
    expect((await readTable(database.pool, { entity: 'emptied', when: 'not-emptied' })).records).toHaveLength(2)
  })

  test('says that it is not exact where rows were changed past the trail', async () => {
    await run(`INSERT INTO orders (id, status) VALUES (5, 'a')`)
    await mark('five')
    await run(`UPDATE orders SET status = 'b' WHERE id = 5`)
    await run(
      `ALTER TABLE orders DISABLE TRIGGER USER; UPDATE orders SET status = 'hidden' WHERE id = 5; ALTER TABLE orders ENABLE TRIGGER USER`,
    )
    expect(await readAt(database.pool, { entity: 'orders', key: 5, when: 'five' })).toMatchObject({
      record: { status: 'a' },
      exact: false,
    })
  })

  test('puts changes of a trigger in the middle of a statement into their order', async () => {
    await run(`
      CREATE TABLE chained (id int PRIMARY KEY, v int);
      SELECT steward.track('chained');
      CREATE FUNCTION touch_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF pg_trigger_depth() = 1 AND NEW.id = 1 THEN UPDATE chained SET v = v * 10 WHERE id = 2; END IF; RETURN NULL; END $$;
      CREATE TRIGGER touch AFTER UPDATE ON chained FOR EACH ROW EXECUTE FUNCTION touch_next();
      INSERT INTO chained VALUES (1, 1), (2, 2)`)
    await mark('chained')
    await run('UPDATE chained SET v = v + 1')
    expect(await at('chained', 2, 'now')).toEqual(['{"id":2,"v":30}', true])
    expect(await at('chained', 2, 'chained')).toEqual(['{"id":2,"v":2}', true])
  })
})

describe('table', () => {
  test('gives the rows that matched then, whatever they are now', async () => {
    await run('DELETE FROM orders')
    await run(
      `INSERT INTO orders (id, customer_id, status, total) SELECT n, n % 3, 'new', n + 0.50 FROM generate_series(1, 12) AS n`,
    )
    await mark('dozen')
    await run(`UPDATE orders SET customer_id = 0 WHERE id = 1`)
    await run(`UPDATE orders SET customer_id = 1, status = NULL WHERE id = 2`)
    await run('DELETE FROM orders WHERE id = 4')
    await run(`INSERT INTO orders (id, customer_id) VALUES (13, 1)`)
    const ids = async (filter: Record<string, unknown>, when = 'dozen') => {
      const { records, exact } = await readTable(database.pool, { entity: 'orders', when, filter })
      expect(exact).toBe(true)
      return records.map(({ id }) => id)
    }
    expect(await ids({ customer_id: '1' })).toEqual([1, 4, 7, 10])
    expect(await ids({ customer_id: 1 }, 'now')).toEqual([2, 7, 10, 13])
    expect(await ids({ customer_id: 1, total: '4.5' })).toEqual([4])
    expect(await ids({ status: null })).toEqual([])
    expect(await ids({})).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
    const refusal = (filter: Record<string, unknown>) => ids(filter).catch((error: { code: string }) => error.code)
    expect(await refusal({ custmer_id: 1 })).toBe('TRAIL_UNKNOWN_COLUMN')
    expect(await refusal({ customer_id: 'x' })).toBe('TRAIL_FILTER_VALUE')
    expect(await refusal({ note: '{}' })).toBe('TRAIL_FILTER_VALUE')
  })

  test('equals a copy that was kept at the mark, after any history', { timeout: 120_000 }, async () => {
    await run(`CREATE TABLE random (a int, b text, c numeric, PRIMARY KEY (a, b)); SELECT steward.track('random')`)
    const key = fc
      .tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('x', 'y"', 'é,'))
      .map(([a, b]) => [a, b] as const)
    const value = fc.option(fc.constantFrom('1', '1.0', '-0.00', '12345678901234567890.1'))
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.tuple(key, value).map(
          ([[a, b], c]): Step => ({
            sql: 'INSERT INTO random VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
            values: [a, b, c],
          }),
        ),
      },
      {
        weight: 3,
        arbitrary: fc
          .tuple(key, value)
          .map(([[a, b], c]): Step => ({ sql: 'UPDATE random SET c = $3 WHERE a = $1 AND b = $2', values: [a, b, c] })),
      },
      {
        weight: 3,
        arbitrary: fc.tuple(key, key).map(
          ([[a, b], [x, y]]): Step => ({
            sql: 'UPDATE random SET a = $3, b = $4 WHERE a = $1 AND b = $2 AND NOT EXISTS (SELECT FROM random WHERE a = $3 AND b = $4)',
            values: [a, b, x, y],
          }),
        ),
      },
      {
        weight: 2,
        arbitrary: key.map(([a, b]): Step => ({ sql: 'DELETE FROM random WHERE a = $1 AND b = $2', values: [a, b] })),
      },
      { weight: 1, arbitrary: fc.constant<Step>({ sql: 'TRUNCATE random', values: [] }) },
    )
    const history = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(history, async (transactions) => {
        const copies = new Map<string, unknown[]>()
        for (const steps of transactions) {
          const { rows } = await run('SELECT (steward.leave_mark(NULL)).id::text AS id')
          copies.set(
            rows[0].id as string,
            (await run('SELECT row_to_json(random)::text AS row FROM random ORDER BY a, b COLLATE "C"')).rows.map(
              ({ row }) => row,
            ),
          )
          const client = await database.pool.connect()
          await client.query('BEGIN')
          for (const { sql, values } of steps) await client.query(sql, values)
          await client.query('COMMIT')
          client.release()
        }
        for (const [id, copy] of copies) {
          const { records, exact } = await readTable(database.pool, { entity: 'random', when: { mark: id } })
          expect(records.map((record) => printJson(record))).toEqual(copy)
          expect(exact).toBe(true)
        }
        const [id, copy] = [...copies][0] as [string, string[]]
        for (const text of copy) {
          const { a, b } = JSON.parse(text) as { a: number; b: string }
          expect(await at('random', { a, b }, { mark: id })).toEqual([text, true])
        }
      }),
      { numRuns: process.env.STEWARD_SCALE === 'full' ? 300 : 12 },
    )
  })
})
