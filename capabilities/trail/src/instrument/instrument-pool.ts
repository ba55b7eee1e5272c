// Makes a pool carry: its clients, those it has and those it will make, and its callbacks, which pg-pool would call as somebody else.
import { insideOperation, openedOperation } from '../context/current-operation.ts'
import type { OpenOperation } from '../context/open-operation.ts'
import { Recorder } from '../context/recording.ts'
import { type ClientSettings, instrumentClient } from './instrument-client.ts'
import { type InstrumentOptions, onErrorOf, recordOnOf } from './instrument-options.ts'
import type { PgClientClass, PgPool, PoolCallback } from './node-postgres.ts'

const instrumented = new WeakSet<PgPool>()

/** Instruments a pool in place. Once is enough; again does nothing. */
export function instrumentPool(pool: PgPool, options: InstrumentOptions): PgPool {
  if (instrumented.has(pool)) return pool
  instrumented.add(pool)
  const recorder = recorderFor(pool, options)
  const settings: ClientSettings = { select: options.select ?? false, recorder }
  pool.Client = instrumentedClass(pool.Client, settings)
  for (const client of pool._clients ?? []) instrumentClient(client, settings)

  const connect = pool.connect.bind(pool)
  // A connection that is waited for is handed over by whoever gives one back: in that one's operation, not in ours.
  pool.connect = (callback) => connect(callback && boundPoolCallback(callback, openedOperation()))

  const end = pool.end.bind(pool)
  pool.end = (callback) => {
    if (recorder.isIdle || pool.ending) {
      recorder.retire()
      return end(callback)
    }
    const ended = recorder.settled().then(() => {
      recorder.retire()
      return pool.ending ? undefined : end()
    })
    if (callback === undefined) return ended
    ended.then(() => callback(), callback as (error: unknown) => void)
    return undefined
  }
  return pool
}

/** A class of clients that are instrumented from their first moment on. */
export function instrumentedClass(Client: PgClientClass, settings: ClientSettings): PgClientClass {
  return class extends Client {
    constructor(config?: unknown) {
      super(config)
      instrumentClient(this, settings)
    }
  }
}

function recorderFor(pool: PgPool, options: InstrumentOptions): Recorder {
  const target = (): PgPool => (recordOnOf(options) as PgPool | undefined) ?? pool
  return new Recorder({
    run: (text, values) => insideOperation(undefined, () => target().query(text, values) as Promise<unknown>),
    hasRoom: () => hasRoom(target()),
    onError: onErrorOf(options),
  })
}

function hasRoom(pool: PgPool): boolean {
  return !pool.ending && pool.waitingCount === 0 && (pool.idleCount > 0 || pool.totalCount < pool.options.max)
}

function boundPoolCallback(callback: PoolCallback, operation: OpenOperation | undefined): PoolCallback {
  return (error, client, release) => insideOperation(operation, () => callback(error, client, release))
}
