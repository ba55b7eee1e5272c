// What the trail registers with the engine, and the port that it keeps for everybody: leaving operations.
import { isStewardError, redact } from '@steward/base'
import { type Capability, defineCapability, type LeaveOperation, type Operation } from '@steward/engine'
import { encodeContext } from './context/wire.ts'
import { trailContract } from './contract.ts'
import { trailErrors } from './errors.ts'
import { trailMigrations } from './install/newest-migration.ts'
import { translated } from './install/refusal.ts'
import { trailProcedures } from './procedures.ts'

/**
 * The trail as a capability.
 *
 * @example
 * const engine = { capabilities: [trail], pool, permit, leaveOperation: leaveInTrail }
 */
export const trail: Capability = defineCapability({
  name: 'trail',
  summary: 'Every data change with who, through what, why, before and after',
  contract: trailContract,
  procedures: trailProcedures,
  errors: trailErrors,
  migrations: trailMigrations,
})

/**
 * Leaves operations in the trail of the database that the transaction works on. The context rides on BEGIN, as that of
 * every instrumented service does.
 *
 * @throws TRAIL_NOT_INSTALLED: what Steward itself changes is never changed without a trail.
 * @example
 * await perform({ capabilities, pool, permit, leaveOperation: leaveInTrail }, request)
 */
export const leaveInTrail: LeaveOperation = {
  settings: (operation) => ({ 'steward.context': encodeContext(wireFields(operation), '') }),
  leave: async (transaction, _operation, ending) => {
    const error = ending.outcome === 'failed' ? errorText(ending.error) : null
    // Read back, and not made anew: a verb may have amended the operation.
    await translated(() =>
      transaction.query(`SELECT steward.leave(current_setting('steward.context', true), $1, $2)`, [
        ending.outcome,
        error,
      ]),
    )
  },
}

export type { Change } from './change.ts'
export { install as installTrail, trailLedger } from './install/install.ts'
export { isOutdated, trailMigrations } from './install/newest-migration.ts'
export { type OperationWithChanges, readOperation } from './read/operation.ts'
export { readTracked, readTracking, type Tracking } from './read/tracking.ts'
export { readChangesOf } from './seen/read-changes-of.ts'

const largestParamsBytes = 8192

function wireFields({ id, parentId, actor, procedure, params, reason, source, requestId, runId, reverts }: Operation) {
  return {
    id,
    actor,
    procedure,
    source,
    parentId: parentId ?? undefined,
    params: JSON.stringify(redact(params, { maxBytes: largestParamsBytes })),
    reason: reason ?? undefined,
    requestId: requestId ?? undefined,
    runId: runId ?? undefined,
    reverts: reverts ?? undefined,
  }
}

function errorText(error: unknown): string {
  const text = isStewardError(error) ? `${error.code}: ${error.message}` : String(error)
  return text.slice(0, 2000).replaceAll('\u0000', ' ').toWellFormed()
}
