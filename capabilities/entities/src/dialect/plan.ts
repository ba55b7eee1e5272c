// The second stage of the corridor: checks what a request asks for against the database, and says what is to be done.
import { tableNotFound } from '../catalog/find-table.ts'
import type { CacheTable, SchemaCache } from '../catalog/schema-cache.ts'
import { entitiesErrors } from '../errors.ts'
import type { Settings } from '../options.ts'
import { admit } from '../visibility/onlooker.ts'
import type { Onlooker, SeenTable } from '../visibility/see-table.ts'
import { makeSight, type Sight } from '../visibility/sight.ts'
import type { AnswerFormat, DialectRequest } from './dialect-request.ts'
import { planCall } from './plan/plan-call.ts'
import { placeFilters } from './plan/plan-filters.ts'
import { placeOrder } from './plan/plan-order.ts'
import { capOfRows, capRows, placeRanges } from './plan/plan-ranges.ts'
import { type PlanContext, planRows, type Root } from './plan/plan-rows.ts'
import { planWrite } from './plan/plan-write.ts'
import type { Plan, RowsPlan } from './plan-tree.ts'

export { putKeyMismatch } from './plan/plan-errors.ts'
export type { Plan } from './plan-tree.ts'

/** What a plan depends on besides the request and the database. */
export type PlanSettings = Pick<Settings, 'maxRows' | 'allowsAggregates' | 'allowsTxOverride'>

/**
 * Plans one request on a table, a view or a function, as somebody sees them. Every relation and every column that is
 * written is found; columns that are only read are left to PostgreSQL, unless something is held back from whoever asks.
 *
 * @throws DialectError for whatever is not found, not told apart, or not allowed there; ENTITIES_NOT_VISIBLE,
 * ENTITIES_MASKED_COLUMN and their like for what the role may not do.
 * @example
 * const plan = makePlan(request, cache, settings, { role, actor })
 * plan.kind // 'read'
 */
export function makePlan(
  request: DialectRequest,
  cache: SchemaCache,
  settings: PlanSettings,
  onlooker: Omit<Onlooker, 'cache'>,
): Plan {
  const { target } = request
  const sight = makeSight(admit({ ...onlooker, cache }))
  if (sight.holdsBack && request.format.kind === 'plan') throw entitiesErrors.PLAN_NOT_ALLOWED()
  if (target.kind === 'function') return planFunction(request, sight, settings, target.name)
  if (target.kind === 'root') throw new TypeError('The root is described, not planned')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  const { table, seen } = findTarget(sight, request.schema, { name: target.name, isRead })
  const root: Root = {
    source: isRead ? { kind: 'table', table } : { kind: 'statement', name: 'written' },
    type: { schema: table.schema, name: table.name },
    seen,
    name: table.name,
  }
  const rows = growTree(request, contextOf(request, sight, settings), {
    root,
    maxRows: isRead ? settings.maxRows : null,
    isWrite: !isRead,
  })
  const base = planBase(request, settings, rows)
  if (isRead) return { ...base, kind: 'read', isReadOnly: true, hasBody: request.method === 'GET' }
  const write = planWrite(request, { sight, table, seen, rows })
  if (write.returning !== 'all') rows.source = { kind: 'statement', name: 'written', columns: write.returning }
  const hasBody = request.preferences.return === 'representation'
  return { ...base, kind: writeKinds[request.method] ?? 'insert', isReadOnly: false, hasBody, write }
}

/** What may be written need not be readable. */
function findTarget(
  sight: Sight,
  schema: string,
  { name, isRead }: { name: string; isRead: boolean },
): { table: CacheTable; seen: SeenTable | null } {
  const table = sight.whole.table(schema, name)
  if (table === null) throw tableNotFound(sight.seen, schema, name)
  if (sight.role === null) return { table, seen: null }
  const seen = sight.see(table)
  return { table, seen: isRead || seen.writes.size === 0 ? sight.demand(table) : seen }
}

const writeKinds: Partial<Record<DialectRequest['method'], 'insert' | 'update' | 'delete' | 'put'>> = {
  POST: 'insert',
  PATCH: 'update',
  DELETE: 'delete',
  PUT: 'put',
}

function planFunction(request: DialectRequest, sight: Sight, settings: PlanSettings, name: string): Plan {
  const call = planCall(request, sight, name)
  const { returns, volatility } = call.function
  const root: Root = {
    source: { kind: 'statement', name: 'called' },
    type: returns.table,
    seen: returns.table && sight.demand(returns.table),
    name: returns.table?.name ?? name,
  }
  const context = contextOf(request, sight, settings)
  const rows = growTree(request, context, { root, maxRows: settings.maxRows, isWrite: false })
  return {
    ...planBase(request, settings, rows),
    kind: 'call',
    isReadOnly: request.method !== 'POST' || volatility !== 'volatile',
    hasBody: request.method !== 'HEAD' && !returns.isVoid,
    call,
  }
}

type Growth = { root: Root; maxRows: number | null; isWrite: boolean }

/** After a write all its rows are read, unless the role caps them: the filters chose them before, and no range cuts them. */
function growTree(request: DialectRequest, context: PlanContext, { root, maxRows, isWrite }: Growth): RowsPlan {
  const rows = planRows(context, root, request.select)
  const filters = isWrite ? request.filters.filter(({ path }) => path.length > 0) : request.filters
  placeFilters(context.sight, rows, filters)
  placeOrder(context.sight, rows, root.name, request.order)
  if (isWrite) capRows(rows, maxRows)
  else placeRanges(rows, request.ranges, maxRows)
  return rows
}

function contextOf(request: DialectRequest, sight: Sight, settings: PlanSettings): PlanContext {
  return { sight, schema: request.schema, allowsAggregates: settings.allowsAggregates }
}

function planBase(request: DialectRequest, settings: PlanSettings, rows: RowsPlan) {
  const { format, preferences } = request
  return {
    format,
    bodyFormat: format.kind === 'plan' ? formatOf(format.for) : format,
    request,
    rollback: settings.allowsTxOverride && preferences.tx === 'rollback',
    count: preferences.count,
    maxRows: capOfRows(rows, settings.maxRows),
    rows,
  }
}

/** What a plan is asked for: the statement differs with the format of its answer. */
function formatOf(mediaType: string): AnswerFormat {
  const isNullsStripped = mediaType.includes('nulls=stripped')
  if (mediaType.startsWith('application/vnd.pgrst.object')) return { kind: 'object', isNullsStripped }
  if (mediaType.startsWith('application/vnd.pgrst.array')) return { kind: 'array', isNullsStripped }
  if (mediaType.startsWith('text/csv')) return { kind: 'csv' }
  if (mediaType.startsWith('application/geo+json')) return { kind: 'geojson' }
  return { kind: 'json' }
}
