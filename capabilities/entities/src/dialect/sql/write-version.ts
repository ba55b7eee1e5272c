// The version of the one row as SQL: read beside the page, or told by the transaction that wrote it.
import { quoteIdentifier } from '@steward/postgres'
import { writeConditions } from '../../visibility/write-seen-rows.ts'
import type { Plan, WritePlan } from '../plan-tree.ts'
import { quoteColumn, quoteName, type Statement } from './statement.ts'
import { writeWhere } from './write-filter.ts'

const versionAlias = 'steward version'

/** The value beside the page, of the same snapshot; null where no version is told. */
export function writeVersion(statement: Statement, { version, kind, rows: { seen } }: Plan): string | null {
  if (!version) return null
  const { table, key } = version
  if (kind !== 'read') {
    // Whatever this transaction wrote has its number, also where a trigger writes the row again.
    if (version.kind === 'xmin') return 'pg_catalog.pg_current_xact_id_if_assigned()::xid::text'
    return `(SELECT max(${quoteColumn('written', 'version')})::text FROM "written")`
  }
  const rows = { alias: versionAlias, source: { kind: 'table' as const, table }, type: table, seen: null }
  const where = writeWhere(statement, rows, key, writeConditions(statement, versionAlias, seen?.where ?? []))
  const value = `${quoteColumn(versionAlias, version.kind)}::text`
  // A view can show a key twice.
  return `(SELECT ${value} FROM ${quoteName(table)} AS ${quoteIdentifier(versionAlias)}${where} LIMIT 1)`
}

/**
 * What If-Match asks of the row that is written, as conditions. They are judged on the row as it is once it is locked: of
 * two that race, the second sees what the first has made of it.
 */
export function writeMatch(statement: Statement, { match, table }: WritePlan): string[] {
  if (match === undefined || match === '*') return []
  const members = `{${match.values.join(',')}}`
  return [`${quoteColumn(table.name, match.version)}::text = ANY (${statement.bind(members)}::text[])`]
}
