// The rows of a file as records to be written: their values by column, and what is wrong with them.
import type { MetaColumn, MetaEntity } from '@steward/sdk'
import { kindOf } from '../filter/column-kind.ts'
import { type CellProblem, problemOf } from './check-cell.ts'

/** How an import writes. */
export type ImportMode = 'insert' | 'update' | 'upsert'

/** What an import does with a file. */
export type Mapping = {
  mode: ImportMode
  /** By column of the file; null is left out. */
  columns: readonly (string | null)[]
}

/** A row as a record. A column that is not in `values` has what the database gives it. */
export type CheckedRow = {
  /** In the file, its head included. */
  line: number
  values: Readonly<Record<string, string | null>>
  problems: readonly { column: string; problem: CellProblem }[]
  /** The values of its key as one text; null where it has none. */
  key: string | null
}

type Checking = { entity: Pick<MetaEntity, 'key' | 'columns'>; mapping: Mapping; firstLine: number }

/** Every row, checked. */
export function checkRows(
  rows: readonly (readonly string[])[],
  { entity, mapping, firstLine }: Checking,
): CheckedRow[] {
  const targets = mapping.columns.map((name) => entity.columns.find((one) => one.name === name) ?? null)
  return rows.map((cells, at) => {
    const entries = targets.flatMap((column, place): [MetaColumn, string | null][] =>
      column === null ? [] : [[column, valueOf(column, cells[place] ?? '')]],
    )
    // Nothing in a column that gives its own value is that value; a change says NULL.
    const isLeftOut = ([column, value]: [MetaColumn, string | null]) =>
      value === null && mapping.mode === 'insert' && (column.default !== null || column.isGenerated)
    const kept = entries.filter((entry) => !isLeftOut(entry))
    const values = Object.fromEntries(kept.map(([{ name }, value]) => [name, value]))
    const problems = kept.flatMap(([column, value]) => {
      const problem = problemOf(column, value)
      return problem === null ? [] : [{ column: column.name, problem }]
    })
    return { line: firstLine + at, values, problems, key: keyText(entity.key, values) }
  })
}

/** Nothing is NULL, but in a text that takes none; what is not text has no spaces around it. */
function valueOf(column: MetaColumn, cell: string): string | null {
  if (cell === '') return kindOf(column) === 'text' && !column.isNullable && column.default === null ? '' : null
  return ['text', 'json', 'other', 'enum'].includes(kindOf(column)) ? cell : cell.trim()
}

/** The values of a key as one text, by which records of the file and of the database are told to be the same. */
export function keyText(key: readonly string[], values: Readonly<Record<string, string | null>>): string | null {
  const parts = key.map((name) => values[name])
  return parts.length > 0 && parts.every((part) => part != null)
    ? JSON.stringify(parts.map((part) => plain(part ?? '')))
    : null
}

/** `007` and `7` are one number; letters of a uuid are one in any case. */
function plain(text: string): string {
  if (/^[+-]?\d+$/.test(text)) return text.replace(/^\+/, '').replace(/^(-?)0+(?=\d)/, '$1')
  return /^[0-9a-f]{8}-/i.test(text) ? text.toLowerCase() : text
}
