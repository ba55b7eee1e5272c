// A service that works through a pool, bare or instrumented, in a process of its own: its processor time is measured.
import { openTrail, withOperation } from '@steward/trail'
import pg from 'pg'
import { answerQuestions } from '../client-process.ts'
import { fullContext } from './context.ts'

/** Where the statements stand: seven in a transaction, a single write, a single read. */
export type Place = 'transaction' | 'write' | 'read'
export type InstrumentQuestion = { url: string; isInstrumented: boolean; place: Place; statements: number }
/** Processor time of this process for each statement that its code sent. */
export type InstrumentAnswer = { microseconds: number }

export const statementsOf: Record<Place, number> = { transaction: 7, write: 1, read: 1 }

let pool: pg.Pool | undefined

answerQuestions<InstrumentQuestion, InstrumentAnswer>(async ({ url, isInstrumented, place, statements }) => {
  pool ??= openPool(url, isInstrumented)
  const act = acts[place]
  const units = Math.ceil(statements / statementsOf[place])
  const before = process.cpuUsage()
  for (let unit = 0; unit < units; unit++) {
    if (isInstrumented) await withOperation(contextOf(unit), () => act(pool as pg.Pool, unit))
    else await act(pool, unit)
  }
  const { user, system } = process.cpuUsage(before)
  return { microseconds: (user + system) / (units * statementsOf[place]) }
})

function openPool(url: string, isInstrumented: boolean): pg.Pool {
  const opened = new pg.Pool({ connectionString: url, max: 1 })
  return isInstrumented ? openTrail({ pool: opened }).instrument(opened) : opened
}

function contextOf(unit: number) {
  return { ...fullContext, params: { account: unit, teller: 7, branch: 3, delta: -250 }, requestId: `req-${unit}` }
}

const update = { name: 'update', text: 'UPDATE account SET balance = balance + $1 WHERE id = $2' }
const select = { name: 'select', text: 'SELECT balance FROM account WHERE id = $1' }

const acts: Record<Place, (pool: pg.Pool, unit: number) => Promise<unknown>> = {
  async transaction(open, unit) {
    const client = await open.connect()
    try {
      await client.query('BEGIN')
      await client.query({ ...update, values: [1, rowOf(unit)] })
      await client.query({ ...select, values: [rowOf(unit)] })
      await client.query({ ...update, values: [1, rowOf(unit + 1)] })
      await client.query({ ...update, values: [-1, rowOf(unit + 2)] })
      await client.query({ ...update, values: [-1, rowOf(unit + 3)] })
      await client.query('COMMIT')
    } finally {
      client.release()
    }
  },
  write: (open, unit) => open.query({ ...update, values: [1, rowOf(unit)] }),
  read: (open, unit) => open.query({ ...select, values: [rowOf(unit)] }),
}

function rowOf(unit: number): number {
  return 1 + (unit % 1000)
}
