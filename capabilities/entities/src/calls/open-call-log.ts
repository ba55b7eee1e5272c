// Writes the log of calls: nobody waits for it, it holds little, and an office that is down stops nothing.
import type { Call, RecordCall } from '@steward/engine'
import { type Pool, serverErrorOf } from '@steward/postgres'
import { redactCall } from './redact-call.ts'
import { deleteOldCalls, insertCalls } from './store.ts'

/**
 * Where calls are kept, and for how long.
 *
 * @example
 * const options: CallLogOptions = { office: steward.office, days: 30 }
 */
export type CallLogOptions = {
  /** Gives Steward's own database; it may fail, and is asked again later. */
  office: () => Promise<Pool>
  /** After so many days a call is forgotten: 90 unless given. */
  days?: number
  /** At most so many calls wait to be written; of more the oldest are dropped. 10,000 unless given. */
  mostWaiting?: number
  /** Told what could not be kept, in one line. Process warnings unless given. */
  warn?: (message: string, facts: { dropped: number; error: unknown }) => void
}

/**
 * An open log.
 *
 * @example
 * const { record, close }: CallLog = openCallLog({ office })
 */
export type CallLog = {
  record: RecordCall
  /** Writes what waits, as far as that can be done, and stops. */
  close: () => Promise<void>
}

const flushEveryMs = 250
const flushAt = 500
const retryEveryMs = 5000
const tidyEveryMs = 60 * 60 * 1000

/**
 * Opens the log. Calls are written together, every quarter of a second or five hundred at once; in this order. `record`
 * never throws and never waits. What the log holds back is bounded: who was dropped is counted and said.
 *
 * @example
 * const calls = openCallLog({ office: async () => pool })
 * calls.record(call)
 * await calls.close()
 */
export function openCallLog({ office, days = 90, mostWaiting = 10_000, warn = warnProcess }: CallLogOptions): CallLog {
  let waiting: Call[] = []
  let dropped = 0
  let failure: unknown = null
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isClosed = false
  let tidyAt = Date.now() + Math.random() * 60_000

  const record: RecordCall = (call) => {
    if (isClosed) return
    try {
      waiting.push(redactCall(call))
      drop()
      schedule(flushEveryMs)
      if (waiting.length >= flushAt && failure === null) void flush()
    } catch (error) {
      // A call that cannot be read is no reason to refuse the next one.
      dropped += 1
      failure = error
    }
  }

  function drop(): void {
    const over = waiting.length - mostWaiting
    if (over <= 0) return
    waiting = waiting.slice(over)
    dropped += over
  }

  function schedule(afterMs: number): void {
    if (timer !== undefined || isClosed) return
    timer = setTimeout(() => {
      timer = undefined
      void flush()
    }, afterMs)
    timer.unref()
  }

  function flush(): Promise<void> {
    running ??= write().finally(() => {
      running = undefined
      if (waiting.length > 0) schedule(failure === null ? flushEveryMs : retryEveryMs)
    })
    return running
  }

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, flushAt)
      waiting = waiting.slice(flushAt)
      try {
        await keep(await office(), batch)
        tell()
        failure = null
      } catch (error) {
        waiting = [...batch, ...waiting]
        drop()
        if (failure === null) warn('The log of calls cannot be written.', { dropped, error })
        failure = error
        return
      }
    }
    await tidy()
  }

  // One call that no column takes must not keep the others, and those after them, from being written.
  async function keep(pool: Pool, batch: readonly Call[]): Promise<void> {
    try {
      await insertCalls(pool, batch)
    } catch (error) {
      if (!serverErrorOf(error)?.code.startsWith('22')) throw error
      const half = batch.length / 2
      if (batch.length > 1) {
        await keep(pool, batch.slice(0, half))
        await keep(pool, batch.slice(half))
      } else dropped += 1
    }
  }

  function tell(): void {
    if (dropped === 0) return
    warn(`The log of calls has lost ${dropped} calls.`, { dropped, error: failure })
    dropped = 0
  }

  // In small batches, one after each writing, so that nobody waits for a large one.
  async function tidy(): Promise<void> {
    if (Date.now() < tidyAt) return
    const deleted = await office()
      .then((pool) => deleteOldCalls(pool, days))
      .catch(() => 0)
    tidyAt = Date.now() + (deleted > 0 ? flushEveryMs : tidyEveryMs)
  }

  return {
    record,
    close: async () => {
      isClosed = true
      clearTimeout(timer)
      await running
      await write()
      if (waiting.length === 0) return
      dropped += waiting.length
      waiting = []
      tell()
    },
  }
}

function warnProcess(message: string): void {
  process.emitWarning(message)
}
