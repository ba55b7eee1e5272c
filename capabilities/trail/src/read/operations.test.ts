// Operations found, shown and counted on a real database, and who may look.
import { printJson, timeOrderedId } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import { openPool } from '@steward/postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { trailDatabase } from '../testing/trail-database.ts'
import { readActivity } from './activity.ts'
import { readAt } from './at.ts'
import { readBlast } from './blast.ts'
import { readHistory } from './history.ts'
import { readImpact } from './impact.ts'
import { readOperation } from './operation.ts'
import { type OperationFilter, searchOperations } from './operations.ts'

let database: TestDatabase
const ids: Record<string, string> = {}

const run = (sql: string, values: unknown[] = []) => database.pool.query(sql, values)

type Fields = {
  id?: string
  actor?: [string, string]
  procedure?: string
  params?: string
  reason?: string
  source?: string
}

function contextOf({
  id = timeOrderedId(),
  actor = ['user', '7'],
  procedure = '',
  params = '',
  reason = '',
  source = 'app',
}: Fields): string {
  return [id, '', ...actor, '', procedure, params, reason, source, '', '', '', ''].join('\u001f')
}

async function runAs(fields: Fields, sql: string): Promise<string> {
  const context = contextOf(fields)
  const client = await database.pool.connect()
  await client.query('BEGIN')
  await client.query(`SELECT set_config('steward.context', $1, true)`, [context])
  await client.query(sql)
  await client.query('COMMIT')
  client.release()
  return context.slice(0, 36)
}

beforeAll(async () => {
  database = await trailDatabase({
    setup: `
      CREATE TABLE orders (id int PRIMARY KEY, status text, total numeric, note json);
      CREATE TABLE lines (order_id int, line int, label text, PRIMARY KEY (order_id, line));
      CREATE TABLE loose (a int);`,
    track: ['orders', 'lines', 'loose'],
  })
  ids.place = await runAs(
    { procedure: 'orders.place', params: '{"total": 1.00}' },
    `INSERT INTO orders VALUES (1, 'new', 1.00, '{"status": "\\u0000\\ud800"}'), (2, 'new', 2, NULL); INSERT INTO lines VALUES (1, 1, 'a'), (1, 2, 'b')`,
  )
  ids.refund = timeOrderedId()
  await runAs(
    { id: ids.refund, procedure: 'orders.refund', actor: ['staff', 'kim'], reason: 'TICKET-42: 100% wrong' },
    `UPDATE orders SET status = 'refunded' WHERE id = 1`,
  )
  ids.sql = (await run(`WITH made AS (INSERT INTO loose VALUES (1)) SELECT 1`)) && ''
  await runAs(
    { id: ids.refund, procedure: 'orders.refund', actor: ['staff', 'kim'], reason: 'TICKET-42: 100% wrong' },
    `UPDATE orders SET total = 0 WHERE id = 1`,
  )
  ids.failed = timeOrderedId()
  await run(`SELECT steward.leave($1, 'failed', 'Error: no stock')`, [
    contextOf({ id: ids.failed, procedure: 'orders.place' }),
  ])
  ids.renumber = await runAs(
    { procedure: 'lines.renumber', actor: ['user', 'service:x'] },
    `UPDATE lines SET line = 3 WHERE line = 2`,
  )
})

afterAll(async () => {
  await database?.drop()
})

describe('operation', () => {
  test('shows its changes, and the parts that it left in several transactions as one', async () => {
    const { operation, changes } = await readOperation(database.pool, { id: ids.refund as string })
    expect(operation).toMatchObject({
      id: ids.refund,
      procedure: 'orders.refund',
      actor: { type: 'staff', id: 'kim' },
      outcome: null,
      imported: false,
      parentId: null,
    })
    expect(operation.transactions).toHaveLength(2)
    expect(changes.map(({ after }) => printJson(after))).toEqual(['{"status":"refunded"}', '{"total":0}'])
    expect(changes.map(({ operation: { id } }) => id)).toEqual([ids.refund, ids.refund])
    const failed = await readOperation(database.pool, { id: ids.failed as string })
    expect(failed).toMatchObject({ operation: { outcome: 'failed', error: 'Error: no stock' }, changes: [] })
    for (const id of ['01930000-0000-7000-8000-000000000000', 'x']) {
      await expect(readOperation(database.pool, { id })).rejects.toMatchObject({ code: 'TRAIL_UNKNOWN_OPERATION' })
    }
  })
})

