// A part of a filter as people think of it: a field, what is demanded of it, and the values.

import type { MetaColumn } from '@steward/sdk'
import { isJsonColumn, kindOf } from './column-kind.ts'

/** What can be demanded of a field. `other` is the dialect's own text, kept as it came. */
export type Operator =
  | 'is'
  | 'isNot'
  | 'anyOf'
  | 'contains'
  | 'startsWith'
  | 'atLeast'
  | 'atMost'
  | 'above'
  | 'below'
  | 'between'
  | 'within'
  | 'covers'
  | 'isNull'
  | 'isNotNull'
  | 'isTrue'
  | 'isFalse'
  | 'other'

/** All clauses of a filter must hold. `field` is written as in the dialect: a column, quoted where it must be, or a way into its JSON. */
export type Clause = { readonly field: string; readonly operator: Operator; readonly values: readonly string[] }

/** How many values an operator takes; null is any number. */
export function valueCount(operator: Operator): number | null {
  if (operator === 'anyOf') return null
  if (operator === 'between' || operator === 'within') return 2
  return ['isNull', 'isNotNull', 'isTrue', 'isFalse'].includes(operator) ? 0 : 1
}

/**
 * What can be demanded of a column, the usual first.
 *
 * @example
 * operatorsOf(total)[0] // 'atLeast'
 */
export function operatorsOf(column: MetaColumn): Operator[] {
  const nulls: Operator[] = column.isNullable ? ['isNull', 'isNotNull'] : []
  return [...typedOperators(column), ...nulls]
}

function typedOperators(column: MetaColumn): Operator[] {
  if (isJsonColumn(column) || kindOf(column) === 'array') return ['covers']
  if (column.references !== null) return ['is', 'isNot', 'anyOf']
  switch (kindOf(column)) {
    case 'enum':
      return ['anyOf', 'isNot']
    case 'boolean':
      return ['isTrue', 'isFalse']
    case 'number':
      return ['is', 'atLeast', 'atMost', 'between', 'isNot', 'anyOf']
    case 'date':
    case 'moment':
      return ['within', 'atLeast', 'below']
    case 'text':
      return ['contains', 'is', 'startsWith', 'anyOf', 'isNot']
    default:
      return ['is', 'isNot', 'anyOf']
  }
}
