// The rows as they are now, in the very form in which the trail writes them, so that texts can be compared.
import type { Transaction } from '@steward/postgres'
import type { Table } from './tables.ts'
import { readValues, type Values } from './values.ts'

/** Current rows by key; a key without a row is missing. */
export async function readCurrentRows(
  transaction: Transaction,
  table: Table,
  keys: (string | null)[],
): Promise<Map<string, Values>> {
  const wanted = [...new Set(keys.filter((key) => key !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } = await transaction.query<{ key: string; record: string; literalNulls: string[] | null }>(
    `SELECT key, record, literal_nulls AS "literalNulls" FROM steward.rows_${table.relationId}($1)`,
    [wanted],
  )
  return new Map(rows.map((row) => [row.key, readValues(row.record, row.literalNulls, '-')]))
}

/**
 * Locks rows until the transaction ends, in the order of their keys, so that two reverts never wait in a circle.
 */
export async function lockRows(transaction: Transaction, table: Table, keys: string[]): Promise<void> {
  await transaction.query(
    `SELECT FROM unnest($1::text[]) AS steward_wanted (key) JOIN ${only(table)} AS steward_row ON ${keyMatches(table, 'steward_row', 'steward_wanted.key')}
      ORDER BY steward_wanted.key FOR UPDATE OF steward_row`,
    [keys],
  )
}

/** The table as FROM must name it: without the rows of children, which are entities of their own. */
export function only(table: Table): string {
  return table.isPartitioned ? table.sql : `ONLY ${table.sql}`
}

/** SQL that is true where the row `alias` has the key whose stored text is `keyText`. */
export function keyMatches(table: Table, alias: string, keyText: string): string {
  return table.keyColumns
    .map((name, place) => {
      const part = table.keyColumns.length === 1 ? keyText : `(${keyText}::json ->> ${place})`
      return `${alias}.${quote(name)} = ${part}::${table.columns.get(name)?.type}`
    })
    .join(' AND ')
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