describe('operations', () => {
  const find = async (filter: OperationFilter) => {
    const { operations } = await searchOperations(database.pool, filter)
    return operations.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? 'sql')
  }

  test('say how many records of which tables they changed, where that is asked for', async () => {
    const { operations } = await searchOperations(database.pool, { procedure: 'orders.*', touched: true })
    const told = operations.map(({ procedure, touched }) => [
      procedure,
      touched?.map(({ entity }) => entity).toSorted(),
    ])
    expect(told).toEqual([
      ['orders.place', []],
      ['orders.refund', ['orders']],
      ['orders.place', ['lines', 'orders']],
    ])
    expect(operations[1]?.touched).toEqual([{ entity: 'orders', records: 1, isAtLeast: false }])
    const { operations: plain } = await searchOperations(database.pool, { procedure: 'orders.*' })
    expect(plain.some((each) => 'touched' in each)).toBe(false)
  })

  test('are found by actor, procedure, entity, key, field, source, period and text, newest first', async () => {
    expect(await find({})).toEqual(['renumber', 'failed', 'sql', 'refund', 'place'])
    expect(await find({ procedure: 'orders.place' })).toEqual(['failed', 'place'])
    expect(await find({ procedure: 'orders.*' })).toEqual(['failed', 'refund', 'place'])
    expect(await find({ procedure: 'orders_place' })).toEqual([])
    expect(await find({ actor: 'kim' })).toEqual(['refund'])
    expect(await find({ actor: 'staff:kim' })).toEqual(['refund'])
    expect(await find({ actor: 'user:kim' })).toEqual([])
    expect(await find({ actor: 'service:x' })).toEqual(['renumber'])
    expect(await find({ source: 'sql' })).toEqual(['sql'])
    expect(await find({ entity: 'lines' })).toEqual(['renumber', 'place'])
    expect(await find({ entity: 'orders', key: 2 })).toEqual(['place'])
    expect(await find({ entity: 'lines', key: 'order_id=1,line=2' })).toEqual(['renumber', 'place'])
    expect(await find({ entity: 'orders', field: 'total' })).toEqual(['refund', 'place'])
    expect(await find({ field: 'line' })).toEqual(['renumber', 'place'])
    expect(await find({ entity: 'orders', key: 1, field: 'note' })).toEqual(['place'])
    expect(await find({ text: '100%' })).toEqual(['refund'])
    expect(await find({ text: 'ticket-42' })).toEqual(['refund'])
    expect(await find({ text: '"total": 1.00' })).toEqual(['place'])
    expect(await find({ procedure: 'orders.refund', actor: 'user:7' })).toEqual([])
    const [, second] = (await searchOperations(database.pool)).operations
    expect(await find({ from: second?.at })).toEqual(['renumber', 'failed'])
    expect(await find({ to: second?.at })).toEqual(['sql', 'refund', 'place'])
    expect(second).toMatchObject({ outcome: 'failed', error: 'Error: no stock', imported: false, runId: null })
  })

  test('come in pages that together are the whole', async () => {
    const whole = await searchOperations(database.pool)
    expect(whole.next).toBeNull()
    for (const limit of [1, 2, 5]) {
      const paged: string[] = []
      let after: string | undefined
      do {
        const page = await searchOperations(database.pool, { limit, after })
        paged.push(...page.operations.map(({ id }) => id))
        after = page.next ?? undefined
      } while (after !== undefined)
      expect(paged).toEqual(whole.operations.map(({ id }) => id))
    }
    await expect(searchOperations(database.pool, { after: 'x' })).rejects.toMatchObject({ code: 'TRAIL_BAD_CURSOR' })
    await expect(searchOperations(database.pool, { key: 1 })).rejects.toMatchObject({
      code: 'TRAIL_KEY_WITHOUT_ENTITY',
    })
    await expect(searchOperations(database.pool, { from: '2026-02-30' })).rejects.toMatchObject({
      code: 'TRAIL_BAD_INSTANT',
    })
  })

  test('reach back to imported ones of long ago', async () => {
    await run(
      `INSERT INTO steward.part (at, id, imported, context) VALUES ('2009-05-05Z', gen_random_uuid(), true, concat_ws(E'\\x1f', '', '', 'user', 'old', '', '', '', '', 'legacy'))`,
    )
    expect((await searchOperations(database.pool, { actor: 'old' })).operations).toMatchObject([
      { imported: true, at: '2009-05-05T00:00:00.000000Z' },
    ])
    await run(`DELETE FROM steward.operation WHERE imported`)
  })
})

