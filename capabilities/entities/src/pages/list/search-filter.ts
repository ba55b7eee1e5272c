// What the search box of a list looks for: by the columns that people call a record by, and never by looking through a large table.
import type { MetaColumn, MetaEntity, Values } from '@steward/sdk'
import { kindOf } from '../filter/column-kind.ts'
import { type Parameter, quoteName, quoteValue } from '../filter/dialect-text.ts'
import { printMember } from '../filter/print-filter.ts'
import { cursorOf } from './keyset.ts'

/** Up to so many records are looked through; beyond them the search that indexes answer is asked. */
const mostLookedThrough = 10_000

/**
 * The filter for a text that is searched for in a small entity; null where the search over indexes has to find the keys.
 *
 * @example
 * searchFilter(customers, 'kim') // ['or', '(name.ilike.*kim*,email.ilike.*kim*)']
 */
export function searchFilter(entity: MetaEntity, text: string): Parameter | null {
  const { columns, search, estimatedRows } = entity
  if (estimatedRows === null || estimatedRows > mostLookedThrough)
    return search.length === 0 ? throughAll(entity, text) : null
  const sought = columns.filter(({ name }) => search.includes(name))
  return parts(sought.length > 0 ? sought : columns, text)
}

function throughAll({ columns }: MetaEntity, text: string): Parameter {
  return parts(columns, text)
}

function parts(columns: readonly MetaColumn[], text: string): Parameter {
  const members = columns.flatMap((column) => partOf(column, text))
  return ['or', `(${members.length === 0 ? nothing(columns) : members.join(',')})`]
}

function partOf(column: MetaColumn, text: string): string[] {
  if (column.masked !== null || !column.readable) return []
  const field = quoteName(column.name)
  switch (kindOf(column)) {
    case 'text':
      return [printMember({ field, operator: 'contains', values: [text] })]
    case 'number':
      return /^-?\d{1,18}$/.test(text) && fits(column, text) ? [`${field}.eq.${text}`] : []
    case 'uuid':
      return /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(text) ? [`${field}.eq.${text}`] : []
    default:
      return []
  }
}

/** PostgreSQL refuses a number that the type does not have. */
function fits({ baseType }: MetaColumn, text: string): boolean {
  const most = { smallint: 32_767n, integer: 2_147_483_647n }[baseType]
  const size = BigInt(text) < 0n ? -BigInt(text) : BigInt(text)
  return most === undefined || size <= most
}

/** Nothing of it can be there: a text where there are only numbers. */
function nothing([first]: readonly MetaColumn[]): string {
  const name = quoteName(first?.name ?? '')
  return `and(${name}.is.null,${name}.not.is.null)`
}

/**
 * The filter for records by their keys.
 *
 * @example
 * keysFilter(['id'], [{ id: 1 }, { id: 2 }]) // ['id', 'in.(1,2)']
 */
export function keysFilter(key: readonly string[], keys: readonly Values[]): Parameter {
  const terms = key.map((column) => ({ column, isDescending: false, nulls: 'last' as const }))
  const texts = keys.map((one) => cursorOf(terms, one).map((text) => quoteValue(text ?? '')))
  const [only, ...more] = key.map(quoteName)
  if (only !== undefined && more.length === 0) return [only, `in.(${texts.map(([text]) => text).join(',')})`]
  const members = texts.map(
    (one) => `and(${one.map((text, at) => `${quoteName(key[at] ?? '')}.eq.${text}`).join(',')})`,
  )
  return ['or', `(${members.join(',')})`]
}
