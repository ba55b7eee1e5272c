// Pages by the place where the last one ended, never by an offset: as quick at the end of a million records as at their beginning.
import { printJson } from '@steward/base'
import type { Values } from '@steward/sdk'
import { type Parameter, quoteName, quoteValue } from '../filter/dialect-text.ts'
import type { OrderTerm } from './order.ts'

/** Where a record stands: its values in the columns of the order, as texts of PostgreSQL. */
export type Cursor = readonly (string | null)[]

/** Where a record stands in an order. */
export function cursorOf(order: readonly OrderTerm[], row: Values): Cursor {
  return order.map(({ column }) => cursorText(row[column]))
}

/** A value as a text of PostgreSQL; null is NULL. */
export function cursorText(value: unknown): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' ? value : printJson(value)
}

/**
 * The filter for what comes behind a place: `(a, b) > (1, 2)` with nulls and directions of its own for each column, and a bound for
 * the first column by which an index finds the place.
 *
 * @example
 * afterCursor([{ column: 'id', isDescending: false, nulls: 'last' }], ['7'], () => false) // [['or', '(id.gt.7)']]
 */
export function afterCursor(
  order: readonly OrderTerm[],
  cursor: Cursor,
  isNullable: (column: string) => boolean,
): Parameter[] {
  const ways = order.flatMap((term, at): string[] => {
    const beyond = beyondOf(term, cursor[at] ?? null, isNullable(term.column))
    if (beyond === null) return []
    const same = order.slice(0, at).map(({ column }, place) => sameAs(column, cursor[place] ?? null))
    return [same.length === 0 ? beyond : `and(${[...same, beyond].join(',')})`]
  })
  // Nothing comes behind the last place of all: what is never true says so.
  const [first] = order
  if (ways.length === 0) return first === undefined ? [] : [['and', `(${nothingOf(first.column)})`]]
  return [...boundOf(order, cursor, isNullable), ['or', `(${ways.join(',')})`]]
}

function sameAs(column: string, value: string | null): string {
  return value === null ? `${quoteName(column)}.is.null` : `${quoteName(column)}.eq.${quoteValue(value)}`
}

/** Behind a value in one column; null where nothing can be. */
function beyondOf(
  { column, isDescending, nulls }: OrderTerm,
  value: string | null,
  isNullable: boolean,
): string | null {
  const name = quoteName(column)
  if (value === null) return nulls === 'first' ? `${name}.not.is.null` : null
  const beyond = `${name}.${isDescending ? 'lt' : 'gt'}.${quoteValue(value)}`
  return nulls === 'last' && isNullable ? `or(${beyond},${name}.is.null)` : beyond
}

function nothingOf(column: string): string {
  return `${quoteName(column)}.is.null,${quoteName(column)}.not.is.null`
}

/** What an index can use: an alternative alone it would filter from the beginning. Not where nulls are still to come. */
function boundOf(
  [first, ...rest]: readonly OrderTerm[],
  [value = null]: Cursor,
  isNullable: (column: string) => boolean,
): Parameter[] {
  if (first === undefined || value === null || rest.length === 0) return []
  if (first.nulls === 'last' && isNullable(first.column)) return []
  return [['and', `(${quoteName(first.column)}.${first.isDescending ? 'lte' : 'gte'}.${quoteValue(value)})`]]
}
