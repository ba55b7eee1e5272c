// Row triggers and statement triggers tell the same story, and it is the story of the table.
import type { TestDatabase } from '@steward/cluster'
import { inTransaction } from '@steward/postgres'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changesOf, retrace, storyOf } from '../fixtures/retrace.ts'
import { bulk } from '../install/bulk.ts'
import { readStatus } from '../install/status.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const isFull = process.env.STEWARD_SCALE === 'full'
const modes = ['row', 'bulk'] as const

let database: TestDatabase
const run = (sql: string) => database.pool.query(sql)

beforeAll(async () => {
  database = await trailDatabase()
  for (const mode of modes) {
    await run(`
      CREATE TABLE ${mode}_item (id int PRIMARY KEY, parent int REFERENCES ${mode}_item ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE,
        name text, n numeric, data jsonb, list int[], made timestamptz, total numeric GENERATED ALWAYS AS (n * 2) STORED);
      CREATE TABLE ${mode}_part (id int PRIMARY KEY, item int REFERENCES ${mode}_item ON DELETE SET NULL ON UPDATE CASCADE, note text);
      SELECT steward.track('${mode}_item', '{"mode": "${mode}"}'), steward.track('${mode}_part', '{"mode": "${mode}"}')`)
  }
})
afterAll(() => database?.drop())

const id = fc.integer({ min: 1, max: 12 })
const value = {
  name: fc.constantFrom(`'a'`, `'b'`, `''`, 'NULL', `U&'\\D55C'`),
  n: fc.constantFrom('1', '1.0', '1.00', 'NULL', `'NaN'`, '-0.5'),
  data: fc.constantFrom(`'null'`, 'NULL', `'{"a": 1.0}'`, `'[1, 2]'`),
  list: fc.constantFrom('NULL', `'{}'`, `'{1,NULL}'`, `'[0:1]={1,2}'`),
  made: fc.constantFrom('NULL', `'2026-11-22 10:00+09'`, `'infinity'`),
}
const where = fc.oneof(
  id.map((n) => `id = ${n}`),
  fc.tuple(id, id).map(([a, b]) => `id BETWEEN ${Math.min(a, b)} AND ${Math.max(a, b)}`),
  fc.constantFrom('true', 'id % 2 = 0', 'parent IS NULL', 'n IS NOT NULL'),
)
const assignment = fc.oneof(
  ...Object.entries(value).map(([column, values]) => values.map((text) => `${column} = ${text}`)),
  fc.constant('n = n'),
  fc.constant('n = n + 1'),
)
const row = fc
  .tuple(id, fc.option(id), value.name, value.n, value.data, value.list, value.made)
  .map(([key, parent, ...rest]) => `(${[key, parent ?? 'NULL', ...rest].join(', ')})`)
