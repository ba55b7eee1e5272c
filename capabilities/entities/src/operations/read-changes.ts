// What an operation has changed so far, read from the trail inside its own transaction: triggers and cascades included.
import { isStewardError } from '@steward/base'
import { formatEntity, type QualifiedName, type Queryable } from '@steward/postgres'
import { type Change, readOperation, readTracking } from '@steward/trail/capability'
import { entitiesErrors } from '../errors.ts'

/**
 * The changes of an operation whose transaction is still open, oldest first. `target` is the table that was written;
 * null where it is not known, as of a function.
 *
 * @throws ENTITIES_TRAIL_MISSING, ENTITIES_NOT_TRACKED: to show nothing would look as if nothing had changed.
 * @example
 * const changes = await readChanges(transaction, { id: operation.id, target: { schema: 'public', name: 'orders' } })
 */
export async function readChanges(
  transaction: Queryable,
  { id, target }: { id: string; target: QualifiedName | null },
): Promise<Change[]> {
  const tracking = await readTracking(transaction, target)
  if (!tracking.isInstalled) throw entitiesErrors.TRAIL_MISSING()
  if (target !== null && tracking.isTracked === false)
    throw entitiesErrors.NOT_TRACKED({ entity: formatEntity(target) })
  try {
    return (await readOperation(transaction, { id })).changes
  } catch (error) {
    // Nothing has changed, so there is nothing of it in the trail.
    if (isStewardError(error, 'TRAIL_UNKNOWN_OPERATION')) return []
    throw error
  }
}
