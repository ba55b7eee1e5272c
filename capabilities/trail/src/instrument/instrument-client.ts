// Makes one client carry the current operation: every query is boarded here, in the context of who called it.
import { insideOperation, openedOperation } from '../context/current-operation.ts'
import { nothingCarried, type OpenOperation } from '../context/open-operation.ts'
import type { Recorder } from '../context/recording.ts'
import { type CarriedQuery, type CarryingOptions, carryingClass } from './carried-query.ts'
import { ConnectionMemory } from './connection-memory.ts'
import { instrumentErrors } from './errors.ts'
import type {
  PgClient,
  PgClientClass,
  PgQuery,
  PgQueryClass,
  QueryCallback,
  QueryError,
  TransactionStatus,
} from './node-postgres.ts'
import { statementKind } from './statement.ts'

/** What the clients of one target share. */
export type ClientSettings = CarryingOptions & { recorder: Recorder }

type AnyFunction = (...args: unknown[]) => unknown

const memories = new WeakMap<PgClient, ConnectionMemory>()

/** The memory of an instrumented client; undefined where it is not instrumented. */
export function memoryOf(client: PgClient): ConnectionMemory | undefined {
  return memories.get(client)
}

/** Instruments a client in place, connected or not. Once is enough; again does nothing. */
export function instrumentClient(client: PgClient, settings: ClientSettings): PgClient {
  if (memories.has(client)) return client
  const Query = (client.constructor as PgClientClass).Query
  if (typeof Query !== 'function' || !client.connection || typeof client.getTransactionStatus !== 'function') {
    throw instrumentErrors.CANNOT_INSTRUMENT({ given: 'this client' })
  }
  const memory = new ConnectionMemory(settings.recorder, client.getTransactionStatus())
  memories.set(client, memory)
  watch(client, memory)
  const connect = client.connect.bind(client)
  const query = client.query.bind(client)
  const Carried = carryingClass(Query)

  // The socket must belong to no operation: what it calls back would else run as the operation that happened to open it.
  client.connect = (callback) =>
    insideOperation(undefined, () => connect(callback && bound(callback, openedOperation())))

  client.query = (config, values, callback) => {
    const operation = openedOperation()
    if (config === null || config === undefined) return query(config, values, callback)
    if (isSubmittable(config)) {
      if (!(config instanceof Query)) {
        bringContext(client, memory, operation, config, query)
        return query(config, ...boundArguments(values, callback, operation))
      }
      adopt(config, Query, operation).boardFor(client, memory, operation, settings)
      return query(config, ...boundArguments(values, callback, operation))
    }
    const carried = new Carried(config, values, callback)
    if (carried.callback && typeof carried.callback !== 'function') return query(config, values, callback)
    carried.boardFor(client, memory, operation, settings)
    const timeout = (config as { query_timeout?: number }).query_timeout
    if (timeout) carried.query_timeout = timeout
    if (carried.callback) {
      carried.callback = bound(carried.callback, operation)
      query(carried)
      return undefined
    }
    return promised(client, carried, query)
  }
  return client
}

// As the client itself would: a promise whose error shows the caller's stack.
function promised(client: PgClient, carried: CarriedQuery, query: AnyFunction): Promise<unknown> {
  const PromiseClass = client._Promise ?? Promise
  const result = new PromiseClass<unknown>((resolve, reject) => {
    carried.callback = (error, answer) => (error ? reject(error) : resolve(answer))
  }).catch((error: Error) => {
    Error.captureStackTrace(error)
    throw error
  })
  query(carried)
  return result
}

function watch(client: PgClient, memory: ConnectionMemory): void {
  const { connection } = client
  // Ahead of the client's own listener: it sends the next query at once.
  connection.prependListener('readyForQuery', (message?: { status?: TransactionStatus }) => {
    memory.answered(message?.status ?? 'I')
  })
  connection.on('parameterStatus', (message: { parameterName: string; parameterValue: string }) => {
    if (message.parameterName === 'server_encoding') {
      memory.isAscii = !['UTF8', 'SQL_ASCII'].includes(message.parameterValue)
    }
  })
  connection.once('end', () => memory.ended())
}

// A query object that its caller made: it becomes one that carries, and its events reach the caller's operation.
function adopt(query: PgQuery, Query: PgQueryClass, operation: OpenOperation | undefined): CarriedQuery {
  const Carried = carryingClass(query.constructor === Query ? Query : (query.constructor as PgQueryClass))
  const { name } = query
  Object.setPrototypeOf(query, Carried.prototype)
  delete (query as { name?: unknown }).name
  query.name = name
  const emit = query.emit.bind(query)
  query.emit = (...event) => insideOperation(operation, () => emit(...event))
  return query as CarriedQuery
}

// COPY streams and other conversations cannot take a context along. In a transaction whose context is another one it is
// sent before them, the only place where that costs a message of its own.
function bringContext(
  client: PgClient,
  memory: ConnectionMemory,
  operation: OpenOperation | undefined,
  submittable: { text?: unknown },
  query: AnyFunction,
): void {
  if (memory.status !== 'T' || typeof submittable.text !== 'string') return
  memory.ride(operation)
  const carried = operation?.carried() ?? nothingCarried
  const kind = statementKind(submittable.text)
  if (memory.sent === carried || (kind !== 'copy' && kind !== 'write')) return
  const context = new (carryingClass((client.constructor as PgClientClass).Query))(
    `SET LOCAL steward.context = ${memory.isAscii ? carried.ascii.literal : carried.literal}`,
  )
  context.boardFor(client, memory, operation, { select: false })
  context.callback = ignore
  query(context)
  memory.sent = carried
}

function ignore(_error: QueryError | Error | null | undefined): void {
  // The conversation that follows meets the same error.
}

function boundArguments(values: unknown, callback: unknown, operation: OpenOperation | undefined): unknown[] {
  return [values, callback].map((argument) =>
    typeof argument === 'function' ? bound(argument as AnyFunction, operation) : argument,
  )
}

/** A function that runs in this operation whoever calls it. */
export function bound<Fn extends AnyFunction | QueryCallback>(act: Fn, operation: OpenOperation | undefined): Fn {
  return ((...args: unknown[]) => insideOperation(operation, () => (act as AnyFunction)(...args))) as Fn
}

function isSubmittable(config: unknown): config is PgQuery {
  return typeof (config as { submit?: unknown }).submit === 'function'
}
