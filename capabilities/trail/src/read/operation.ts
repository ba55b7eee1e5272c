// One operation with everything that it changed.
import type { Queryable } from '@steward/postgres'
import { type Change, changeColumns, type StoredChange, toChange } from '../change.ts'
import { trailErrors } from '../errors.ts'
import {
  instantSql,
  type OperationDetails,
  partColumns,
  type RevertingOperation,
  type StoredOperation,
  type StoredPart,
  toOperation,
  toOperationDetails,
  unknownOperation,
} from '../operation.ts'
import { type Relation, readRelations } from '../relation.ts'
import { ask } from './ask.ts'

/** An operation and its changes, oldest first. Changes of operations nested in it are under those. */
export type OperationWithChanges = { operation: OperationDetails; changes: Change[] }

const partsStatement = {
  name: 'steward_operation_parts',
  text: `SELECT ${partColumns('operation')} FROM steward.operation WHERE operation.id = $1::uuid ORDER BY operation.at, operation.xid`,
}

const changesStatement = {
  name: 'steward_operation_changes',
  text: `SELECT ${changeColumns('change')} FROM steward.change WHERE change.operation_id = $1::uuid ORDER BY change.id`,
}

const revertersStatement = {
  name: 'steward_operation_reverters',
  text: `
  SELECT reverting.operation_id, operation.at, operation.actor_type, operation.actor_id, operation.actor_name
    FROM (SELECT DISTINCT belonging.operation_id FROM steward.belonging WHERE belonging.reverts = $1::uuid) AS reverting
   CROSS JOIN LATERAL (
     SELECT ${instantSql('part.at')} AS at, part.actor_type, part.actor_id, part.actor_name FROM steward.operation AS part
      WHERE part.id = reverting.operation_id ORDER BY part.at LIMIT 1) AS operation
   ORDER BY operation.at DESC`,
}

/**
 * Reads an operation with all of its transactions and changes. All changes are in memory at once.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_UNKNOWN_OPERATION
 * @example
 * const { operation, changes } = await readOperation(pool, { id: change.operation.id })
 */
export async function readOperation(queryable: Queryable, { id }: { id: string }): Promise<OperationWithChanges> {
  const { operation, found } = await findOperation(queryable, { id })
  return { operation, changes: found.map(({ change }) => change) }
}

/** A change with what it was made from. `key` is that of its record as it is stored; null where it has none. */
export type FoundChange = { change: Change; relation: Relation; key: string | null }

/** {@link readOperation} for those who look at the changes one by one. */
export async function findOperation(
  queryable: Queryable,
  { id }: { id: string },
): Promise<{ operation: OperationDetails; found: FoundChange[] }> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) throw trailErrors.UNKNOWN_OPERATION({ id })
  const [first, ...others] = await ask<StoredPart>(queryable, partsStatement, [id])
  const stored = await ask<StoredChange>(queryable, changesStatement, [id])
  // A forged context leaves changes without a part: they must not look as if nothing had happened.
  if (first === undefined && stored[0] === undefined) throw trailErrors.UNKNOWN_OPERATION({ id })
  const revertedBy = await findReverters(queryable, id)
  const operation = {
    ...(first ? toOperationDetails([first, ...others]) : withoutParts(id, stored)),
    ...(revertedBy.length > 0 ? { revertedBy } : {}),
  }
  const parts = new Map([...(first ? [first] : []), ...others].map((part) => [part.xid, toOperation(part)]))
  const relations = await readRelations(
    queryable,
    stored.map((change) => change.relation_id),
  )
  const found = stored.flatMap((row): FoundChange[] => {
    const relation = relations.get(row.relation_id)
    if (relation === undefined) return []
    const change = toChange(row, relation, parts.get(row.xid) ?? unknownOperation(id, row.at))
    return [{ change, relation, key: row.key ?? row.previous_key }]
  })
  return { operation, found }
}

type Reverter = Pick<StoredOperation, 'operation_id' | 'actor_type' | 'actor_id' | 'actor_name'> & { at: string }

async function findReverters(queryable: Queryable, id: string): Promise<RevertingOperation[]> {
  const rows = await ask<Reverter>(queryable, revertersStatement, [id])
  return rows.map((row) => ({
    id: row.operation_id,
    at: row.at,
    actor: { type: row.actor_type, id: row.actor_id, name: row.actor_name },
  }))
}

function withoutParts(id: string, changes: StoredChange[]): OperationDetails {
  return {
    ...unknownOperation(id, changes[0]?.at ?? ''),
    parentId: null,
    reverts: null,
    runId: null,
    imported: false,
    signed: null,
    outcome: null,
    error: null,
    databaseUser: null,
    applicationName: null,
    clientAddress: null,
    transactions: [],
  }
}
