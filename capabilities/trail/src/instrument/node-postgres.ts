// What we know of node-postgres from the inside: the parts that its public types leave out.
import type { EventEmitter } from 'node:events'

/** What the server says with each ReadyForQuery: idle, in a transaction, in a failed one. */
export type TransactionStatus = 'I' | 'T' | 'E'

/** An error as the server sent it, or as the connection raised it. */
export type QueryError = Error & { code?: string; severity?: string; position?: string }

/** The connection below a client: writes messages, emits the server's answers. */
export interface PgConnection extends EventEmitter {
  stream: { writable: boolean; write(bytes: Buffer): boolean }
  submittedNamedStatements: Record<string, string>
  parsedStatements: Record<string, string>
  query(text: string): void
  parse(message: { text: string; name?: string; types?: unknown }): void
  bind(message: { values: unknown[] }): void
  execute(message: { portal?: string; rows?: number }): void
}

/** Receives the result of a query. */
export type QueryCallback = (error: Error | null | undefined, result?: unknown) => void

/** A query as the client queues it and as the server's answers reach it. */
export interface PgQuery extends EventEmitter {
  text: string
  values: unknown[] | undefined
  name: string | undefined
  callback: QueryCallback | undefined
  query_timeout?: number
  requiresPreparation(): boolean
  submit(connection: PgConnection): Error | null
  prepare(connection: PgConnection): void
  handleRowDescription(message: unknown): void
  handleDataRow(message: unknown): void
  handleCommandComplete(message: { text: string }, connection: PgConnection): void
  handleReadyForQuery(connection: PgConnection): void
  handleError(error: QueryError, connection: PgConnection): void
}

/** The class of queries that belongs to a client's own copy of node-postgres. */
export type PgQueryClass = new (config: unknown, values?: unknown, callback?: unknown) => PgQuery

/** A client, connected or not. */
export interface PgClient extends EventEmitter {
  connection: PgConnection
  pipeline: boolean
  readyForQuery: boolean | undefined
  _Promise: PromiseConstructor | undefined
  _queryQueue: PgQuery[]
  query(config: unknown, values?: unknown, callback?: unknown): unknown
  connect(callback?: (error?: Error | null, client?: unknown) => void): unknown
  end(callback?: () => void): unknown
  getTransactionStatus(): TransactionStatus | null
}

/** The class of a pool's clients. */
export type PgClientClass = (new (config?: unknown) => PgClient) & { Query: PgQueryClass }

/** A pool of pg-pool. */
export interface PgPool extends EventEmitter {
  Client: PgClientClass
  options: { max: number }
  ending: boolean
  idleCount: number
  totalCount: number
  waitingCount: number
  _clients?: PgClient[]
  connect(callback?: PoolCallback): unknown
  query(text: unknown, values?: unknown, callback?: unknown): unknown
  end(callback?: () => void): unknown
}

/** Receives a client of a pool, and how to give it back. */
export type PoolCallback = (
  error: Error | undefined,
  client: PgClient | undefined,
  release: (error?: unknown) => void,
) => void

/** The module: `pg`. */
export interface PgModule {
  Client: PgClientClass
  Pool: new (config?: unknown) => PgPool
}
