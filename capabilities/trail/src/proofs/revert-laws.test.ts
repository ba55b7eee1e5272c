// The laws of time travel and revert, on random schemas and random histories.
import { printJson, timeOrderedId } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import type { PoolClient } from 'pg'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeContext } from '../context/wire.ts'
import { openTrail, type Trail } from '../index.ts'
import { snapshot } from '../revert/operate.ts'
import { trailDatabase } from '../trail-database.ts'
import { type RandomHistory, type RandomOperation, type RandomStatement, randomHistory, schemaSql, statementSql } from './random-history.ts'

const runs = Number(process.env.STEWARD_RUNS ?? (process.env.STEWARD_SCALE === 'full' ? 1000 : 25))
// other runs look elsewhere: STEWARD_RUNS=300 STEWARD_SEED=7 npx vitest run revert-laws
const seed = Number(process.env.STEWARD_SEED ?? 20261122)

describe('on random histories', { timeout: 20 * 60_000 }, () => {
  let database: TestDatabase
  let trail: Trail
  let number = 0

  beforeAll(async () => {
    database = await trailDatabase()
    trail = openTrail({ pool: database.pool })
  })
  afterAll(() => database.drop())

  /** Makes the schema, tracks it, and gives it its first rows. */
  const begin = async ({ tables, start }: RandomHistory) => {
    const schema = `run${++number}`
    await database.pool.query(schemaSql(schema, tables))
    const names = tables.map(({ name }) => `${schema}.${name}`)
    await trail.track(names)
    await act(schema, [start], { tables, start, operations: [] })
    return { schema, names }
  }

  /** Performs one operation; a statement that the database refuses is left out, as an application would. */
  const act = async (schema: string, transactions: RandomOperation, history: RandomHistory): Promise<string> => {
    const id = timeOrderedId()
    const context = encodeContext({ id, actor: { type: 'user', id: '7' }, procedure: 'random' }, '')
    const client = await database.pool.connect()
    try {
      for (const statements of transactions) {
        await client.query('BEGIN')
        await client.query("SELECT set_config('steward.context', $1, true)", [context])
        for (const statement of statements) await attempt(client, schema, statement, history)
        await client.query('COMMIT')
      }
    } finally {
      client.release()
    }
    return id
  }

  const attempt = async (client: PoolClient, schema: string, statement: RandomStatement, history: RandomHistory) => {
    await client.query('SAVEPOINT attempt')
    try {
      await client.query(statementSql(schema, history.tables, statement))
      if (statement.isUndone && statement.value % 3 === 0) await client.query('ROLLBACK TO SAVEPOINT attempt')
    } catch {
      await client.query('ROLLBACK TO SAVEPOINT attempt')
    }
    await client.query('RELEASE SAVEPOINT attempt')
  }

  // a thousand dropped tables in the register would make every later schema change look at them all
  const wipe = async (schema: string) => {
    await database.pool.query('UPDATE steward.relation SET tracked = false WHERE schema_name = $1', [schema])
    await database.pool.query(`DROP SCHEMA ${schema} CASCADE`)
  }

  const holds = async (law: (history: RandomHistory) => Promise<void>) =>
    fc.assert(fc.asyncProperty(randomHistory, law), { numRuns: runs, seed })

  test('reverting everything, newest first, gives back the first state to the last character; and reverting the reverts the last', async () => {
    await holds(async (history) => {
      const { schema, names } = await begin(history)
      const first = await snapshot(database.pool, names)
      const operations: string[] = []
      const states: string[] = []
      for (const operation of history.operations) {
        operations.push(await act(schema, operation, history))
        states.push(await snapshot(database.pool, names))
      }
      const reverts: string[] = []
      for (let index = operations.length - 1; index >= 0; index--) {
        const result = await undo(operations[index] as string)
        expect(await snapshot(database.pool, names)).toBe(index === 0 ? first : states[index - 1])
        reverts.push(result ?? '')
      }
      for (const [place, revert] of reverts.toReversed().entries()) {
        if (revert) await undo(revert)
        expect(await snapshot(database.pool, names)).toBe(states[place])
      }
      await wipe(schema)
    })
  })

  const undo = async (operation: string): Promise<string | null> => {
    const exists = await database.pool.query('SELECT FROM steward.operation WHERE id = $1 LIMIT 1', [operation])
    if (exists.rowCount === 0) return null
    const plan = await trail.planRevert({ operation })
    expect(plan.conflicts).toEqual([])
    return (await trail.revert(plan, { reason: 'law' })).operation?.id ?? null
  }

  test('a table at a mark equals the copy that was kept at the mark', async () => {
    await holds(async (history) => {
      const { schema, names } = await begin(history)
      const kept: { mark: string; copy: string[] }[] = []
      for (const operation of history.operations) {
        const { id } = await trail.mark()
        kept.push({ mark: id, copy: await Promise.all(names.map((name) => asJson(name))) })
        await act(schema, operation, history)
      }
      for (const { mark, copy } of kept) {
        for (const [place, name] of names.entries()) {
          const { records, exact } = await trail.table(name, { mark })
          expect(exact).toBe(true)
          expect(records.map((record) => printJson(record)).sort()).toEqual(JSON.parse(copy[place] as string))
        }
      }
      await wipe(schema)
    })
  })

  const asJson = async (entity: string): Promise<string> => {
    const [schema, name] = entity.split('.')
    const { rows } = await database.pool.query('SELECT id FROM steward.relation WHERE schema_name = $1 AND table_name = $2', [schema, name])
    const found = await database.pool.query(`SELECT record FROM steward.rows_${rows[0].id}(NULL)`)
    return JSON.stringify(found.rows.map(({ record }) => record).sort())
  }

  test('after a foreign edit a revert writes only what still holds what it wrote, and names the rest', async () => {
    await holds(async (history) => {
      const { schema } = await begin(history)
      const operation = await act(schema, history.operations[0] as RandomOperation, history)
      const edits = (history.operations[1] ?? [history.start]).flat().map((one) => ({ ...one, deed: 'update' as const, isUndone: false }))
      await act(schema, [edits], history)
      const exists = await database.pool.query('SELECT FROM steward.operation WHERE id = $1 LIMIT 1', [operation])
      if (exists.rowCount) {
        const [wrote, before] = [await updates(operation), await currentRows()]
        const plan = await trail.planRevert({ operation })
        const result = await trail.revert(plan, { reason: 'law', onConflict: 'skip' })
        const reverted = result.operation ? await updates(result.operation.id) : new Map<string, Update>()
        for (const [place, update] of reverted) {
          if (wrote.has(place)) expect(update.first, place).toBe(wrote.get(place)?.last)
        }
        const named = new Set(plan.conflicts.map(({ entity, key, column }) => `${entity} ${Object.values(key ?? {}).join(',')} ${column}`))
        for (const [place, { first, last }] of wrote) {
          const now = before.get(place)
          if (now !== undefined && now !== last && now !== first && first !== last) expect(named, place).toContain(place)
        }
      }
      await wipe(schema)
    })
  })

  type Update = { first: string; last: string }

  /** For each `entity key column` that an operation updated, the value before its first and after its last update. */
  const updates = async (operation: string): Promise<Map<string, Update>> => {
    const { rows } = await database.pool.query<{ place: string } & Update>(
      `SELECT concat_ws(' ', steward.entity_name(relation_id), ${keyText}, field) AS place,
              before::json ->> field AS first, after::json ->> field AS last
         FROM steward.change, json_object_keys(after::json) AS field WHERE operation_id = $1 AND kind = 'u' ORDER BY id`,
      [operation],
    )
    // a record whose key moved, that came or went, is another law's matter
    const moved = await database.pool.query<{ place: string }>(
      `SELECT DISTINCT concat_ws(' ', steward.entity_name(relation_id), place_key) AS place FROM steward.change,
              unnest(ARRAY[${keyText}, previous_key]) AS place_key WHERE operation_id = $1 AND (kind <> 'u' OR previous_key IS NOT NULL)`,
      [operation],
    )
    const found = new Map<string, Update>()
    for (const { place, first, last } of rows) {
      if (moved.rows.some((row) => place.startsWith(`${row.place} `))) continue
      found.set(place, { first: found.get(place)?.first ?? first, last })
    }
    return found
  }

  const keyText = "CASE WHEN key LIKE '[%' THEN (key::json ->> 0) || ',' || (key::json ->> 1) ELSE key END"

  const currentRows = async (): Promise<Map<string, string>> => {
    const found = new Map<string, string>()
    const relations = await database.pool.query("SELECT id FROM steward.relation WHERE tracked AND to_regclass(format('%I.%I', schema_name, table_name)) IS NOT NULL")
    for (const { id } of relations.rows) {
      const { rows } = await database.pool.query<{ place: string; value: string }>(
        `SELECT concat_ws(' ', steward.entity_name(${id}), ${keyText}, field) AS place, record::json ->> field AS value
           FROM steward.rows_${id}(NULL), json_object_keys(record::json) AS field`,
      )
      for (const { place, value } of rows) found.set(place, value)
    }
    return found
  }
})
