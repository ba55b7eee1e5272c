// `numbers=string`: which columns leave as text, because JavaScript would not hold their numbers.
import type { PlannedColumn, RowsPlan } from '../plan-tree.ts'

/** Says so of the rows and of all that is embedded in them. */
export function showNumbersAsText(rows: RowsPlan): void {
  rows.hasTextNumbers = true
  for (const embed of rows.embeds) showNumbersAsText(embed.rows)
}

/** The text type that a value of this type leaves as, or null where it leaves as it is. */
export function textOfNumber(type: string | null): 'text' | 'text[]' | null {
  const [, isList] = /^(?:bigint|int8|numeric|decimal)(?:\([^)]*\))?((?:\[\])*)$/i.exec(type ?? '') ?? []
  if (isList === undefined) return null
  return isList === '' ? 'text' : 'text[]'
}

/**
 * The type of what stands in a column of the answer; null where nobody knows. Of JSON only the column itself has a type:
 * numbers within a document are the document's.
 */
export function typeOfColumn({
  field,
  cast,
  aggregate,
  aggregateCast,
}: PlannedColumn & { kind: 'field' }): string | null {
  const own = cast ?? (field === null ? null : typeOfField(field))
  if (aggregate === null) return own
  if (aggregateCast !== null) return aggregateCast
  if (aggregate === 'count') return 'bigint'
  if (aggregate === 'max' || aggregate === 'min') return own
  // PostgreSQL adds up integers as numeric or bigint, and keeps floating point what it is.
  return own === null || /^(real|double precision|float[48]|interval|money)/.test(own) ? own : 'numeric'
}

function typeOfField({ path, type }: NonNullable<(PlannedColumn & { kind: 'field' })['field']>): string | null {
  if (path.length === 0) return type
  return path.at(-1)?.operator === '->>' ? 'text' : 'jsonb'
}
