// What was tried and failed is in the trail, too: in a transaction of its own, after the failed one has ended.
import type { LeaveOperation, Operation } from '@steward/engine'
import { inTransaction, type Pool } from '@steward/postgres'

/** An operation that failed, and who keeps it. */
export type Failed = { pool: Pool; leaveOperation: LeaveOperation; operation: Operation }

/**
 * Leaves a failed operation behind. Where that cannot be done, as without a trail, nothing is left: the caller's own error
 * is the one that counts.
 *
 * @example
 * await leaveFailure({ pool, leaveOperation, operation }, error)
 */
export async function leaveFailure({ pool, leaveOperation, operation }: Failed, error: unknown): Promise<void> {
  const settings = leaveOperation.settings(operation)
  await inTransaction(pool, { settings }, (transaction) =>
    leaveOperation.leave(transaction, operation, { outcome: 'failed', error }),
  ).catch(() => undefined)
}
