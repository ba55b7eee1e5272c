// Whether a text can be a value of a column, before anybody is asked; the database has the last word.
import type { MetaColumn } from '@steward/sdk'
import { kindOf } from '../filter/column-kind.ts'

/** What is wrong with a cell. */
export type CellProblem =
  | 'missing'
  | 'number'
  | 'whole'
  | 'boolean'
  | 'date'
  | 'moment'
  | 'choice'
  | 'length'
  | 'uuid'
  | 'json'

/** What is wrong with a text in this column, or null; null as a value is NULL. */
export function problemOf(column: MetaColumn, value: string | null): CellProblem | null {
  if (value === null) return column.isNullable || column.default !== null || column.isGenerated ? null : 'missing'
  switch (kindOf(column)) {
    case 'number':
      return numberProblem(column, value.trim())
    case 'boolean':
      return /^(t|f|true|false|y|n|yes|no|on|off|1|0)$/i.test(value.trim()) ? null : 'boolean'
    case 'enum':
      return column.enum?.includes(value) === true ? null : 'choice'
    case 'date':
      return /\d/.test(value) && !Number.isNaN(Date.parse(value)) ? null : 'date'
    case 'moment':
      return /\d/.test(value) && !Number.isNaN(Date.parse(value.replace(/([+-]\d{2})$/, '$1:00'))) ? null : 'moment'
    case 'uuid':
      return /^\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?$/i.test(value.trim()) ? null : 'uuid'
    case 'json':
      return isJson(value) ? null : 'json'
    case 'text':
      return column.maxLength !== null && Array.from(value).length > column.maxLength ? 'length' : null
    default:
      return null
  }
}

function numberProblem({ baseType }: MetaColumn, value: string): CellProblem | null {
  if (/^(smallint|integer|bigint)/.test(baseType)) return /^[+-]?\d+$/.test(value) ? null : 'whole'
  if (baseType === 'money') return null
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$|^[+-]?(nan|infinity|inf)$/i.test(value) ? null : 'number'
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