describe('counts', () => {
  test('blast says what a procedure touched in a period', async () => {
    const blast = await readBlast(database.pool, { procedure: 'orders.*', from: '2020-01-01', to: '2999-01-01' })
    expect(blast).toMatchObject({
      operations: 3,
      entities: [
        { entity: 'orders', records: 2, changes: 4, columns: ['id', 'status', 'total', 'note'] },
        { entity: 'lines', records: 2, changes: 2, columns: ['order_id', 'line', 'label'] },
      ],
    })
    expect(blast.entities[0]?.sample).toEqual(expect.arrayContaining([{ id: 1 }, { id: 2 }]))
    const refund = await readBlast(database.pool, { procedure: 'orders.refund', from: '2020-01-01', to: '2999-01-01' })
    expect(refund.entities).toMatchObject([
      { entity: 'orders', records: 1, changes: 2, columns: ['status', 'total'], sample: [{ id: 1 }] },
    ])
    expect(await readBlast(database.pool, { procedure: 'x', from: '2020-01-01', to: '2999-01-01' })).toEqual({
      entities: [],
      operations: 0,
    })
  })

  test('impact maps procedures to what they write', async () => {
    const impact = await readImpact(database.pool)
    expect(impact.find(({ procedure }) => procedure === 'orders.refund')).toMatchObject({
      changes: 2,
      entities: [{ entity: 'orders', columns: ['status', 'total'], operations: 1, changes: 2 }],
    })
    expect(
      impact
        .find(({ procedure }) => procedure === 'orders.place')
        ?.entities.map(({ entity, columns }) => [entity, columns]),
    ).toEqual(
      expect.arrayContaining([
        ['orders', ['id', 'status', 'total', 'note']],
        ['lines', ['order_id', 'line', 'label']],
      ]),
    )
  })

  test('activity counts by procedure, actor and entity', async () => {
    const byProcedure = await readActivity(database.pool, { by: 'procedure', every: 'week' })
    const weeks = new Set(byProcedure.map(({ at }) => at))
    for (const week of weeks) expect(week).toMatch(/^\d{4}-\d\d-\d\dT00:00:00\.000000Z$/)
    const sum = (procedure: string) =>
      byProcedure
        .filter((step) => step.procedure === procedure)
        .reduce((all, { operations, changes }) => [all[0] + operations, all[1] + changes] as [number, number], [
          0, 0,
        ] as [number, number])
    expect(sum('orders.place')).toEqual([2, 4])
    const byActor = await readActivity(database.pool, {
      by: 'actor',
      every: 'week',
      from: '2020-01-01',
      to: '2999-01-01',
    })
    expect(byActor.find(({ actor }) => actor?.id === 'kim')).toMatchObject({
      actor: { type: 'staff', id: 'kim', name: null },
      operations: 1,
      changes: 2,
    })
    const byEntity = await readActivity(database.pool, { by: 'entity', every: 'hour' })
    expect(byEntity.filter(({ entity }) => entity === 'lines').reduce((all, { changes }) => all + changes, 0)).toBe(3)
    expect(await readActivity(database.pool, { by: 'entity', every: 'day', to: '2020-01-01' })).toEqual([])
    const inSeoul = await readActivity(database.pool, { by: 'procedure', every: 'day', zone: 'Asia/Seoul' })
    expect(inSeoul.length).toBeGreaterThan(0)
    for (const { at } of inSeoul) expect(at).toMatch(/T15:00:00\.000000Z$/)
  })
})

describe('who may look', () => {
  test('a role without rights is told what it lacks, a reader reads, and without a trail it is told to install', async () => {
    await run(
      `CREATE ROLE e_app LOGIN; CREATE ROLE e_reader LOGIN; GRANT steward_reader TO e_reader; GRANT SELECT ON orders TO e_reader`,
    )
    const poolOf = (user: string) => openPool({ connectionString: database.url, max: 1, options: `-c role=${user}` })
    const [application, reader] = [poolOf('e_app'), poolOf('e_reader')]
    try {
      for (const read of [
        () => readHistory(application, { entity: 'orders', key: 1 }),
        () => searchOperations(application),
        () => readAt(application, { entity: 'orders', key: 1, when: 'now' }),
        () => readAt(reader, { entity: 'lines', key: 'order_id=1,line=1', when: 'now' }),
      ]) {
        await expect(read()).rejects.toMatchObject({
          code: 'TRAIL_NOT_PERMITTED',
          hint: expect.stringContaining('steward_reader'),
        })
      }
      expect(await readHistory(reader, { entity: 'orders', key: 1 })).toHaveLength(3)
      expect((await readAt(reader, { entity: 'orders', key: 1, when: 'now' })).record).toMatchObject({
        status: 'refunded',
      })
      expect((await searchOperations(reader, { entity: 'orders', key: '01' })).operations).toHaveLength(2)
      await reader.query(`SELECT steward.key_text(1, ARRAY['1'])`)
    } finally {
      await Promise.all([application.end(), reader.end()])
      await run('DROP OWNED BY e_reader; DROP ROLE e_app, e_reader')
    }
    await run('DROP SCHEMA steward CASCADE')
    const bare = openPool(database.url)
    await expect(readHistory(bare, { entity: 'orders', key: 1 })).rejects.toMatchObject({
      code: 'TRAIL_NOT_INSTALLED',
      hint: 'Install it with: steward trail install',
    })
    await expect(searchOperations(bare)).rejects.toMatchObject({ code: 'TRAIL_NOT_INSTALLED' })
    await bare.end()
  })
})
