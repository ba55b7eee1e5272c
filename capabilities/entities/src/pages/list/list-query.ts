// What a page of a list asks the API: one request, only the columns that it shows, one record more than it shows.
import type { MetaColumn, MetaEntity, StewardClient, Values } from '@steward/sdk'
import { unwrap } from '@steward/sdk'
import { isJsonColumn } from '../filter/column-kind.ts'
import { type Parameter, quoteName } from '../filter/dialect-text.ts'
import { printFilter } from '../filter/print-filter.ts'
import { afterCursor, type Cursor, cursorOf } from './keyset.ts'
import { type ListState, shownColumns } from './list-state.ts'
import { backwards, type OrderTerm, totalOrder } from './order.ts'

/** How many records a page has. */
export const pageSize = 50

/** A page of a list. */
export type ListPage = {
  rows: Values[]
  /** Where the next page begins and the page before ends; null where there is none. */
  next: Cursor | null
  previous: Cursor | null
  /** Of an entity without a key: whether there is more than is shown. */
  hasMore: boolean
}

/** What a list is asked for. */
export type Listing = {
  entity: MetaEntity
  entities: readonly MetaEntity[]
  state: ListState
  size?: number
  /** For a file: JSON as its text, with all digits of its numbers, and no titles of what is referred to. */
  isForFile?: boolean
}

/** Where the title of a referenced record stands in a row. */
export const titleField = (column: string): string => `steward_title_of_${column}`

/** The key of an entity, where every column of it is seen as it is: without it there are no links, places and selections. */
export function usableKey({ key, columns }: Pick<MetaEntity, 'key' | 'columns'>): readonly string[] {
  const isWhole = (name: string) => columns.some((one) => one.name === name && one.readable && one.masked === null)
  return key.every(isWhole) ? key : []
}

/** The request for a page: its select, its filters, its order, and how many. */
export function planPage({ entity, entities, state, size = pageSize, isForFile = false }: Listing) {
  const key = usableKey(entity)
  const order = totalOrder(state.order, { key: [...key], columns: entity.columns })
  const { place } = state
  const isBackwards = place?.direction === 'before'
  const asked = isBackwards ? backwards(order) : order
  const isNullable = (name: string) => entity.columns.find((one) => one.name === name)?.isNullable ?? true
  const isPlaced = place !== null && key.length > 0 && place.cursor.length === order.length
  return {
    select: selectOf(shownColumns(state, entity), { entity, entities, order, isForFile }),
    filters: [...printFilter(state.filter), ...(isPlaced ? afterCursor(asked, place.cursor, isNullable) : [])],
    order,
    asked,
    isBackwards: isBackwards && isPlaced,
    isPlaced,
    limit: (key.length === 0 ? (state.rows ?? size) : size) + 1,
  }
}

/** A page of records. @throws CallError */
export async function readPage(
  client: StewardClient,
  listing: Listing,
  { more = [], signal }: { more?: readonly Parameter[]; signal: AbortSignal },
): Promise<ListPage> {
  const plan = planPage(listing)
  const query = asking(client, { entity: listing.entity, select: plan.select, filters: [...plan.filters, ...more] })
  for (const { column, isDescending, nulls } of plan.asked) {
    query.order(quoteName(column), { ascending: !isDescending, nullsFirst: nulls === 'first' })
  }
  const found = (await unwrap(query.limit(plan.limit).abortSignal(signal))) as unknown as Values[]
  return pageOf(found, plan, usableKey(listing.entity).length > 0)
}

type Plan = ReturnType<typeof planPage>

/** What was found, cut to the page; there is more where one more was found, or where somebody has come from. */
export function pageOf(found: readonly Values[], plan: Plan, hasKey: boolean): ListPage {
  const hasMore = found.length >= plan.limit
  const kept = found.slice(0, plan.limit - 1)
  const rows = plan.isBackwards ? kept.toReversed() : kept
  const [first] = rows
  const last = rows.at(-1)
  if (!hasKey || first === undefined || last === undefined) return { rows, next: null, previous: null, hasMore }
  const isThereNext = plan.isBackwards || hasMore
  const isTherePrevious = plan.isBackwards ? hasMore : plan.isPlaced
  return {
    rows,
    next: isThereNext ? cursorOf(plan.order, last) : null,
    previous: isTherePrevious ? cursorOf(plan.order, first) : null,
    hasMore,
  }
}

/** What is read: of which entity, which columns, with filters as an address has them. */
type Asked = {
  entity: Pick<MetaEntity, 'schema' | 'name'>
  select: string
  filters: readonly Parameter[]
  prefers?: readonly string[]
}

/** A read of an entity. */
export function asking(client: StewardClient, { entity: { schema, name }, select, filters, prefers = [] }: Asked) {
  const preferences = [...prefers, `timezone=${viewerZone()}`].join(',')
  let query = client.schema(schema).from(name).select(select).setHeader('Prefer', preferences)
  for (const [field, value] of filters) {
    // postgrest-js writes `field=operator.value`: parted at any dot, it is the text that it was.
    const dot = value.indexOf('.')
    query = dot === -1 ? query.filter(field, value, '') : query.filter(field, value.slice(0, dot), value.slice(dot + 1))
  }
  return query
}

/** So that `today` begins when the day of whoever looks begins. */
export function viewerZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

type Selecting = Pick<Listing, 'entity' | 'entities' | 'isForFile'> & { order: readonly OrderTerm[] }

/** The columns that are shown, those of key and order, and the titles of what is referred to. */
function selectOf(columns: readonly MetaColumn[], { entity, entities, order, isForFile }: Selecting): string {
  const names = [...columns.map(({ name }) => name), ...entity.key, ...order.map(({ column }) => column)]
  const plain = [...new Set(names)].flatMap((name) => {
    const column = entity.columns.find((one) => one.name === name)
    if (column === undefined || (!column.readable && column.masked === null)) return []
    const isText = isForFile === true && column.masked === null && isJsonColumn(column)
    return [`${quoteName(name)}${isText ? '::text' : ''}`]
  })
  const titles = isForFile === true ? [] : columns.flatMap((column) => titleOf(column, { entity, entities }))
  return [...plain, ...titles].join(',')
}

/** The embed that brings the title of the record that a column refers to; none where it may not be read, or has none. */
function titleOf(column: MetaColumn, { entity, entities }: Omit<Selecting, 'order'>): string[] {
  const { references } = column
  if (references === null) return []
  const title = entities.find((one) => one.entity === references.entity)?.title ?? null
  const way = entity.relationships.find(
    ({ entity: target, columns: [pair, ...more], embed }) =>
      embed !== null &&
      target === references.entity &&
      more.length === 0 &&
      pair?.from === column.name &&
      pair.to === references.column,
  )
  if (title === null || title === references.column || way?.embed == null) return []
  return [`${quoteName(titleField(column.name))}:${way.embed}(${quoteName(title)})`]
}
