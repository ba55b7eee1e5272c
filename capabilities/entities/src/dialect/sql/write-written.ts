// What an INSERT tells besides its rows, as SQL: where the one new row is, and how many are new.
import { quoteIdentifier, quoteLiteral } from '@steward/postgres'
import type { WritePlan } from '../plan-tree.ts'
import { quoteColumn, quoteName } from './statement.ts'

/** The key of the row as filters, `[["id","eq.7"]]`; null unless exactly one row was written. */
export function writeLocation({ location }: WritePlan): string {
  if (!location || location.length === 0) return 'NULL::text'
  const pairs = location.map((name) => {
    const value = quoteColumn('written', name)
    return `json_build_array(${quoteLiteral(name)}, coalesce('eq.' || ${value}::text, 'is.null'))`
  })
  return `(SELECT CASE count(*) WHEN 1 THEN json_agg(key) -> 0 END FROM (SELECT json_build_array(${pairs.join(', ')}) AS key FROM "written") AS "steward keys")::text`
}

/**
 * How many of the rows were not there before. All of one statement sees the table as it was when it began, so that a row
 * with the same key that can be seen is one that was updated.
 */
export function writeInserted({ conflict, table }: WritePlan): string {
  if (conflict?.resolution !== 'merge-duplicates') return 'NULL::text'
  const before = quoteIdentifier('steward before')
  const same = conflict.columns.map(
    (name) => `${quoteColumn('steward before', name)} = ${quoteColumn('written', name)}`,
  )
  const known = `SELECT FROM ${quoteName(table)} AS ${before} WHERE ${same.join(' AND ')}`
  return `(SELECT count(*) FROM "written" WHERE NOT EXISTS (${known}))::text`
}
