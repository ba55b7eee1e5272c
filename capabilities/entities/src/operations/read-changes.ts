// What an operation has changed so far, read from the trail inside its own transaction: triggers and cascades included.
import type { Role } from '@steward/engine'
import { formatEntity, type QualifiedName, type Queryable } from '@steward/postgres'
import { readChangesOf, readTracking } from '@steward/trail/capability'
import { entitiesErrors } from '../errors.ts'
import type { Write } from './begin-write.ts'

/** An operation whose transaction is still open, and as what its changes are seen. */
export type Seen = Pick<Write, 'operation'> & { role: Role | null }

/**
 * The changes of an operation, oldest first, as the role sees them. `target` is the table that was written; null where it is
 * not known, as of a function.
 *
 * @throws ENTITIES_TRAIL_MISSING, ENTITIES_NOT_TRACKED: to show nothing would look as if nothing had changed.
 * @example
 * const changes = await readChanges(transaction, { operation, role, target: { schema: 'public', name: 'orders' } })
 */
export async function readChanges(
  transaction: Queryable,
  { target, ...seen }: Seen & { target: QualifiedName | null },
): Promise<unknown[]> {
  const tracking = await readTracking(transaction, target)
  if (!tracking.isInstalled) throw entitiesErrors.TRAIL_MISSING()
  if (target !== null && tracking.isTracked === false)
    throw entitiesErrors.NOT_TRACKED({ entity: formatEntity(target) })
  return readSeen(transaction, seen)
}

/**
 * The same of an operation that may have written anything, so that what is not tracked is not asked for; null without a trail.
 *
 * @example
 * const changes = await readChangesIfKept(transaction, { operation, role })
 */
export async function readChangesIfKept(transaction: Queryable, seen: Seen): Promise<unknown[] | null> {
  const { isInstalled } = await readTracking(transaction, null)
  return isInstalled ? readSeen(transaction, seen) : null
}

function readSeen(transaction: Queryable, { operation: { id, actor }, role }: Seen): Promise<unknown[]> {
  return readChangesOf(transaction, { operationId: id, actor, role })
}
