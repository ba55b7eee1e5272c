// What a verb asks of a connection: that it can be queried, and nothing else.
import type { PoolClient, QueryResult, QueryResultRow } from 'pg'

/**
 * Anything that runs a statement: a Pool, a PoolClient or a Client of `pg`, or a {@link Transaction}.
 *
 * @example
 * const countOrders = async (queryable: Queryable) => (await queryable.query('SELECT count(*) FROM orders')).rows[0]
 */
export type Queryable = {
  // oxlint-disable-next-line typescript/no-explicit-any -- the same default as pg's own, so that its pools and clients fit.
  query<Row extends QueryResultRow = any>(text: string, values?: unknown[]): Promise<QueryResult<Row>>
}

/** A {@link Queryable} between BEGIN and COMMIT: one connection, one snapshot or one set of writes. */
export type Transaction = PoolClient

/** Anything that hands out connections: a Pool of `pg`. */
export type Connectable = { connect(): Promise<PoolClient> }
