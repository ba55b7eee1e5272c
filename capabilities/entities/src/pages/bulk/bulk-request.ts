// The one request by which many records are written at once: exactly those that were chosen, and no more.
import { parseJson } from '@steward/base'
import type { ChangesetDone, ChangesetRequest, MetaColumn, MetaEntity } from '@steward/sdk'
import { isJsonColumn } from '../filter/column-kind.ts'
import type { Parameter } from '../filter/dialect-text.ts'
import { viewerZone } from '../list/list-query.ts'
import { keysFilter } from '../list/search-filter.ts'
import { type Selection, selectedCount } from '../list/selection.ts'

/** What is written: new values, as texts, or a removal. */
export type BulkWrite = { method: 'PATCH'; values: Readonly<Record<string, string | null>> } | { method: 'DELETE' }

/**
 * The request for a changeset. It is refused, and nothing is done, where more records match by now than were chosen.
 *
 * @example
 * bulkRequest(orders, selection, { method: 'PATCH', values: { status: 'paid' } }).path // '/entities/orders?id=in.(1%2C2)'
 */
export function bulkRequest(entity: MetaEntity, selection: Selection, write: BulkWrite): ChangesetRequest {
  const count = selectedCount(selection)
  const filters = selection.matching?.filters ?? [keysFilter(entity.key, [...selection.keys.values()])]
  return {
    method: write.method,
    path: `${pathOf(entity)}?${queryOf(filters)}`,
    headers: {
      'Content-Profile': entity.schema,
      Prefer: `return=minimal,count=exact,handling=strict,max-affected=${count},timezone=${viewerZone()}`,
    },
    ...(write.method === 'PATCH' ? { body: bodyOf(write.values, entity.columns) } : {}),
  }
}

/** Where an entity is written, whatever it is called. */
export function pathOf({ name }: Pick<MetaEntity, 'name'>): string {
  return `/entities/${encodeURIComponent(name)}`
}

function queryOf(filters: readonly Parameter[]): string {
  return filters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
}

/** Values as PostgreSQL's own texts, which it reads by the column's type; JSON as itself. */
export function bodyOf(
  values: Readonly<Record<string, string | null>>,
  columns: readonly MetaColumn[],
): Record<string, unknown> {
  const json = new Set(columns.filter(isJsonColumn).map(({ name }) => name))
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    value !== null && json.has(name) ? parseJson(value) : value,
  ])
  return Object.fromEntries(entries)
}

/** How many records a request of a changeset has reached: what `Content-Range` says of it. */
export function reachedBy({ results }: ChangesetDone, at = 0): number {
  const header = Object.entries(results[at]?.headers ?? {}).find(([name]) => name.toLowerCase() === 'content-range')
  return Number(/\/(\d+)$/.exec(header?.[1] ?? '')?.[1] ?? 0)
}
