// trail.history: how long the newest changes of a record take to read when the trail is large.
import { openTrail } from '@steward/trail'
import type { Measurement, Part, Run } from '../benchmark.ts'
import { figure, figureOf } from '../figure.ts'
import { quantile } from '../statistics.ts'
import { fillTrail, historyTables, makeHistoryTables } from './fill-trail.ts'
import { installTrail } from './install-trail.ts'
import { readTrailSize } from './trail-size.ts'

// A record has a hundred changes at any size, over all months: 50 of them cross several partitions.
const changesPerRecord = 100
const months = 6
const limit = 50
const rounds = 10
type Variant = 'first' | 'again' | 'plain'
const plan = { full: { changes: 10_000_000, lookups: 100 }, quick: { changes: 1_000_000, lookups: 40 } }

const plainStatement = {
  name: 'plain_history',
  text: `SELECT id, at, kind, key, before, after FROM steward.change
          WHERE relation_id = (SELECT id FROM steward.relation WHERE table_name = 'orders') AND key = $1
          ORDER BY id DESC LIMIT ${limit}`,
}

/** The 50 newest changes of a record, each with its operation, through the library. */
export const history: Part = {
  name: 'trail.history',
  summary: 'the 50 newest changes of a record among ten million',
  seconds: { full: 260, quick: 30 },
  measure: measureHistory,
}

async function measureHistory({ server, isQuick, tell }: Run): Promise<Measurement> {
  const { changes, lookups } = isQuick ? plan.quick : plan.full
  const records = changes / historyTables.length / changesPerRecord
  const database = await server.newDatabase('history')
  await makeHistoryTables(database.pool)
  await installTrail(database.pool, historyTables)
  await fillTrail(database.pool, { changes, records, months }, (fraction) =>
    tell(0.9 * fraction, `filling the trail with ${changes} changes`),
  )
  const size = await readTrailSize(database.pool)
  await server.pool.query('CHECKPOINT')

  const trail = openTrail({ pool: database.pool })
  const keys = Array.from({ length: 2 * (rounds + 1) * lookups }, () => String(1 + Math.floor(Math.random() * records)))
  const taken: Record<Variant, number[][]> = { first: [], again: [], plain: [] }
  let found = 0
  for (let round = 0; round <= rounds; round++) {
    tell(0.9 + (0.1 * round) / (rounds + 1), 'reading')
    const [mine, others] = [0, 1].map((half) =>
      keys.slice((2 * round + half) * lookups, (2 * round + half + 1) * lookups),
    )
    const readKey = (key: string) => trail.history('orders', key, { limit })
    const readPlainKey = async (key: string) => (await database.pool.query({ ...plainStatement, values: [key] })).rows
    for (const [variant, keysOfRound, read] of [
      ['first', mine, readKey],
      ['again', mine, readKey],
      ['plain', others, readPlainKey],
    ] as const) {
      const times: number[] = []
      for (const key of keysOfRound as string[]) {
        const start = performance.now()
        const rows = await read(key)
        times.push(performance.now() - start)
        found += rows.length
      }
      // The first round plans the statements and warms Node up.
      if (round > 0) taken[variant].push(times)
    }
  }
  await database.drop()
  if (found < 0.9 * 1.5 * keys.length * limit)
    throw new Error(`Only ${found} changes were found: the fill does not fit the reader.`)

  const over = (variant: Variant, share: number) => taken[variant].map((round) => quantile(round, share))
  const unit = 'ms'
  return {
    figures: [
      figure({ name: 'trail.history.ms', unit, better: 'lower', floor: 2, goal: 1 }, over('first', 0.5)),
      figureOf(
        { name: 'trail.history.p95.ms', unit, better: 'lower' },
        quantile(taken.first.flat(), 0.95),
        over('first', 0.95),
      ),
      figure({ name: 'trail.history.again.ms', unit, better: 'lower' }, over('again', 0.5)),
      figure({ name: 'trail.history.plain.ms', unit, better: 'lower' }, over('plain', 0.5)),
    ],
    notes: [
      `trail.history: ${size.changes} changes of ${records * historyTables.length} records in ${months} months (${(size.bytes / 2 ** 30).toFixed(1)} GB);` +
        ` ${rounds} rounds of ${lookups} records that nobody asked for before, one after another on one connection; .again asks for the same ones once more,` +
        ' .plain for the bare rows of others, prepared, without their operations.',
    ],
  }
}
