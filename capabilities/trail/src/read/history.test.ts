// The history of a record on a real database: order, key updates, renames, pages, and who did it.
import { printJson, timeOrderedId } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trailDatabase } from '../testing/trail-database.ts'
import { readHistory } from './history.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await trailDatabase({
    setup: `
      CREATE TABLE orders (id int PRIMARY KEY, status text, total numeric, note json);
      CREATE TABLE lines (order_id bigint, line int, label text, PRIMARY KEY (order_id, line));
      CREATE TABLE loose (a int);
      CREATE TABLE events (id uuid, at timestamptz, what text, PRIMARY KEY (id, at));`,
    track: ['orders', 'lines', 'loose', 'events'],
  })
})

afterAll(async () => {
  await database?.drop()
})

const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values)

/** Runs SQL in one transaction that carries a context, as an instrumented client would send it. */
async function runAs(fields: Record<string, string>, sql: string, parent?: Record<string, string>): Promise<string> {
  const order = [
    'id',
    'parentId',
    'actorType',
    'actorId',
    'actorName',
    'procedure',
    'params',
    'reason',
    'source',
    'requestId',
    'runId',
    'reverts',
    'signature',
  ]
  const line = (operation: Record<string, string>) => order.map((name) => operation[name] ?? '').join('\u001f')
  const id = fields.id ?? timeOrderedId()
  const context = [line({ ...fields, id }), ...(parent ? [line(parent)] : [])].join('\u001e')
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(`SELECT set_config('steward.context', $1, true)`, [context])
    await client.query(sql)
    await client.query('COMMIT')
  } finally {
    client.release()
  }
  return id
}

