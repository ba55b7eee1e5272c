// From what the server answered to what the answer is made of.
import type { Landed } from './flight.ts'
import type { Plan } from './plan.ts'
import type { AnswerRow } from './query.ts'

const empty: AnswerRow = {
  total: null,
  page: '0',
  body: null,
  location: null,
  inserted: null,
  outside: null,
  version: null,
  response_headers: null,
  response_status: null,
}

/** The one row that every statement of the dialect answers with. */
export function toAnswerRow(landed: Landed | undefined): AnswerRow {
  const [values] = landed?.rows ?? []
  if (landed === undefined || values === undefined) return empty
  const named = Object.fromEntries(landed.columns.map((column, place) => [column, values[place] ?? null]))
  return { ...empty, ...named }
}

/** How many rows match: as counted, or as PostgreSQL estimates where that was asked for. */
export function toTotal({ count, maxRows }: Plan, row: AnswerRow, estimate: Landed | undefined): number | null {
  const counted = row.total === null ? null : Number(row.total)
  const estimated = estimate === undefined ? null : estimatedRows(estimate)
  if (count === 'planned') return estimated
  if (count !== 'estimated' || estimated === null) return counted
  // Counted up to the limit and no further: beyond it the planner knows better.
  if (counted === null) return estimated
  return maxRows !== null && counted > maxRows ? Math.max(counted, estimated) : counted
}

function estimatedRows({ rows }: Landed): number | null {
  const explained = JSON.parse(rows[0]?.[0] ?? '[]') as { Plan?: { 'Plan Rows'?: number } }[]
  return explained[0]?.Plan?.['Plan Rows'] ?? null
}

/** Whether an upsert had something to tell rows apart by; without it `resolution` does nothing and is not repeated. */
export function isResolved(plan: Plan): boolean {
  if (plan.kind !== 'insert') return false
  return plan.write.table.primaryKey.length > 0 || plan.request.onConflict !== null
}
