// How embedded rows hang on those around them, as SQL: by their keys, or through the table between.
import { quoteIdentifier } from '@steward/postgres'
import type { EmbedPlan } from '../plan-tree.ts'
import { quoteColumn, quoteName } from './statement.ts'

/** The table between, joined to the target; empty where there is none. */
export function writeJunction({ relationship, junction, rows }: EmbedPlan): string {
  if (relationship.kind !== 'many-to-many') return ''
  const pairs = relationship.targetColumns.map(
    (pair) => `${quoteColumn(junction, pair.junction)} = ${quoteColumn(rows.alias, pair.target)}`,
  )
  return ` INNER JOIN ${quoteName(relationship.junction)} AS ${quoteIdentifier(junction)} ON ${pairs.join(' AND ')}`
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
