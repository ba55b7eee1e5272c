// Operations through the eyes of a role: what was handed in and what went wrong may hold what it does not see.
import { isPermitted } from '@steward/engine'
import { trailErrors } from '../errors.ts'
import { parseKey } from '../key.ts'
import type { Operation, OperationDetails } from '../operation.ts'
import { ask } from '../read/ask.ts'
import { type FoundChange, findOperation, type OperationWithChanges } from '../read/operation.ts'
import {
  type OperationFilter,
  type OperationPage,
  searchOperations,
  type WroteCondition,
  wroteSql,
} from '../read/operations.ts'
import { type Relation, readRelations } from '../relation.ts'
import { maskedNames, maskValues } from './mask-values.ts'
import { demandPlainKey, demandRelation, readableTables, type Sight } from './sight.ts'
import { visibleRecords } from './visible-records.ts'

/** A change as a role sees it; `masked` names the columns of it that are shown in masked form. */
export type SeenChange = FoundChange['change'] & { masked?: string[] }

/** An operation as a role sees it; `hidden` counts its changes that are left out. */
export type SeenOperation = OperationWithChanges & { hidden: number }

/**
 * An operation with those of its changes that the role sees.
 *
 * @throws TRAIL_UNKNOWN_OPERATION also where the role sees some rows only, and none of these
 */
export async function seeOperation(sight: Sight, { id }: { id: string }): Promise<SeenOperation> {
  const { operation, found } = await findOperation(sight.queryable, { id })
  const seen = await keepSeen(sight, found)
  if (seen.length === 0 && sight.hasFilters) throw trailErrors.UNKNOWN_OPERATION({ id })
  const shown = await operationsShownWhole(sight, [id])
  return {
    operation: { ...holdBackDetails(sight, operation, shown.has(id)), ...(await seenReverters(sight, operation)) },
    changes: seen.map((each) => maskChange(sight, each.relation, each.change, shown)),
    hidden: found.length - seen.length,
  }
}

/**
 * Searches operations. Those without any change that the role sees are passed over where it sees some rows only; params
 * that are held back are not searched.
 *
 * @throws what `searchOperations` throws, TRAIL_MASKED
 */
export async function seeOperations(sight: Sight, filter: OperationFilter): Promise<OperationPage> {
  const { entity, key } = filter
  if (key !== undefined && entity === undefined) throw trailErrors.KEY_WITHOUT_ENTITY()
  if (entity !== undefined) {
    const seen = await demandRelation(sight, entity)
    if (key !== undefined) {
      demandPlainKey(seen)
      const keyText = await parseKey(sight.queryable, seen.relation, key)
      const isSeen = (await visibleRecords(sight.queryable, seen, [keyText])).has(keyText)
      if (!isSeen) return { operations: [], next: null }
    }
  }
  const relationIds = (await readableTables(sight)).map(({ id }) => id)
  const { operations, next } = await searchOperations(sight.queryable, filter, {
    relationIds,
    keep: (ids, wrote) => keepOperations(sight, relationIds, { ids, wrote }),
    isCounted: (relation) => {
      const { canRead, where } = sight.of(relation)
      return canRead && where.length === 0
    },
  })
  const shown = await operationsShownWhole(
    sight,
    operations.map(({ id }) => id),
  )
  return { operations: operations.map((operation) => holdBack(operation, shown.has(operation.id))), next }
}

/** Who took it back, of those of whom the role sees a change. */
async function seenReverters(
  sight: Sight,
  { revertedBy }: OperationDetails,
): Promise<Pick<OperationDetails, 'revertedBy'>> {
  if (revertedBy === undefined) return {}
  const relationIds = (await readableTables(sight)).map((table) => table.id)
  const ids = revertedBy.map((reverting) => reverting.id)
  const kept = await keepOperations(sight, relationIds, { ids, wrote: { relationId: null, names: null } })
  return { revertedBy: revertedBy.filter((reverting) => kept.has(reverting.id)) }
}

/** The changes that the role sees, in their order. */
async function keepSeen(sight: Sight, found: readonly FoundChange[]): Promise<FoundChange[]> {
  const records = found.flatMap(({ relation, key }) => (key === null ? [] : [{ relation, key }]))
  const isSeen = await recordsSeen(sight, records)
  return found.filter(({ relation, key }) => isSeen(relation, key))
}

/** Tells of each of these records whether the role sees it; what has no key is seen where all rows of its table are. */
export async function recordsSeen(
  sight: Sight,
  records: readonly { relation: Relation; key: string }[],
): Promise<(relation: Relation, key: string | null) => boolean> {
  const keys = new Map<Relation, Set<string>>()
  for (const { relation, key } of records) keys.set(relation, (keys.get(relation) ?? new Set()).add(key))
  const visible = new Map<number, ReadonlySet<string>>()
  for (const [relation, wanted] of keys) {
    visible.set(relation.id, await visibleRecords(sight.queryable, sight.of(relation), wanted))
  }
  return (relation, key) => {
    const { canRead, where } = sight.of(relation)
    if (!canRead || where.length === 0) return canRead
    return key !== null && visible.get(relation.id)?.has(key) === true
  }
}

