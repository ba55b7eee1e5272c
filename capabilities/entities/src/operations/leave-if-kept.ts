// An operation that is asked for later, by its id, is in the trail also where it has changed nothing that is tracked.
import type { LeaveOperation, Operation } from '@steward/engine'
import type { Transaction } from '@steward/postgres'
import { readTracking } from '@steward/trail/capability'

/**
 * Leaves an operation behind in the transaction of its changes; nothing without a trail.
 *
 * @example
 * await leaveIfKept(transaction, settings.leaveOperation, operation)
 */
export async function leaveIfKept(
  transaction: Transaction,
  leaveOperation: LeaveOperation | null,
  operation: Operation,
): Promise<void> {
  if (leaveOperation === null || !(await readTracking(transaction, null)).isInstalled) return
  await leaveOperation.leave(transaction, operation, { outcome: 'done' })
}
