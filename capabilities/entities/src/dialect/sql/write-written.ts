// What a write tells besides its rows, as SQL: where the one new row is, how many are new, and how many may not be.
import { quoteIdentifier, quoteLiteral } from '@steward/postgres'
import { writeConditions } from '../../visibility/write-seen-rows.ts'
import type { Plan, WritePlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'

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

/**
 * How many rows were reached that are outside the role's rows: those that do not fit any more, and those that an upsert
 * found there and left alone. Null where there is no filter.
 */
export function writeOutside(statement: Statement, kind: Plan['kind'], write: WritePlan): string | null {
  const { rowFilter, conflict, columns, payload } = write
  if (rowFilter.length === 0 || kind === 'delete') return null
  const fits = writeConditions(statement, 'written', rowFilter).join(' AND ')
  const unfit = `(SELECT count(*) FROM "written" WHERE (${fits}) IS NOT TRUE)`
  const isMerged = kind === 'insert' && conflict?.resolution === 'merge-duplicates' && columns.length > 0
  if (!isMerged) return `${unfit}::text`
  return `(${unfit} + ${payload.rowCount} - (SELECT count(*) FROM "written"))::text`
}
