// Everything that a list shows, as it stands in the page's address; and back.
import type { MetaColumn, MetaEntity } from '@steward/sdk'
import type { Clause } from '../filter/clause.ts'
import { columnOfField, type Parameter, quoteName } from '../filter/dialect-text.ts'
import { parseFilter } from '../filter/parse-filter.ts'
import { printFilter } from '../filter/print-filter.ts'
import type { Cursor } from './keyset.ts'
import { type OrderTerm, parseOrder, printOrder } from './order.ts'

/** What a list shows. */
export type ListState = {
  /** By name, in order; null is what the entity's list has. */
  columns: readonly string[] | null
  filter: readonly Clause[]
  order: readonly OrderTerm[]
  /** What is searched for in this entity. */
  search: string
  /** The page behind a place, or before it. */
  place: { direction: 'after' | 'before'; cursor: Cursor } | null
  /** Of an entity without a key, which has no places: how many records are shown. */
  rows: number | null
}

/** Search parameters as the frame's router hands them out: texts, and lists of those that stand there several times. */
export type Search = Readonly<Record<string, unknown>>

/** The parameters of an address, in order; a name that stands there twice comes twice. */
export function parametersOf(search: Search): Parameter[] {
  return Object.entries(search).flatMap(([name, value]): Parameter[] => {
    const values: unknown[] = Array.isArray(value) ? value : [value]
    return values.flatMap((one) => (typeof one === 'string' ? [[name, one] as const] : []))
  })
}

/** What the address of a list says, as far as it fits the entity. */
export function readState(search: Search, entity: MetaEntity): ListState {
  const { select, order, q, after, before, rows, ...rest } = search
  const cursor = cursorIn(after) ?? cursorIn(before)
  const chosen = typeof select === 'string' ? namesIn(select, entity.columns) : []
  return {
    columns: chosen.length > 0 ? chosen : null,
    filter: parseFilter(parametersOf(rest)),
    order: typeof order === 'string' ? parseOrder(order, entity) : [],
    search: typeof q === 'string' ? q : '',
    place: cursor === null ? null : { direction: cursorIn(after) === null ? 'before' : 'after', cursor },
    rows: typeof rows === 'string' && /^[1-9]\d{0,5}$/.test(rows) ? Number(rows) : null,
  }
}

/** The search parameters of an address that shows this; the dialect's own, where it has them. */
export function printState({
  columns,
  filter,
  order,
  search,
  place,
  rows,
}: ListState): Record<string, string | string[]> {
  const printed: Record<string, string | string[]> = {}
  for (const [name, value] of printFilter(filter)) {
    const known = printed[name]
    printed[name] = known === undefined ? value : [known, value].flat()
  }
  if (columns !== null) printed['select'] = columns.map(quoteName).join(',')
  if (order.length > 0) printed['order'] = printOrder(order)
  if (search !== '') printed['q'] = search
  if (place !== null) printed[place.direction] = JSON.stringify(place.cursor)
  if (rows !== null) printed['rows'] = String(rows)
  return printed
}

/** The columns that are shown, in order. */
export function shownColumns({ columns }: Pick<ListState, 'columns'>, entity: MetaEntity): MetaColumn[] {
  const names = columns ?? entity.list
  const shown = names.flatMap((name) => entity.columns.find((one) => one.name === name) ?? [])
  return shown.length > 0 ? shown : entity.columns.slice(0, 7)
}

function cursorIn(text: unknown): Cursor | null {
  const value = typeof text === 'string' ? parsed(text) : null
  const isCursor = Array.isArray(value) && value.every((one) => one === null || typeof one === 'string')
  return isCursor && value.length > 0 ? (value as Cursor) : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function namesIn(select: string, columns: readonly MetaColumn[]): string[] {
  const known = new Set(columns.map(({ name }) => name))
  const names = (select.match(/(?:"(?:[^"\\]|\\[\s\S])*"|[^,"])+/g) ?? []).map((item) => columnOfField(item.trim()))
  return [...new Set(names.filter((name) => name !== null && known.has(name)))] as string[]
}