const rows = fc.array(row, { minLength: 1, maxLength: 5 }).map((all) => all.join(', '))
const columns = '(id, parent, name, n, data, list, made)'
const conflict = fc.constantFrom(
  '',
  ' ON CONFLICT DO NOTHING',
  ' ON CONFLICT DO NOTHING',
  ' ON CONFLICT (id) DO UPDATE SET name = excluded.name, n = excluded.n',
)
const statement = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(rows, conflict).map(([all, then]) => `INSERT INTO item ${columns} VALUES ${all}${then}`),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(id, fc.option(id))
      .map(([key, item]) => `INSERT INTO part VALUES (${key}, ${item}, 'x') ON CONFLICT DO NOTHING`),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.array(assignment, { minLength: 1, maxLength: 3 }), where)
      .map(
        ([all, which]) =>
          `UPDATE item SET ${[...new Map(all.map((one) => [one.split(' ')[0], one])).values()].join(', ')} WHERE ${which}`,
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.integer({ min: -13, max: 13 }), where)
      .map(([by, which]) => `UPDATE item SET id = id + ${by} WHERE ${which}`),
  },
  { weight: 2, arbitrary: where.map((which) => `DELETE FROM item WHERE ${which}`) },
  { weight: 1, arbitrary: fc.constant(`UPDATE part SET note = note || 'y'`) },
  {
    weight: 1,
    arbitrary: fc.constant(
      'WITH gone AS (DELETE FROM part WHERE id % 2 = 0 RETURNING *) UPDATE item SET name = name || count FROM (SELECT count(*) FROM gone) AS counted',
    ),
  },
  { weight: 1, arbitrary: fc.constant('TRUNCATE item CASCADE') },
)
const history = fc.array(
  fc.tuple(
    fc.array(statement, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('COMMIT', 'COMMIT', 'COMMIT', 'ROLLBACK'),
  ),
  { minLength: 1, maxLength: 12 },
)

/** What happened in each transaction, whatever its order within: keys, kinds and both sides. */
async function told(table: string): Promise<string[][]> {
  const transactions = new Map<string, string[]>()
  for (const { xid, kind, key, previousKey, before, after, literalNulls } of await changesOf(database.pool, table)) {
    // `literalNulls` also names columns of an update that did not change
    const nulls = (literalNulls ?? []).filter((signed) =>
      (signed.startsWith('-') ? before : after)?.includes(`"${signed.slice(1)}"`),
    )
    const line = JSON.stringify([kind, key, previousKey, before?.replaceAll(/(row|bulk)_/g, ''), after, nulls])
    transactions.set(xid, [...(transactions.get(xid) ?? []), line])
  }
  return [...transactions.values()].map((lines) => lines.sort())
}

describe('any history', () => {
  it('is told alike in both modes, and is true', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (transactions) => {
        await run(`TRUNCATE row_item, row_part, bulk_item, bulk_part; DELETE FROM steward.change`)
        for (const mode of modes) {
          for (const [statements, end] of transactions) {
            await inTransaction(database.pool, {}, async (transaction) => {
              for (const sql of statements) {
                // what is refused is refused in both
                await transaction.query('SAVEPOINT one')
                await transaction
                  .query(sql.replaceAll(/\b(INTO|UPDATE|FROM|TRUNCATE) (item|part)\b/g, `$1 ${mode}_$2`))
                  .catch(() => transaction.query('ROLLBACK TO one'))
              }
              if (end === 'ROLLBACK') throw new RolledBack()
            }).catch((error) => {
              if (!(error instanceof RolledBack)) throw error
            })
          }
        }
        for (const table of ['item', 'part']) {
          expect(await told(`bulk_${table}`)).toEqual(await told(`row_${table}`))
          for (const mode of modes) expect(await retrace(database.pool, `${mode}_${table}`)).toEqual([])
        }
      }),
      { numRuns: isFull ? 1000 : 30 },
    )
  }, 1_000_000)
})

class RolledBack extends Error {}

describe('large statements', () => {
  const size = isFull ? 200_000 : 5_000

  it('are paired row by row, whatever the plan: updates of the key, of everything, of some', async () => {
    await run(`
      CREATE TABLE large (id int PRIMARY KEY, n int, note text); SELECT steward.track('large', '{"mode": "bulk", "truncateCap": 1000000}');
      INSERT INTO large SELECT n, n, repeat('x', n % 50) FROM generate_series(1, ${size}) AS n;
      UPDATE large SET id = -id, n = n + 1;
      UPDATE large SET note = note || 'y' WHERE n % 3 = 0;
      UPDATE large SET n = n WHERE n % 2 = 0;
      DELETE FROM large WHERE n % 7 = 0`)
    expect(await retrace(database.pool, 'large')).toEqual([])
  }, 300_000)

  it('may be captured in bulk for one transaction, in which nobody else slips by', async () => {
    await run(
      `CREATE TABLE imported (id int PRIMARY KEY, n int); SELECT steward.track('imported'); INSERT INTO imported VALUES (0, 0)`,
    )
    let slipped: Promise<unknown> = Promise.resolve()
    await bulk(database.pool, ['imported'], async (transaction) => {
      await transaction.query(`INSERT INTO imported SELECT n, n FROM generate_series(1, 1000) AS n`)
      await transaction.query(`UPDATE imported SET n = n + 1, id = id + 5000`)
      slipped = run(`UPDATE imported SET n = -1 WHERE id = 5000`)
    })
    await slipped
    await run(`UPDATE imported SET n = n + 1 WHERE id < 5010`)
    expect(await retrace(database.pool, 'imported')).toEqual([])
    expect(await storyOf(database.pool, 'imported')).toHaveLength(1 + 1000 + 1001 + 1 + 10)
    const { tables } = await readStatus(database.pool)
    expect(tables.find(({ entity }) => entity === 'imported')).toMatchObject({ mode: 'row', problems: [] })
    await expect(
      bulk(database.pool, ['imported'], (transaction) => transaction.query('DELETE FROM imported; SELECT 1/0')),
    ).rejects.toMatchObject({ code: '22012' })
    expect(await retrace(database.pool, 'imported')).toEqual([])
  })
})
