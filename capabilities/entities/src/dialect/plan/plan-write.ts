// Writing: which columns change, which rows are meant, and what of them is needed afterwards.
import type { CacheColumn, CacheTable } from '../../catalog/schema-cache.ts'
import { demandUnmasked } from '../../visibility/demand-usable.ts'
import { demandWritable } from '../../visibility/demand-writable.ts'
import { isHeldBack, type SeenTable } from '../../visibility/see-table.ts'
import type { Sight } from '../../visibility/sight.ts'
import type { Condition, DialectRequest, Logic, Payload } from '../dialect-request.ts'
import type { RowsPlan, WritePlan } from '../plan-tree.ts'
import { neededColumns } from './needed-columns.ts'
import { columnNotFound, putFiltersRefused, putRangeRefused } from './plan-errors.ts'
import { planLogic } from './plan-filters.ts'

/** What is written, and the rows that are read from it afterwards. */
export type WriteContext = { sight: Sight; table: CacheTable; seen: SeenTable | null; rows: RowsPlan }

const nothing = { text: '[]', keys: [], isArray: true, rowCount: 0 }

/**
 * Plans POST, PATCH, PUT and DELETE on a table or view.
 *
 * @throws DialectError PGRST204 for a column that does not exist, PGRST105 and PGRST114 for PUT; what `demandWritable`
 * refuses, and ENTITIES_MASKED_COLUMN.
 */
export function planWrite(request: DialectRequest, context: WriteContext): WritePlan {
  const { table, seen } = context
  if (request.method === 'PUT') checkPut(request, table)
  const payload = jsonPayload(request.payload)
  const columns = request.method === 'DELETE' ? [] : (request.columns ?? payload.keys)
  const location = locationOf(request, context)
  const conflict = conflictOf(request, table)
  for (const name of columns) demandUnmasked(seen, name, 'written')
  for (const name of conflict?.columns ?? []) demandUnmasked(seen, name, 'what rows are told apart by')
  if (seen !== null) demandWritable(request, { seen, conflict, role: context.sight.role ?? '' })
  return {
    table,
    columns: [...new Set(columns)].map((name) => writtenColumn(table, name)),
    payload,
    hasDefaults: request.preferences.missing === 'default',
    conflict,
    rowFilter: seen?.where ?? [],
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

function planFilter({ sight, table, seen }: WriteContext, what: Logic) {
  return planLogic(sight, { table, type: table, seen, embeds: [] }, what)
}

/** The key columns of the Location that is asked for. One that has a masked column tells nobody anything. */
function locationOf({ method, preferences }: DialectRequest, { table, seen }: WriteContext): string[] | null {
  if (method !== 'POST' || preferences.return !== 'headers-only') return null
  return table.primaryKey.some((name) => seen?.masks.has(name)) ? null : table.primaryKey
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
  { rows, table, seen }: WriteContext,
  location: string[] | null,
): WritePlan['returning'] {
  const needed = request.preferences.return === 'representation' ? neededColumns(rows) : new Set<string>()
  const inserted = conflictOf(request, table)?.columns ?? []
  if (needed === 'all') return seen && isHeldBack(seen) ? [...table.columns.keys()] : 'all'
  const filtered = seen?.where.map(({ column }) => column) ?? []
  return [...new Set([...needed, ...(location ?? []), ...inserted, ...filtered])]
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
