// The order of a list, as the dialect writes it: `total.desc.nullslast,id.asc`.
import type { MetaEntity } from '@steward/sdk'
import { isSortable, kindOf } from '../filter/column-kind.ts'
import { columnOfField, quoteName } from '../filter/dialect-text.ts'

/** One column of an order. */
export type OrderTerm = { readonly column: string; readonly isDescending: boolean; readonly nulls: 'first' | 'last' }

/** Where PostgreSQL puts nulls when nobody says it. */
const usualNulls = (isDescending: boolean): OrderTerm['nulls'] => (isDescending ? 'first' : 'last')

/** An order as the dialect writes it; empty where there is none. */
export function printOrder(order: readonly OrderTerm[]): string {
  return order
    .map(({ column, isDescending, nulls }) => {
      const placed = nulls === usualNulls(isDescending) ? '' : `.nulls${nulls}`
      return `${quoteName(column)}.${isDescending ? 'desc' : 'asc'}${placed}`
    })
    .join(',')
}

/**
 * An order of an address, as far as this entity can be sorted by it.
 *
 * @example
 * parseOrder('total.desc', orders) // [{ column: 'total', isDescending: true, nulls: 'first' }]
 */
export function parseOrder(text: string, { columns }: Pick<MetaEntity, 'columns'>): OrderTerm[] {
  const sortable = new Set(columns.filter(isSortable).map(({ name }) => name))
  const terms = splitTerms(text).flatMap((term): OrderTerm[] => {
    const [, field = '', direction, nulls] = /^(.+?)(?:\.(asc|desc))?(?:\.nulls(first|last))?$/.exec(term) ?? []
    const column = columnOfField(field)
    if (column === null || !sortable.has(column)) return []
    const isDescending = direction === 'desc'
    return [{ column, isDescending, nulls: (nulls as OrderTerm['nulls'] | undefined) ?? usualNulls(isDescending) }]
  })
  return terms.filter(({ column }, at) => terms.findIndex((one) => one.column === column) === at)
}

function splitTerms(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\[\s\S])*"|[^,"])+/g)?.map((term) => term.trim()) ?? []
}

/** The order that clicking a head leads to: upwards, downwards, none. Nulls come last either way. */
export function nextOrder(order: readonly OrderTerm[], column: string, isNullable: boolean): OrderTerm[] {
  const [first] = order
  if (first?.column !== column) return [{ column, isDescending: false, nulls: 'last' }]
  return first.isDescending ? [] : [{ column, isDescending: true, nulls: isNullable ? 'last' : 'first' }]
}

/**
 * An order in which no two records stand at the same place: what is wished, then the key. Without a wish the key alone, the newest
 * first where it counts upwards.
 */
export function totalOrder(
  order: readonly OrderTerm[],
  { key, columns }: Pick<MetaEntity, 'key' | 'columns'>,
): OrderTerm[] {
  const [only] = key
  const counted = columns.find(({ name }) => name === only)
  const isNewestFirst = order.length === 0 && key.length === 1 && counted !== undefined && kindOf(counted) === 'number'
  const rest = key.filter((column) => order.every((term) => term.column !== column))
  return [
    ...order,
    ...rest.map((column) => ({ column, isDescending: isNewestFirst, nulls: usualNulls(isNewestFirst) })),
  ]
}

/** The same order from its other end. */
export function backwards(order: readonly OrderTerm[]): OrderTerm[] {
  return order.map(({ column, isDescending, nulls }) => ({
    column,
    isDescending: !isDescending,
    nulls: nulls === 'first' ? 'last' : 'first',
  }))
}
