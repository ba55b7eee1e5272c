// Keeps the port ReadChanges: what an operation has changed so far, read inside its own transaction.
import { isStewardError } from '@steward/base'
import type { ReadChanges } from '@steward/engine'
import { readOperation } from '../read/operation.ts'
import { seeOperation } from './see-operations.ts'
import { sightOf } from './sight.ts'

/**
 * What an operation has changed so far in its open transaction, triggers and cascades included, oldest first, as the role
 * sees it; nothing where no tracked row has changed.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED
 * @example
 * const engine: Engine = { capabilities: [trail], pool, permit, leaveOperation: leaveInTrail, readChanges: readChangesOf }
 */
export const readChangesOf: ReadChanges = async (transaction, { operationId: id, actor, role }) => {
  const sight = sightOf({ queryable: transaction, actor, role })
  try {
    const { changes } = sight === null ? await readOperation(transaction, { id }) : await seeOperation(sight, { id })
    return changes
  } catch (error) {
    // Nothing has changed, so there is nothing of it in the trail.
    if (isStewardError(error, 'TRAIL_UNKNOWN_OPERATION')) return []
    throw error
  }
}