describe('history', () => {
  test('lists the changes of a record, newest first, each with its operation', async () => {
    const id = await runAs(
      {
        actorType: 'user',
        actorId: '7',
        actorName: '김하늘',
        procedure: 'orders.place',
        params: '{"id": 1, "total": 12.50}',
        reason: 'x',
        source: 'app',
        requestId: 'r-1',
      },
      `INSERT INTO orders VALUES (1, 'new', 12.50, '{"b": 1.00,  "a": 2}')`,
    )
    await run(`UPDATE orders SET status = 'paid', total = 12345678901234567890.10 WHERE id = 1`)
    await run('DELETE FROM orders WHERE id = 1')
    const history = await readHistory(database.pool, { entity: 'orders', key: 1 })
    expect(history.map(({ kind }) => kind)).toEqual(['delete', 'update', 'insert'])
    const [deleted, updated, inserted] = history
    expect(printJson(updated?.before)).toBe('{"status":"new","total":12.50}')
    expect(printJson(updated?.after)).toBe('{"status":"paid","total":12345678901234567890.10}')
    expect(printJson(inserted?.after)).toBe('{"id":1,"status":"new","total":12.50,"note":{"b": 1.00,  "a": 2}}')
    expect(inserted?.before).toBeNull()
    expect(deleted?.after).toBeNull()
    expect(printJson(inserted?.key)).toBe('{"id":1}')
    expect(inserted?.operation).toMatchObject({
      id,
      actor: { type: 'user', id: '7', name: '김하늘' },
      procedure: 'orders.place',
      reason: 'x',
      source: 'app',
      requestId: 'r-1',
    })
    expect(printJson(inserted?.operation.params)).toBe('{"id": 1, "total": 12.50}')
    expect(updated?.operation).toMatchObject({
      actor: { type: 'service', name: null },
      procedure: 'sql',
      source: 'sql',
      params: null,
    })
    expect(inserted?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
    expect(inserted?.imported).toBe(false)
    expect(await readHistory(database.pool, { entity: 'orders', key: 4711 })).toEqual([])
  })

  test('follows a record to its older key, and shows under the old key what took it away', async () => {
    await run(`INSERT INTO orders VALUES (10, 'a'), (12, 'other')`)
    await run(`UPDATE orders SET status = 'b' WHERE id = 10`)
    await run('DELETE FROM orders WHERE id = 12')
    await run(`UPDATE orders SET id = 11 WHERE id = 10`)
    await run(`UPDATE orders SET id = 12 WHERE id = 11`)
    await run(`UPDATE orders SET status = 'c' WHERE id = 12`)
    const brief = async (key: number) =>
      (await readHistory(database.pool, { entity: 'orders', key })).map(
        (change) => `${change.kind} ${printJson(change.key)} ${printJson(change.after)}`,
      )
    expect(await brief(12)).toEqual([
      'update {"id":12} {"status":"c"}',
      'update {"id":12} {"id":12}',
      'update {"id":11} {"id":11}',
      'delete {"id":12} null',
      'update {"id":10} {"status":"b"}',
      'insert {"id":12} {"id":12,"status":"other","total":null,"note":null}',
      'insert {"id":10} {"id":10,"status":"a","total":null,"note":null}',
    ])
    expect(await brief(10)).toEqual([
      'update {"id":11} {"id":11}',
      'update {"id":10} {"status":"b"}',
      'insert {"id":10} {"id":10,"status":"a","total":null,"note":null}',
    ])
  })

  test('gives the same changes in pages of any size as at once', async () => {
    await run(`INSERT INTO orders VALUES (20, 'a')`)
    for (let key = 20; key < 26; key++) {
      await run(`UPDATE orders SET status = status || 'x' WHERE id = ${key}`)
      await run(`UPDATE orders SET id = ${key + 1} WHERE id = ${key}`)
    }
    const whole = (await readHistory(database.pool, { entity: 'orders', key: 26 })).map(({ id }) => id)
    expect(whole).toHaveLength(13)
    for (const limit of [1, 2, 3, 5, 13, 14]) {
      const paged: string[] = []
      for (let before: string | undefined; ; before = paged.at(-1)) {
        const page = await readHistory(database.pool, { entity: 'orders', key: 26, limit, before })
        paged.push(...page.map(({ id }) => id))
        if (page.length < limit) break
      }
      expect(paged).toEqual(whole)
    }
  })

  test('finds composite keys however they are written', async () => {
    await run(`INSERT INTO lines VALUES (9007199254740993, 1, 'a'), (5, 2, 'quo"te')`)
    const count = async (key: unknown) => (await readHistory(database.pool, { entity: 'lines', key })).length
    expect(await count('order_id=9007199254740993,line=1')).toBe(1)
    expect(await count('{"order_id": 9007199254740993, "line": "01"}')).toBe(1)
    expect(await count({ line: 1, order_id: 9007199254740993n })).toBe(1)
    expect(await count([5, 2])).toBe(1)
    const [change] = await readHistory(database.pool, { entity: 'lines', key: 'order_id=9007199254740993,line=1' })
    expect(printJson(change?.key)).toBe('{"order_id":9007199254740993,"line":1}')
    await run(`SET TimeZone = 'Asia/Seoul'`)
    await run(`INSERT INTO events VALUES ('0199B6A4-7C1E-7000-8F3E-2B1C9D4E5F60', '2026-03-02 14:00+09', 'x')`)
    expect(
      await readHistory(database.pool, {
        entity: 'events',
        key: 'id=0199b6a47c1e70008f3e2b1c9d4e5f60,at=2026-03-02T05:00:00Z',
      }),
    ).toHaveLength(1)
  })

  test('refuses a key of the wrong shape and says what is expected', async () => {
    const refusal = async (entity: string, key: unknown) => {
      const error = await readHistory(database.pool, { entity, key }).catch((thrown: unknown) => thrown)
      return error as { code: string; message: string; hint: string; details: string }
    }
    expect(await refusal('orders', 'abc')).toMatchObject({
      code: 'TRAIL_KEY_SHAPE',
      hint: 'Its key is: id (integer), as its value, id=… or JSON',
    })
    expect((await refusal('orders', '99999999999')).code).toBe('TRAIL_KEY_SHAPE')
    expect((await refusal('orders', { ident: 1 })).details).toBe('Not part of the key: ident')
    expect((await refusal('orders', null)).code).toBe('TRAIL_KEY_SHAPE')
    expect((await refusal('lines', '5')).details).toBe('It has 2 columns: name each of them.')
    expect((await refusal('lines', 'order_id=5')).details).toBe('Missing: line')
    expect((await refusal('lines', 'order_id=5,lime=1')).details).toBe('Not part of the key: lime')
    expect((await refusal('lines', [1])).details).toBe('1 given, 2 expected')
    expect((await refusal('loose', '1')).code).toBe('TRAIL_NO_KEY')
    expect(await refusal('order', '1')).toMatchObject({
      code: 'TRAIL_UNKNOWN_ENTITY',
      hint: expect.stringContaining('"orders"'),
    })
    const cursor = readHistory(database.pool, { entity: 'orders', key: 1, before: 'x' })
    await expect(cursor).rejects.toMatchObject({ code: 'TRAIL_BAD_CURSOR' })
  })

  test('keeps the names of their time after a rename, and follows the table to its new name', async () => {
    await run(`CREATE TABLE people (id int PRIMARY KEY, name text); SELECT steward.track('people')`)
    await run(`INSERT INTO people VALUES (1, 'a')`)
    await run('ALTER TABLE people RENAME COLUMN name TO full_name; ALTER TABLE people RENAME TO persons')
    await run(`UPDATE persons SET full_name = 'b'`)
    const history = await readHistory(database.pool, { entity: 'persons', key: 1 })
    expect(history.map(({ entity, after }) => [entity, printJson(after)])).toEqual([
      ['persons', '{"full_name":"b"}'],
      ['persons', '{"id":1,"name":"a"}'],
    ])
    await run('DROP TABLE persons')
    expect(await readHistory(database.pool, { entity: 'persons', key: 1 })).toHaveLength(2)
  })

  test('sees at once what was altered about a table that was asked for before', async () => {
    const keys = async () =>
      (await readHistory(database.pool, { entity: 'swapped', key: 1 })).map(({ key }) => printJson(key))
    await run(`CREATE TABLE swapped (id int PRIMARY KEY, note text); SELECT steward.track('swapped')`)
    expect(await keys()).toEqual([])
    await run(`INSERT INTO swapped VALUES (1, 'a'), (2, 'b')`)
    expect(await keys()).toEqual(['{"id":1}'])
    await run('ALTER TABLE swapped RENAME COLUMN id TO number')
    expect(await keys()).toEqual(['{"number":1}'])
    await run('UPDATE swapped SET number = 3 WHERE number = 1; UPDATE swapped SET number = 1 WHERE number = 2')
    expect(await keys()).toEqual(['{"number":1}', '{"number":3}', '{"number":2}', '{"number":1}'])
    await run(`ALTER TABLE swapped RENAME TO older; CREATE TABLE swapped (code text PRIMARY KEY)`)
    await run(`SELECT steward.track('swapped'); INSERT INTO swapped VALUES ('1')`)
    expect(await keys()).toEqual(['{"code":"1"}'])
    await run(`SELECT steward.untrack('swapped')`)
    expect(await keys()).toEqual(['{"code":"1"}'])
  })

  test('shows what TRUNCATE did to a record, whether its rows were captured or only noted', async () => {
    await run(`CREATE TABLE captured (id int PRIMARY KEY); CREATE TABLE noted (id int PRIMARY KEY)`)
    await run(`SELECT steward.track('captured'), steward.track('noted', '{"truncate": "note"}')`)
    await run('INSERT INTO captured VALUES (1); INSERT INTO noted VALUES (1)')
    await run('TRUNCATE captured, noted')
    await run('INSERT INTO captured VALUES (2); INSERT INTO noted VALUES (2)')
    const kinds = async (entity: string, key: number) =>
      (await readHistory(database.pool, { entity, key })).map((change) => [
        change.kind,
        printJson(change.key),
        change.before?.rows,
      ])
    expect(await kinds('captured', 1)).toEqual([
      ['truncate', '{"id":1}', undefined],
      ['insert', '{"id":1}', undefined],
    ])
    expect(await kinds('noted', 1)).toEqual([
      ['truncate', 'null', null],
      ['insert', '{"id":1}', undefined],
    ])
    expect(await kinds('noted', 2)).toEqual([['insert', '{"id":2}', undefined]])
  })

  test('finds the records of a partitioned table by its name and by that of a partition, and names with capitals', async () => {
    await run(`
      CREATE SCHEMA "Lager";
      CREATE TABLE "Lager"."Stück" (jahr int, nr text, PRIMARY KEY (jahr, nr)) PARTITION BY LIST (jahr);
      CREATE TABLE "Lager"."Stück 2026" PARTITION OF "Lager"."Stück" FOR VALUES IN (2026);
      SELECT steward.track('"Lager"."Stück"');
      INSERT INTO "Lager"."Stück 2026" VALUES (2026, 'a,nr=b')`)
    for (const entity of ['Lager.Stück', 'Lager.Stück 2026']) {
      const history = await readHistory(database.pool, { entity, key: 'jahr=2026,nr=a,nr=b' })
      expect(history.map((change) => [change.entity, printJson(change.key)])).toEqual([
        ['Lager.Stück', '{"jahr":2026,"nr":"a,nr=b"}'],
      ])
    }
  })

  test('shows imported changes with their flag, after all captured ones, by their time', async () => {
    await run(`INSERT INTO orders VALUES (30, 'now')`)
    const operation = timeOrderedId()
    await run(
      `INSERT INTO steward.part (at, id, imported, context) VALUES ('2020-01-01Z', $1, true, concat_ws(E'\\x1f', '', '', 'user', 'old', '', '', '', '', 'legacy'))`,
      [operation],
    )
    await run(
      `INSERT INTO steward.change (id, at, operation_id, relation_id, kind, imported, key, after)
       SELECT -1000 + n, '2020-01-01Z'::timestamptz + n * interval '90 days', $1, relation.id, 'u', true, '30', '{"status":"' || n || '"}'
         FROM generate_series(1, 3) AS n, steward.relation WHERE table_name = 'orders'`,
      [operation],
    )
    const history = await readHistory(database.pool, { entity: 'orders', key: 30 })
    expect(history.map(({ imported, after }) => [imported, printJson(after)])).toEqual([
      [false, '{"id":30,"status":"now","total":null,"note":null}'],
      [true, '{"status":"3"}'],
      [true, '{"status":"2"}'],
      [true, '{"status":"1"}'],
    ])
    expect(history[3]?.operation).toMatchObject({ actor: { id: 'old' }, at: '2020-01-01T00:00:00.000000Z' })
  })

  test('shows a change whose operation nobody wrote down as of unknown origin', async () => {
    const id = '01930000-0000-7000-8000-000000000000'
    const client = await database.pool.connect()
    await client.query('BEGIN')
    await client.query(
      `SELECT set_config('steward.context', $1 || E'\\x1f', true), set_config('steward.part', $1 || '=' || $1, true)`,
      [id],
    )
    await client.query(`INSERT INTO orders VALUES (40, 'forged')`)
    await client.query('COMMIT')
    client.release()
    const [change] = await readHistory(database.pool, { entity: 'orders', key: 40 })
    expect(change?.operation).toMatchObject({
      id,
      actor: { type: 'service', id: 'unknown' },
      source: 'unknown',
      at: change?.at,
    })
  })
})
