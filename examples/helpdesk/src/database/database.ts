// What the functions of the domain ask of a database: that it can be queried, whoever holds the transaction.

/** One column's values are typed by who asks. */
type Row = Record<string, unknown>

/**
 * A pool or a client of `pg`, the transaction of a Steward procedure, or TypeORM's EntityManager through `databaseOf`.
 * Functions that take one neither begin nor commit: that is for their caller, who knows what belongs together.
 *
 * @example
 * const countOrders = async (database: Database) => (await database.query('SELECT count(*) FROM orders')).rows[0]
 */
export type Database = {
  query<Result extends Row>(text: string, values?: unknown[]): Promise<{ rows: Result[]; rowCount: number | null }>
}
