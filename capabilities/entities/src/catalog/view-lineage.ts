// Which column of which table a view's column shows: read from the query that PostgreSQL stores for the view.
import type { ViewFact } from './read-facts.ts'

/** A column of a table or view, by oid and number. */
export type ColumnOrigin = { table: number; column: number }

/** Of each view, by oid: the table's column behind each of its columns, by number; computed columns are missing. */
export type Lineage = ReadonlyMap<number, ReadonlyMap<number, ColumnOrigin>>

/**
 * Follows the columns of views through views below them down to tables. What is computed, comes out of a UNION or is cast
 * has no origin.
 */
export function traceLineage(views: readonly ViewFact[]): Lineage {
  const direct = new Map(views.map(({ oid, query }) => [oid, readOrigins(query)]))
  // Views cannot be made in circles, but CREATE OR REPLACE can close one; PostgreSQL then refuses to run them.
  const trace = (origin: ColumnOrigin, passed: number): ColumnOrigin | undefined => {
    const below = direct.get(origin.table)
    if (!below) return origin
    const next = below.get(origin.column)
    return next && passed < views.length ? trace(next, passed + 1) : undefined
  }
  const traced = new Map<number, ReadonlyMap<number, ColumnOrigin>>()
  for (const [oid, columns] of direct) {
    const origins = new Map<number, ColumnOrigin>()
    for (const [number, origin] of columns) {
      const base = trace(origin, 0)
      if (base) origins.set(number, base)
    }
    traced.set(oid, origins)
  }
  return traced
}

/**
 * The origins that a stored query notes for what it selects, by the number of the column. The text is a tree of
 * `{NODE :field value …}` and `( … )`; names in it have their special characters behind a backslash. Only the list of the
 * outermost query counts: queries within it have lists of their own.
 */
export function readOrigins(query: string): Map<number, ColumnOrigin> {
  const origins = new Map<number, ColumnOrigin>()
  let depth = 0
  // Where the list of the outermost query is open, and where the entry that is being read goes on after its expression.
  let isListed = false
  let rest = -1
  for (const { 0: token, index } of query.matchAll(tokens)) {
    if (token === ':targetList (') {
      // Within `({QUERY`, which is two deep.
      if (depth === 2) isListed = true
      depth += 1
    } else if (token === '{' || token === '(') {
      depth += 1
    } else if (token === '}' || token === ')') {
      depth -= 1
      if (!isListed) continue
      if (depth === 2) return origins
      // The expression of an entry is five deep, and what follows it is the entry's own.
      if (depth === 4 && rest < 0) rest = index + 1
      if (depth === 3) {
        const [, column, table, number] = tail.exec(query.slice(rest, index)) ?? []
        if (column && table !== '0') origins.set(Number(column), { table: Number(table), column: Number(number) })
        rest = -1
      }
    }
  }
  return origins
}

// A backslash takes the next character with it, so that a brace in a name opens nothing.
const tokens = /\\[^]|:targetList \(|[{}()]/g

// Greedy up to the last fields: whatever a column is called, what PostgreSQL writes behind its name comes last. Entries that
// only order or group are junk and no columns of the view.
const tail = /^ :resno (\d+) :resname [^]* :ressortgroupref \d+ :resorigtbl (\d+) :resorigcol (-?\d+) :resjunk false$/
