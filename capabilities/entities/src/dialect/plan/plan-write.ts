// Writing: which columns change, which rows are meant, and what of them is needed afterwards.
import type { CacheColumn, CacheTable, SchemaCache } from '../../catalog/schema-cache.ts'
import type { Condition, DialectRequest, Logic, Payload } from '../dialect-request.ts'
import type { RowsPlan, WritePlan } from '../plan-tree.ts'
import { neededColumns } from './needed-columns.ts'
import { columnNotFound, putFiltersRefused, putRangeRefused } from './plan-errors.ts'
import { planLogic } from './plan-filters.ts'

/** What is written, and the rows that are read from it afterwards. */
export type WriteContext = { cache: SchemaCache; table: CacheTable; rows: RowsPlan }

const nothing = { text: '[]', keys: [], isArray: true, rowCount: 0 }

/**
 * Plans POST, PATCH, PUT and DELETE on a table or view.
 *
 * @throws DialectError PGRST204 for a column that does not exist, PGRST105 and PGRST114 for PUT.
 */
export function planWrite(request: DialectRequest, context: WriteContext): WritePlan {
  const { table } = context
  if (request.method === 'PUT') checkPut(request, table)
  const payload = jsonPayload(request.payload)
  const columns = request.method === 'DELETE' ? [] : (request.columns ?? payload.keys)
  const location = request.method === 'POST' && request.preferences.return === 'headers-only' ? table.primaryKey : null
  return {
    table,
    columns: [...new Set(columns)].map((name) => writtenColumn(table, name)),
    payload,
    hasDefaults: request.preferences.missing === 'default',
    conflict: conflictOf(request, table),
    where: request.method === 'POST' ? [] : rootFilters(request).map((what) => planFilter(context, what)),
    returning: returningOf(request, context, location),
    location,
  }
}

function jsonPayload(payload: Payload | null) {
  return payload?.kind === 'json' ? payload : nothing
}

function writtenColumn(table: CacheTable, name: string): CacheColumn {
  const column = table.columns.get(name)
  if (!column) throw columnNotFound(name, table)
  return column
}

function rootFilters(request: DialectRequest): Logic[] {
  return request.filters.filter(({ path }) => path.length === 0).map(({ what }) => what)
}

function planFilter({ cache, table }: WriteContext, what: Logic) {
  return planLogic(cache, { table, type: table, embeds: [] }, what)
}

/** Without a key that could tell rows apart, `resolution` is dropped, as the dialect has it. */
function conflictOf(request: DialectRequest, table: CacheTable): WritePlan['conflict'] {
  if (request.method === 'PUT') return { columns: table.primaryKey, resolution: 'merge-duplicates' }
  const { resolution } = request.preferences
  const columns = request.onConflict ?? table.primaryKey
  return request.method === 'POST' && resolution !== null && columns.length > 0 ? { columns, resolution } : null
}

function returningOf(
  request: DialectRequest,
  { rows, table }: WriteContext,
  location: string[] | null,
): WritePlan['returning'] {
  const needed = request.preferences.return === 'representation' ? neededColumns(rows) : new Set<string>()
  if (needed === 'all') return 'all'
  const inserted = conflictOf(request, table)?.columns ?? []
  return [...new Set([...needed, ...(location ?? []), ...inserted])]
}

function checkPut(request: DialectRequest, table: CacheTable): void {
  if (request.ranges.some(({ path }) => path.length === 0)) throw putRangeRefused()
  const filters = rootFilters(request)
  const named = new Set(filters.map((what) => (isPlainEqual(what) ? what.field.name : null)))
  const isKey = named.size === table.primaryKey.length && table.primaryKey.every((column) => named.has(column))
  if (!isKey || named.size === 0) throw putFiltersRefused()
}

function isPlainEqual(what: Logic): what is Condition {
  if (what.kind !== 'condition') return false
  return what.operator === 'eq' && what.quantifier === null && !what.isNegated && what.field.path.length === 0
}
