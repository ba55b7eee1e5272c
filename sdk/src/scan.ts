// Reads a whole table page by page, by its key and never by an offset: as cheap at the end as at the beginning.
import { unwrap } from './call-error.ts'
import type { MetaEntity } from './entity-shapes.ts'
import { sdkErrors } from './errors.ts'

/** The little of a query that pages are asked with. */
export type PageQuery = PromiseLike<{ data: unknown; error: unknown; status: number }> & {
  or: (filters: string) => PageQuery
  order: (column: string) => PageQuery
  limit: (count: number) => PageQuery
  abortSignal: (signal: AbortSignal) => PageQuery
}

/** How pages are asked for. */
export type Paging = {
  entity: Pick<MetaEntity, 'entity' | 'kind' | 'key'>
  /** Instead of the entity's own key. */
  key: readonly string[] | null
  select: string
  pageSize: number
  signal: AbortSignal | null
  /** A query of these columns, filtered. */
  query: (select: string) => PageQuery
}

/**
 * Every record, in the order of the key. What is written meanwhile may or may not be seen; no record comes twice.
 *
 * @throws SDK_SCAN_NO_KEY, SDK_SCAN_KEY_NULL, CallError
 */
export async function* scanPages(paging: Paging): AsyncGenerator<Record<string, unknown>, void, undefined> {
  const { entity, pageSize, select, signal, query } = paging
  const key = paging.key ?? entity.key
  if (key.length === 0) throw sdkErrors.SCAN_NO_KEY({ entity: entity.entity })
  const page = (selected: string) => {
    const asked = query(selected)
    return signal === null ? asked : asked.abortSignal(signal)
  }
  await refuseNulls(paging, key, page)
  // As text: a number of twenty digits would come back as another one.
  const places = key.map((column, place) => ({ column, alias: `steward_key_${place}` }))
  const selected = [select, ...places.map(({ column, alias }) => `${alias}:${name(column)}::text`)].join(',')
  for (let last: string[] | null = null; ; ) {
    let asked = last === null ? page(selected) : page(selected).or(after(key, last))
    for (const column of key) asked = asked.order(name(column))
    const rows = (await unwrap(asked.limit(pageSize))) as Record<string, unknown>[]
    for (const { ...row } of rows) {
      last = places.map(({ alias }) => row[alias] as string)
      for (const { alias } of places) delete row[alias]
      yield row
    }
    // The server may cap a page below what was asked for: only an empty one is the end.
    if (rows.length === 0) return
  }
}

// A key of a table has a value in each column; one of a view, or one that somebody named, may have none.
async function refuseNulls(
  { entity, key: given }: Paging,
  key: readonly string[],
  page: (select: string) => PageQuery,
) {
  if (given === null && entity.kind !== 'view' && entity.kind !== 'materialized') return
  const nulls = key.map((column) => `${name(column)}.is.null`).join(',')
  const found = (await unwrap(
    page(name(key[0] as string))
      .or(nulls)
      .limit(1),
  )) as unknown[]
  if (found.length > 0) throw sdkErrors.SCAN_KEY_NULL({ entity: entity.entity })
}

// (a, b) > (1, 2), as the dialect writes it: a.gt.1 or (a.eq.1 and b.gt.2).
function after(key: readonly string[], last: readonly string[]): string {
  return key
    .map((column, place) => {
      const before = key.slice(0, place).map((one, at) => `${name(one)}.eq.${value(last[at] as string)}`)
      const beyond = `${name(column)}.gt.${value(last[place] as string)}`
      return before.length === 0 ? beyond : `and(${[...before, beyond].join(',')})`
    })
    .join(',')
}

function name(column: string): string {
  return /^[A-Za-z_]\w*$/.test(column) ? column : value(column)
}

function value(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`
}
