// What can only be told from the rows, and must be told before they are kept.
import { formatEntity } from '@steward/postgres'
import { entitiesErrors } from '../errors.ts'
import { type Cap, demandWithin } from '../operations/cap-rows.ts'
import { DialectError } from './dialect-error.ts'
import type { Landed } from './flight.ts'
import { toAnswerRow } from './landed-row.ts'
import { namesOneRecord } from './plan/plan-version.ts'
import { type Plan, putKeyMismatch } from './plan.ts'

/** Whether the answer has to be looked at before the transaction ends; what was only read may be looked at after it. */
export function isChecked(plan: Plan, cap: Cap | null): boolean {
  if (plan.format.kind === 'plan' || plan.isReadOnly) return false
  if ('write' in plan && (plan.write.match !== undefined || isWithinReach(plan, cap))) return true
  if ('write' in plan && plan.write.rowFilter.length > 0) return true
  return plan.kind === 'put' || isBounded(plan) || (plan.format.kind === 'object' && !isOneInsert(plan))
}

/**
 * Lets rows through, or refuses them, so that nothing of them is kept.
 *
 * @throws PGRST116 when one object was asked for and there is not exactly one, PGRST124 beyond `max-affected`, PGRST115 when
 * the row of a PUT is not the one that its filters name, ENTITIES_OUTSIDE_ROWS, ENTITIES_CHANGED_SINCE,
 * ENTITIES_TOO_MANY_AFFECTED.
 */
export function checkOutcome(plan: Plan, [answered]: Landed[], cap: Cap | null): void {
  if (plan.format.kind === 'plan') return
  const row = toAnswerRow(answered)
  const page = Number(row.page)
  if ('write' in plan) {
    if (Number(row.outside ?? 0) > 0) throw entitiesErrors.OUTSIDE_ROWS({ entity: formatEntity(plan.write.table) })
    const isNew = plan.kind === 'put' && Number(row.inserted ?? 0) > 0
    if (plan.write.match !== undefined && (page === 0 || isNew))
      throw entitiesErrors.CHANGED_SINCE({ entity: formatEntity(plan.write.table) })
    demandWithin(cap, page)
  }
  if (plan.kind === 'put') {
    if (page !== 1) throw putKeyMismatch()
    return
  }
  if (plan.format.kind === 'object' && page !== 1) throw notSingular(page)
  const { maxAffected } = plan.request.preferences
  if (isBounded(plan) && maxAffected !== null && page > maxAffected) throw exceedsMaxAffected(page)
}

/** Whether so many rows could be written. */
function isWithinReach(plan: Plan & { write: unknown }, cap: Cap | null): boolean {
  if (cap === null || !('write' in plan)) return false
  const most = namesOneRecord(plan)
    ? 1
    : plan.kind === 'insert'
      ? plan.write.payload.rowCount
      : Number.POSITIVE_INFINITY
  return most > cap.most
}

/** One row goes in and one comes out, so that an object can be made of it. */
function isOneInsert(plan: Plan): boolean {
  if (plan.kind !== 'insert') return false
  const { payload, conflict, table } = plan.write
  return payload.rowCount === 1 && conflict === null && table.keepsEveryInsert === true
}

function isBounded({ kind, request }: Plan): boolean {
  const { handling, maxAffected } = request.preferences
  return handling === 'strict' && maxAffected !== null && (kind === 'update' || kind === 'delete' || kind === 'call')
}

function notSingular(count: number): DialectError {
  return new DialectError({
    status: 406,
    code: 'PGRST116',
    message: 'Cannot coerce the result to a single JSON object',
    details: `The result contains ${count} rows`,
  })
}

function exceedsMaxAffected(count: number): DialectError {
  return new DialectError({
    status: 400,
    code: 'PGRST124',
    message: 'Query result exceeds max-affected preference constraint',
    details: `The query affects ${count} rows`,
  })
}
