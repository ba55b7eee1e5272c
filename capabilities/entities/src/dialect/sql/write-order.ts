// Ordering and windows as SQL. Where no order is asked for there is none: rows come as the table has them.
import type { RowRange } from '../dialect-request.ts'
import type { PlannedOrder, RowsPlan } from '../plan-tree.ts'
import { quoteColumn, type Statement } from './statement.ts'
import { writeField } from './write-field.ts'

const directions = { asc: ' ASC', desc: ' DESC' }
const placements = { first: ' NULLS FIRST', last: ' NULLS LAST' }

/** ORDER BY, or nothing. */
export function writeOrder(statement: Statement, rows: RowsPlan): string {
  if (rows.order.length === 0) return ''
  return ` ORDER BY ${rows.order.map((term) => writeTerm(statement, rows, term)).join(', ')}`
}

function writeTerm(statement: Statement, rows: RowsPlan, { field, embed, direction, nulls }: PlannedOrder): string {
  const value = embed ? quoteColumn(embed.embed.lateral, embed.column) : writeField(statement, rows, field)
  return value + (direction ? directions[direction] : '') + (nulls ? placements[nulls] : '')
}

/** LIMIT and OFFSET, each only where it means something. */
export function writeRange(statement: Statement, { offset, limit }: RowRange): string {
  const most = limit === null ? '' : ` LIMIT ${statement.bind(String(limit))}`
  return most + (offset === 0 ? '' : ` OFFSET ${statement.bind(String(offset))}`)
}
