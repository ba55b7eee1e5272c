// Runs a statement that PostgreSQL needs to parse and plan only once a connection.
import { createHash } from 'node:crypto'
import type { QueryConfig, QueryResult, QueryResultRow } from 'pg'
import type { Queryable } from './queryable.ts'

/** A statement of ours, with its text written down in the code: there are few of them, and each keeps a place in the server. */
export type PreparedQuery = { text: string; values: unknown[] }

type ByName = <Row extends QueryResultRow>(query: QueryConfig) => Promise<QueryResult<Row>>

const names = new Map<string, string>()
const unprepared = new WeakSet<Queryable>()
// What a server answers that has not been told of the statement: a pooler stands between, and handed out another connection.
const unknownThere = new Set(['26000', '42P05'])

/**
 * Runs a statement under a name, so that each connection has it parsed once. Where a pooler loses it, it is run without one, then
 * and from then on. Not for the inside of a transaction: what fails there has failed.
 *
 * @example
 * const { rows } = await queryPrepared<{ name: string }>(pool, { text: 'SELECT name FROM orders WHERE id = $1', values: [7] })
 */
export async function queryPrepared<Row extends QueryResultRow>(
  queryable: Queryable,
  { text, values }: PreparedQuery,
): Promise<QueryResult<Row>> {
  if (unprepared.has(queryable)) return queryable.query<Row>(text, values)
  const query = queryable.query.bind(queryable) as unknown as ByName
  try {
    return await query<Row>({ name: nameOf(text), text, values })
  } catch (error) {
    if (!unknownThere.has(String((error as { code?: unknown }).code))) throw error
    unprepared.add(queryable)
    return queryable.query<Row>(text, values)
  }
}

// The same text has the same name everywhere, and another text another one: whoever shares the connection, it is this statement.
function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `steward_${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`
  names.set(text, name)
  return name
}
