// How embedded rows hang on those around them, as SQL: by their keys, or through the table between.
import { quoteIdentifier } from '@steward/postgres'
import { isHeldBack } from '../../visibility/see-table.ts'
import { writeSeenRows } from '../../visibility/write-seen-rows.ts'
import type { EmbedPlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'

/** The table between, joined to the target; empty where there is none. */
export function writeJunction(statement: Statement, { relationship, junction, seenJunction, rows }: EmbedPlan): string {
  if (relationship.kind !== 'many-to-many') return ''
  const pairs = relationship.targetColumns.map(
    (pair) => `${quoteColumn(junction, pair.junction)} = ${quoteColumn(rows.alias, pair.target)}`,
  )
  const isHeld = seenJunction !== null && isHeldBack(seenJunction)
  const between = isHeld
    ? writeSeenRows(statement, seenJunction, junction)
    : `${quoteName(relationship.junction)} AS ${quoteIdentifier(junction)}`
  return ` INNER JOIN ${between} ON ${pairs.join(' AND ')}`
}

/** What must be equal between a row and those that are embedded in it. A function of the row knows by itself. */
export function writeKeyJoin({ relationship, junction, rows, origin }: EmbedPlan): string[] {
  if (relationship.kind === 'computed') return []
  if (relationship.kind === 'many-to-many') {
    return relationship.originColumns.map(
      (pair) => `${quoteColumn(junction, pair.junction)} = ${quoteColumn(origin, pair.origin)}`,
    )
  }
  return relationship.columns.map(
    (pair) => `${quoteColumn(rows.alias, pair.target)} = ${quoteColumn(origin, pair.origin)}`,
  )
}
