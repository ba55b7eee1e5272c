// What kind of values a column has, as far as filters, fields and alignment care.
import type { MetaColumn } from '@steward/sdk'

/** A kind of values; `other` is what PostgreSQL alone understands. */
export type ColumnKind =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'moment'
  | 'enum'
  | 'uuid'
  | 'json'
  | 'array'
  | 'other'

type Typed = Pick<MetaColumn, 'baseType' | 'enum'>

/** The kind of a column's values. */
export function kindOf({ baseType, enum: labels }: Typed): ColumnKind {
  const type = baseType.toLowerCase()
  if (type.endsWith('[]')) return 'array'
  if (labels !== null) return 'enum'
  if (/^(smallint|integer|bigint|numeric|decimal|real|double precision|oid|money)\b/.test(type)) return 'number'
  if (type === 'boolean') return 'boolean'
  if (type === 'date') return 'date'
  if (type.startsWith('timestamp')) return 'moment'
  if (type === 'uuid') return 'uuid'
  if (type === 'json' || type === 'jsonb') return 'json'
  return /^(text|character|varchar|bpchar|name)\b/.test(type) || /(^|\.)citext$/.test(type) ? 'text' : 'other'
}

/** Whether a column holds JSON. */
export function isJsonColumn(column: Typed): boolean {
  return kindOf(column) === 'json'
}

/** Whether a list can be sorted by it: what is masked, and what has no order or no text that leads back to it, cannot. */
export function isSortable(column: Pick<MetaColumn, 'baseType' | 'enum' | 'masked' | 'readable'>): boolean {
  if (column.masked !== null || !column.readable) return false
  const kind = kindOf(column)
  if (kind === 'json' || kind === 'array') return false
  return kind !== 'other' || /^(time|interval|inet|cidr|macaddr8?|bytea)\b/i.test(column.baseType)
}
