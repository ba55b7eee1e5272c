// The law of foreign edits: a revert writes only what still holds what it wrote, and names the rest.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lawTimeout, Playground } from '../testing/playground.ts'
import type { RandomOperation } from '../testing/random-history.ts'

describe('on random histories', lawTimeout, () => {
  let ground: Playground
  beforeAll(async () => {
    ground = await Playground.open()
  })
  afterAll(() => ground.database.drop())

  test('after a foreign edit a revert writes only what still holds what it wrote, and names the rest', async () => {
    expect.hasAssertions()
    await ground.holds(async (history) => {
      const { schema } = await ground.begin(history)
      const operation = await ground.act(schema, history.operations[0] as RandomOperation, history)
      const edits = (history.operations[1] ?? [history.start])
        .flat()
        .map((one) => ({ ...one, deed: 'update' as const, isUndone: false }))
      await ground.act(schema, [edits], history)
      if (await ground.hasTrail(operation)) {
        const [wrote, before] = [await updates(operation), await currentRows()]
        const plan = await ground.trail.planRevert({ operation })
        const result = await ground.trail.revert(plan, { reason: 'law', onConflict: 'skip' })
        const reverted = result.operation ? await updates(result.operation.id) : new Map<string, Update>()
        for (const [place, update] of reverted) {
          if (wrote.has(place)) expect(update.first, place).toBe(wrote.get(place)?.last)
        }
        const named = new Set(
          plan.conflicts.map(({ entity, key, column }) => `${entity} ${Object.values(key ?? {}).join(',')} ${column}`),
        )
        for (const [place, { first, last }] of wrote) {
          const now = before.get(place)
          if (now !== undefined && now !== last && now !== first && first !== last)
            expect(named, place).toContain(place)
        }
      }
      await ground.wipe(schema)
    })
  })

  type Update = { first: string; last: string }

  /** For each `entity key column` that an operation updated, the value before its first and after its last update. */
  const updates = async (operation: string): Promise<Map<string, Update>> => {
    const { rows } = await ground.database.pool.query<{ place: string } & Update>(
      `SELECT concat_ws(' ', steward.entity_name(relation_id), ${keyText}, field) AS place,
              before::json ->> field AS first, after::json ->> field AS last
         FROM steward.change, json_object_keys(after::json) AS field WHERE operation_id = $1 AND kind = 'u' ORDER BY id`,
      [operation],
    )
    // a record whose key moved, that came or went, is another law's matter
    const moved = await ground.database.pool.query<{ place: string }>(
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
    const relations = await ground.database.pool.query(
      "SELECT id FROM steward.relation WHERE tracked AND to_regclass(format('%I.%I', schema_name, table_name)) IS NOT NULL",
    )
    for (const { id } of relations.rows) {
      const { rows } = await ground.database.pool.query<{ place: string; value: string }>(
        `SELECT concat_ws(' ', steward.entity_name(${id}), ${keyText}, field) AS place, record::json ->> field AS value
           FROM steward.rows_${id}(NULL), json_object_keys(record::json) AS field`,
      )
      for (const { place, value } of rows) found.set(place, value)
    }
    return found
  }
})
