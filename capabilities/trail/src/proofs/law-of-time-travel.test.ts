// The law of time travel: a table at a mark is the copy that was kept at the mark.
import { printJson } from '@steward/base'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lawTimeout, Playground } from '../testing/playground.ts'

describe('on random histories', lawTimeout, () => {
  let ground: Playground
  beforeAll(async () => {
    ground = await Playground.open()
  })
  afterAll(() => ground.database.drop())

  test('a table at a mark equals the copy that was kept at the mark', async () => {
    await ground.holds(async (history) => {
      const { schema, names } = await ground.begin(history)
      const kept: { mark: string; copy: string[] }[] = []
      for (const operation of history.operations) {
        const { id } = await ground.trail.mark()
        kept.push({ mark: id, copy: await Promise.all(names.map((name) => asJson(name))) })
        await ground.act(schema, operation, history)
      }
      for (const { mark, copy } of kept) {
        for (const [place, name] of names.entries()) {
          const { records, exact } = await ground.trail.table(name, { mark })
          expect(exact).toBe(true)
          expect(records.map((record) => printJson(record)).toSorted()).toEqual(JSON.parse(copy[place] as string))
        }
      }
      await ground.wipe(schema)
    })
  })

  const asJson = async (entity: string): Promise<string> => {
    const [schema, name] = entity.split('.')
    const { rows } = await ground.database.pool.query<{ id: number }>(
      'SELECT id FROM steward.relation WHERE schema_name = $1 AND table_name = $2',
      [schema, name],
    )
    const found = await ground.database.pool.query<{ record: string }>(
      `SELECT record FROM steward.rows_${rows[0]?.id}(NULL)`,
    )
    return JSON.stringify(found.rows.map(({ record }): string => record).toSorted())
  }
})
