// Rows on their way into a statement: a JSON document, and the SQL by which PostgreSQL reads it in the types of the table.
import { quoteIdentifier } from '@steward/postgres'
import type { Table } from './tables.ts'
import type { Values } from './values.ts'

/** A row of a document; the keys are those under which a step finds it. */
type SourceRow = { values: Values; keyNow?: string | null; keyThen?: string | null }

/**
 * FROM item of the rows in `$1`: `steward_step` with place, key_now and key_then, `steward_value` with the columns. Only the
 * given columns are read: a domain among the others may refuse the NULL that stands in for a missing value.
 */
export function rowSource(table: Table, columns: string[]): string {
  const definitions = columns.map(
    (name) => `${quoteIdentifier(name)} ${isJson(table, name) ? 'text' : typeOf(table, name)}`,
  )
  return `json_to_recordset($1::json) AS steward_step (place int, key_now text, key_then text, row json)
      CROSS JOIN LATERAL json_to_record(steward_step.row) AS steward_value (${definitions.join(', ')})`
}

/** SQL of a column of `rowSource` in its own type. */
export function sourceValue(table: Table, name: string): string {
  const value = `steward_value.${quoteIdentifier(name)}`
  return isJson(table, name) ? `${value}::${typeOf(table, name)}` : value
}

/** The document for `$1`. */
export function rowDocument(table: Table, columns: string[], rows: SourceRow[]): string {
  const documents = rows.map(
    ({ values, keyNow = null, keyThen = null }, place) =>
      `{"place":${place},"key_now":${JSON.stringify(keyNow)},"key_then":${JSON.stringify(keyThen)},"row":${objectText(table, columns, values)}}`,
  )
  return `[${documents.join(',')}]`
}

function objectText(table: Table, columns: string[], values: Values): string {
  const fields = columns.map((name) => {
    const text = values.get(name) ?? null
    // Read as JSON, a json column would lose white space and spellings, and \u0000 would be refused: it travels as text.
    return `${JSON.stringify(name)}:${text !== null && isJson(table, name) ? JSON.stringify(text) : text}`
  })
  return `{${fields.join(',')}}`
}

function isJson(table: Table, name: string): boolean {
  return table.columns.get(name)?.shape.kind === 'json'
}

function typeOf(table: Table, name: string): string {
  return table.columns.get(name)?.type as string
}
