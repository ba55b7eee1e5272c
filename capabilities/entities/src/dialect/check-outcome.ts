// What can only be told from the rows, and must be told before they are kept.
import { DialectError } from './dialect-error.ts'
import type { Landed } from './flight.ts'
import { toAnswerRow } from './landed-row.ts'
import { type Plan, putKeyMismatch } from './plan.ts'

/** Whether the answer has to be looked at before the transaction ends; what was only read may be looked at after it. */
export function isChecked(plan: Plan): boolean {
  if (plan.format.kind === 'plan' || plan.isReadOnly) return false
  return plan.kind === 'put' || isBounded(plan) || plan.format.kind === 'object'
}

/**
 * Lets rows through, or refuses them, so that nothing of them is kept.
 *
 * @throws PGRST116 when one object was asked for and there is not exactly one, PGRST124 beyond `max-affected`, PGRST115 when
 * the row of a PUT is not the one that its filters name.
 */
export function checkOutcome(plan: Plan, [answered]: Landed[]): void {
  if (plan.format.kind === 'plan') return
  const page = Number(toAnswerRow(answered).page)
  if (plan.kind === 'put') {
    if (page !== 1) throw putKeyMismatch()
    return
  }
  if (plan.format.kind === 'object' && page !== 1) throw notSingular(page)
  const { maxAffected } = plan.request.preferences
  if (isBounded(plan) && maxAffected !== null && page > maxAffected) throw exceedsMaxAffected(page)
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
