// A client that belongs to no pool: what it has to record waits for its turn on the same connection.
import { insideOperation } from '../context/current-operation.ts'
import { Recorder } from '../context/recording.ts'
import { carryingClass } from './carried-query.ts'
import { instrumentClient, memoryOf } from './instrument-client.ts'
import { type InstrumentOptions, onErrorOf, recordOnOf } from './instrument-options.ts'
import type { PgClient, PgClientClass } from './node-postgres.ts'

/** Instruments a client in place that no pool has made. Once is enough; again does nothing. */
export function instrumentSingleClient(client: PgClient, options: InstrumentOptions): PgClient {
  if (memoryOf(client)) return client
  const recorder = new Recorder({
    run: (text, values) => insideOperation(undefined, () => runIdle(recordOnOf(options) ?? client, text, values)),
    hasRoom: () => memoryOf(client)?.status === 'I',
    onError: onErrorOf(options),
  })
  instrumentClient(client, { select: options.select ?? false, recorder })
  client.connection.once('end', () => recorder.retire())
  const end = client.end.bind(client)
  client.end = (callback) => {
    recorder.retire()
    if (recorder.isIdle || memoryOf(client)?.status !== 'I') return end(callback)
    const ended = recorder.settled().then(() => end())
    if (callback === undefined) return ended
    ended.then(() => callback(), callback)
    return undefined
  }
  return client
}

// Not inside a transaction of the caller: it might be rolled back. The turn comes right after it, before what is queued.
function runIdle(target: object, text: string, values: unknown[]): Promise<unknown> {
  const client = target as PgClient
  const memory = memoryOf(client)
  if (memory === undefined || (client.readyForQuery !== false && memory.status === 'I')) {
    return client.query(text, values) as Promise<unknown>
  }
  return new Promise((resolve, reject) => {
    memory.whenIdle((error) => {
      if (error) return reject(error)
      const query = new (carryingClass((client.constructor as PgClientClass).Query))(text, values)
      query.boardFor(client, memory, undefined, { select: false })
      query.callback = (failure, result) => (failure ? reject(failure) : resolve(result))
      client._queryQueue.unshift(query)
    })
  })
}
