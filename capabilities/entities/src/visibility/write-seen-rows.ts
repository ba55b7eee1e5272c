// The one door between a statement and the rows of a table: what is held back does not come through.
import type { MaskForm, RowCondition } from '@steward/engine'
import { quoteIdentifier } from '@steward/postgres'
import type { CacheColumn } from '../catalog/schema-cache.ts'
import { quoteColumn, quoteName, type Statement } from '../dialect/sql/statement.ts'
import { arrayText } from '../dialect/sql/write-filter.ts'
import { isHeldBack, type SeenTable } from './see-table.ts'

const innerAlias = 'steward seen'

/**
 * A table as it stands behind FROM: itself where nothing is held back, else a subselect of the rows that are seen, their
 * masked columns in masked form. `alias` is what it is called in the statement. Whether it may be read at all is asked before.
 *
 * @example
 * const text = `SELECT "customers"."id" FROM ${writeSeenRows(statement, seen, 'customers')}`
 */
export function writeSeenRows(statement: Statement, seen: SeenTable, alias: string): string {
  const named = ` AS ${quoteIdentifier(alias)}`
  if (!isHeldBack(seen)) return quoteName(seen.table) + (seen.table.name === alias ? '' : named)
  return writeSeenOf(statement, { seen, from: quoteName(seen.table), isFiltered: true }) + named
}

/** Rows of a table's columns that come from elsewhere, and which columns of it are there. */
export type SeenSource = { seen: SeenTable; from: string; isFiltered: boolean; columns?: readonly string[] | undefined }

/**
 * The same of rows that a function gave or a statement wrote; without a name.
 *
 * @example
 * const rows = writeSeenOf(statement, { seen, from: '"written"', isFiltered: false, columns: ['id'] })
 */
export function writeSeenOf(statement: Statement, { seen, from, isFiltered, columns }: SeenSource): string {
  const { table, where } = seen
  const there = [...table.columns.values()].filter(({ name }) => !columns || columns.includes(name))
  const list = there.map((column) => writeSeenColumn(seen, column)).join(', ')
  const conditions = isFiltered ? writeConditions(statement, innerAlias, where) : []
  const filter = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`
  // A row without columns is a row, too.
  return `(SELECT ${list === '' ? '1' : list} FROM ${from} AS ${quoteIdentifier(innerAlias)}${filter})`
}

/**
 * The conditions of a row filter over the rows that are called so; their values are bound as text of unknown type.
 *
 * @example
 * const [first] = writeConditions(statement, 'customers', seen.where) // '"customers"."workspace_id" = $1'
 */
export function writeConditions(statement: Statement, alias: string, where: readonly RowCondition[]): string[] {
  return where.map(({ column, values }) => writeCondition(statement, quoteColumn(alias, column), values))
}

function writeCondition(statement: Statement, column: string, values: RowCondition['values']): string {
  const texts = values.filter((value) => value !== null)
  const parts = [
    ...(texts.length === 1 ? [`${column} = ${statement.bind(texts[0] as string)}`] : []),
    ...(texts.length > 1 ? [`${column} = ANY (${statement.bind(arrayText(texts))})`] : []),
    ...(texts.length < values.length ? [`${column} IS NULL`] : []),
  ]
  if (parts.length === 0) return 'FALSE'
  return parts.length === 1 ? (parts[0] as string) : `(${parts.join(' OR ')})`
}

function writeSeenColumn({ masks }: SeenTable, column: CacheColumn): string {
  const value = quoteColumn(innerAlias, column.name)
  const form = masks.get(column.name)
  if (form === undefined) return value
  return `${writeMask(value, form, column)} AS ${quoteIdentifier(column.name)}`
}

// Below domains: one of them may refuse NULL, or what a mask leaves of a text.
function writeMask(value: string, form: MaskForm, { baseType }: CacheColumn): string {
  if (form === 'hidden' || !isText(baseType)) return `NULL::${baseType}`
  const text = `${value}::text`
  const part = form === 'first-letter' ? firstLetter(text) : lastFour(text)
  return `CASE WHEN ${value} IS NOT NULL THEN ${part} END`
}

const dots = "'••••'"

// A part that would be the whole is not shown.
function firstLetter(text: string): string {
  return `CASE WHEN length(${text}) > 1 THEN left(${text}, 1) ELSE '' END || ${dots}`
}

function lastFour(text: string): string {
  return `${dots} || CASE WHEN length(${text}) >= 8 THEN right(${text}, 4) ELSE '' END`
}

function isText(type: string): boolean {
  return /^(text|character( varying)?(\(\d+\))?|(.*\.)?citext)$/.test(type)
}