/** Where the role sees some rows only: the operations with a change that it sees, of those that were looked for. */
async function keepOperations(
  sight: Sight,
  relationIds: readonly number[],
  { ids, wrote }: { ids: readonly string[]; wrote: WroteCondition },
): Promise<ReadonlySet<string>> {
  if (!sight.hasFilters || ids.length === 0) return new Set(ids)
  const which = wrote.relationId === null ? '' : `AND change.relation_id = ${Number(wrote.relationId)}`
  const named = wrote.names === null ? '' : `AND (${wroteSql('$3')})`
  const rows = await ask<{ operation_id: string; relation_id: string; key: string | null }>(
    sight.queryable,
    {
      text: `SELECT DISTINCT change.operation_id, change.relation_id, coalesce(change.key, change.previous_key) AS key FROM steward.change
        WHERE change.operation_id = ANY ($1::uuid[]) AND change.relation_id = ANY ($2::integer[]) ${which} ${named}`,
    },
    [ids, relationIds, ...(wrote.names === null ? [] : [wrote.names])],
  )
  const relations = await readRelations(
    sight.queryable,
    rows.map((row) => row.relation_id),
  )
  const records = rows.map((row) => ({ ...row, relation: relations.get(row.relation_id) as Relation }))
  const isSeen = await recordsSeen(
    sight,
    records.flatMap(({ relation, key }) => (key === null ? [] : [{ relation, key }])),
  )
  return new Set(records.filter(({ relation, key }) => isSeen(relation, key)).map((row) => row.operation_id))
}

/**
 * The operations of these whose params and errors hide nothing from the role: those that changed something, with what is
 * nested in them, and only in tables of which it sees everything.
 */
export async function operationsShownWhole(sight: Sight, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await ask<{ operation_id: string; relation_id: string }>(
    sight.queryable,
    {
      name: 'steward_seen_tables',
      text: `
      WITH RECURSIVE tree (operation_id, id) AS (
        SELECT asked.id, asked.id FROM unnest($1::uuid[]) AS asked (id)
        UNION
        SELECT tree.operation_id, belonging.operation_id FROM tree JOIN steward.belonging ON belonging.parent_id = tree.id)
      SELECT DISTINCT tree.operation_id, change.relation_id FROM tree JOIN steward.change ON change.operation_id = tree.id`,
    },
    [[...new Set(ids)]],
  )
  const relations = await readRelations(
    sight.queryable,
    rows.map((row) => row.relation_id),
  )
  const shown = new Set(rows.map((row) => row.operation_id))
  for (const row of rows) {
    const relation = relations.get(row.relation_id)
    if (relation === undefined || !sight.of(relation).isWhole) shown.delete(row.operation_id)
  }
  return shown
}

/** A change with its masked columns in masked form, beside what may be shown of its operation. */
export function maskChange(
  sight: Sight,
  relation: Relation,
  change: FoundChange['change'],
  shownWhole: ReadonlySet<string>,
): SeenChange {
  const { masks, where } = sight.of(relation)
  const masked = [...new Set([...maskedNames(change.before, masks), ...maskedNames(change.after, masks)])]
  // A TRUNCATE that took all rows of everybody says how many.
  const isCount = change.key === null && change.kind === 'truncate' && where.length > 0
  return {
    ...change,
    key: maskValues(change.key, masks),
    before: isCount ? null : maskValues(change.before, masks),
    after: maskValues(change.after, masks),
    operation: holdBack(change.operation, shownWhole.has(change.operation.id)),
    ...(masked.length > 0 ? { masked } : {}),
  }
}

function holdBack<Given extends Operation>(operation: Given, isShownWhole: boolean): Given {
  if (isShownWhole) return operation
  return { ...operation, params: null, paramsWithheld: true, ...('error' in operation ? { error: null } : {}) }
}

/** Whose sessions they were is for those alone who may look at operations one by one. */
export function holdBackDetails(sight: Sight, operation: OperationDetails, isShownWhole: boolean): OperationDetails {
  const held = holdBack(operation, isShownWhole)
  const mayLook = isPermitted(sight.role, 'trail:operation')
  const nobody = mayLook ? {} : { databaseUser: null, applicationName: null, clientAddress: null }
  const transactions = held.transactions.map((part) => ({
    ...part,
    ...nobody,
    ...(isShownWhole ? {} : { error: null }),
  }))
  return { ...held, ...nobody, transactions }
}
