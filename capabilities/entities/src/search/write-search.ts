// The search of one entity as one statement: each way by itself, so that each has its index.

import type { Query } from '../dialect/query.ts'
import { quoteColumn, Statement } from '../dialect/sql/statement.ts'
import type { SeenTable } from '../visibility/see-table.ts'
import { writeSeenRows } from '../visibility/write-seen-rows.ts'
import type { Way } from './plan-search.ts'

const alias = 'steward found'

/**
 * Writes the search. A row of its answer is rank, column, title, and then the key's values, all of them text.
 *
 * @example
 * const query = writeSearch(seen, { ways, title: 'email', limit: 20 })
 */
export function writeSearch(
  seen: SeenTable,
  { ways, title, limit }: { ways: readonly Way[]; title: string | null; limit: number },
): Query {
  const statement = new Statement()
  const bind = (value: string) => statement.bind(value)
  const key = seen.table.primaryKey.map((name) => `${quoteColumn(alias, name)}::text`)
  const label = title === null ? 'NULL::text' : `${quoteColumn(alias, title)}::text`
  const branches = ways.map(({ column, rank, condition }) => {
    const from = writeSeenRows(statement, seen, alias)
    const where = condition(quoteColumn(alias, column), bind)
    const matched = statement.bind(column)
    return `(SELECT ${rank}, ${matched}::text, ${label}, ${key.join(', ')} FROM ${from} WHERE ${where} LIMIT ${limit})`
  })
  return statement.toQuery(branches.join(' UNION ALL '))
}
