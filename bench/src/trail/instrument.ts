// trail.instrument: what instrumenting a pool costs the service itself, in processor time of Node.
import type { Measurement, Part, Run } from '../benchmark.ts'
import { type ClientProcess, startClient } from '../client-process.ts'
import { figure } from '../figure.ts'
import { interleave } from '../interleave.ts'
import { byRound } from '../statistics.ts'
import { installTrail } from './install-trail.ts'
import type { InstrumentAnswer, InstrumentQuestion, Place } from './instrument-client.ts'

const variants = ['bare', 'instrumented'] as const
const plan = { full: { rounds: 15, statements: 7_000 }, quick: { rounds: 7, statements: 3_500 } }

/** Processor time of Node that an instrumented pool and its operations add to a statement. */
export const instrument: Part = {
  name: 'trail.instrument',
  summary: "Node's processor time for a statement of an instrumented pool, against a bare one",
  seconds: { full: 60, quick: 16 },
  measure: measureInstrument,
}

async function measureInstrument(run: Run): Promise<Measurement> {
  const { rounds, statements } = run.isQuick ? plan.quick : plan.full
  const database = await run.server.newDatabase('instrument')
  await database.pool.query(`
    CREATE TABLE account (id integer PRIMARY KEY, balance integer NOT NULL);
    INSERT INTO account SELECT place, 0 FROM generate_series(1, 2000) AS place`)
  await installTrail(database.pool, ['account'])
  // The service's own processor time is the question; waiting for a disk would only make the answer take longer.
  const url = `${database.url}?options=-c%20synchronous_commit%3Doff`
  const clients = { bare: start(), instrumented: start() }
  const added: Record<Place, number[]> = { transaction: [], write: [], read: [] }
  const bare: Record<Place, number[]> = { transaction: [], write: [], read: [] }
  try {
    for (const [turn, place] of (['transaction', 'write', 'read'] as const).entries()) {
      const tell = (fraction: number, doing: string) => run.tell((turn + fraction) / 3, `${place}, ${doing}`)
      const samples = await interleave(variants, { rounds, warmUps: 2, tell }, async (variant) => {
        const isInstrumented = variant === 'instrumented'
        return (await clients[variant].ask({ url, isInstrumented, place, statements })).microseconds
      })
      added[place] = byRound(samples.instrumented, samples.bare, (mine, without) => mine - without)
      bare[place] = samples.bare
    }
  } finally {
    await Promise.all([clients.bare.end(), clients.instrumented.end()])
  }
  await database.drop()

  const unit = 'µs/statement'
  return {
    figures: [
      figure({ name: 'trail.instrument.us', unit, better: 'lower', floor: 20, goal: 10 }, added.transaction),
      figure({ name: 'trail.instrument.write.us', unit, better: 'lower' }, added.write),
      figure({ name: 'trail.instrument.read.us', unit, better: 'lower' }, added.read),
      figure({ name: 'trail.bare.us', unit, better: 'lower' }, bare.transaction),
      figure({ name: 'trail.bare.write.us', unit, better: 'lower' }, bare.write),
    ],
    notes: [
      `trail.instrument: ${rounds} rounds of ${statements} prepared statements; .us is inside a transaction of seven statements (BEGIN and COMMIT` +
        ' counted), .write one UPDATE and .read one SELECT outside of any. Instrumented ones run in a withOperation of their own with a full context.',
    ],
  }
}

function start(): ClientProcess<InstrumentQuestion, InstrumentAnswer> {
  return startClient(new URL('instrument-client.ts', import.meta.url))
}
