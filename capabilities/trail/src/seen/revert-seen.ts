// A revert by a role: what it may not write itself it does not write by taking something back either.
import { isStewardError } from '@steward/base'
import { formatEntity, parseEntity, type Transaction } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { parseKey } from '../key.ts'
import { type Relation, readRelations } from '../relation.ts'
import { planRevert } from '../revert/plan.ts'
import type { Conflict, DetailedPlan, PlanRow, RevertPlan } from '../revert/planned-revert.ts'
import { type RevertOptions, type RevertResult, revert } from '../revert/revert.ts'
import { presentTarget, type RevertTarget } from '../revert/revert-target.ts'
import { readTarget } from '../revert/target.ts'
import { type ColumnMask, maskValues } from './mask-values.ts'
import { holdBackDetails, operationsShownWhole, recordsSeen } from './see-operations.ts'
import { demandPlainKey, demandRelation, readableTables, type SeenRelation, type Sight } from './sight.ts'
import { visibleRecords } from './visible-records.ts'

/**
 * Reverts what the role sees whole and may write: every record that the target concerns must be among its rows, every
 * write be one of its kinds, and no masked column be written back.
 *
 * @throws what `revert` throws, TRAIL_UNKNOWN_OPERATION and TRAIL_UNKNOWN_CHANGE also for what is not seen at all,
 * TRAIL_REVERT_NOT_SEEN, TRAIL_REVERT_NOT_ALLOWED, TRAIL_REVERT_TOO_MANY, TRAIL_MASKED, TRAIL_REVERT_REFUSED
 */
export async function revertSeen(
  sight: Sight & { queryable: Transaction },
  target: RevertTarget,
  options: RevertOptions,
): Promise<RevertResult> {
  if (target.entity !== undefined && !(await seesTarget(sight, target))) {
    return { plan: { target: presentTarget(target), rows: [], conflicts: [] }, applied: false, operation: null }
  }
  const tables = new Map<string, SeenRelation>()
  const relations = await demandSeen(sight, target)
  try {
    const plan = await planRevert(sight.queryable, target)
    const result = await revert(sight.queryable, plan, {
      ...options,
      demand: (now) => {
        for (const [name, seen] of tablesOf(sight, now, relations)) tables.set(name, seen)
        demandWrites(now, tables)
        const isStopped = (options.onConflict ?? 'stop') === 'stop' && options.dryRun !== true
        const conflicts = now.shown.conflicts.map((conflict) => maskConflict(conflict, tables))
        if (isStopped && conflicts.length > 0) throw trailErrors.REVERT_CONFLICTS({ conflicts })
      },
    })
    const operation = result.operation
    const shown = await operationsShownWhole(sight, operation === null ? [] : [operation.id])
    const { besides, ...done } = result
    const seenBesides = besides === undefined ? [] : await countedFor(sight, besides)
    return {
      ...done,
      ...(seenBesides.length > 0 ? { besides: seenBesides } : {}),
      plan: maskPlan(result.plan, tables),
      operation: operation && holdBackDetails(sight, operation, shown.has(operation.id)),
    }
  } catch (error) {
    throw withoutValues(error)
  }
}

/** Of tables alone of which the role sees every row, since a count tells of each. */
async function countedFor(
  sight: Sight,
  besides: NonNullable<RevertResult['besides']>,
): Promise<NonNullable<RevertResult['besides']>> {
  const whole = (await readableTables(sight)).filter(({ hasFilter }) => !hasFilter).map(({ entity }) => entity)
  return besides.filter(({ entity }) => whole.includes(formatEntity(parseEntity(entity))))
}

type Tables = ReadonlyMap<string, SeenRelation>

async function seesTarget(sight: Sight, { entity, key }: RevertTarget): Promise<boolean> {
  const seen = await demandRelation(sight, entity as string)
  demandPlainKey(seen)
  const keyText = await parseKey(sight.queryable, seen.relation, key)
  return (await visibleRecords(sight.queryable, seen, [keyText])).has(keyText)
}

/** Before anything is planned: what cannot be planned would be told by name. */
async function demandSeen(
  sight: Sight & { queryable: Transaction },
  target: RevertTarget,
): Promise<ReadonlyMap<string, Relation>> {
  const { relationIds, records } = await readTarget(sight.queryable, target)
  const relations = await readRelations(sight.queryable, relationIds.map(String))
  const concerned = records.flatMap(({ relationId, key }) => {
    const relation = relations.get(String(relationId))
    return relation === undefined ? [] : [{ relation, key }]
  })
  const isSeen = await recordsSeen(
    sight,
    concerned.flatMap(({ relation, key }) => (key === null ? [] : [{ relation, key }])),
  )
  const unseen = concerned.filter(({ relation, key }) => !isSeen(relation, key)).length
  if (unseen === 0 && concerned.length > 0) return relations
  const isNothingSeen = unseen === concerned.length
  if (isNothingSeen && target.change !== undefined) throw trailErrors.UNKNOWN_CHANGE({ id: target.change })
  if (isNothingSeen && sight.hasFilters && target.entity === undefined) {
    throw trailErrors.UNKNOWN_OPERATION({ id: target.operation ?? `of run ${target.run}` })
  }
  if (unseen > 0) throw trailErrors.REVERT_NOT_SEEN()
  return relations
}

/** The tables of a plan by the names that it shows them under. */
function tablesOf(
  sight: Sight,
  { steps, conflicts }: DetailedPlan,
  relations: ReadonlyMap<string, Relation>,
): [string, SeenRelation][] {
  return [...steps, ...conflicts].flatMap(({ table }): [string, SeenRelation][] => {
    const relation = relations.get(String(table.relationId))
    return relation === undefined ? [] : [[table.entity, sight.of(relation)]]
  })
}

function demandWrites({ steps }: DetailedPlan, tables: Tables): void {
  const counts = new Map<string, number>()
  for (const { table, kind, columns } of steps) {
    const { entity } = table
    const seen = tables.get(entity)
    if (seen === undefined || !seen.writes.has(kind)) throw trailErrors.REVERT_NOT_ALLOWED({ entity, kind })
    const masked = kind === 'delete' ? undefined : columns.find((column) => seen.masks.has(column))
    if (masked !== undefined) throw trailErrors.MASKED({ entity, column: masked })
    counts.set(entity, (counts.get(entity) ?? 0) + 1)
  }
  for (const [entity, rows] of counts) {
    const most = tables.get(entity)?.maxAffected ?? null
    if (most !== null && rows > most) throw trailErrors.REVERT_TOO_MANY({ entity, rows, most })
  }
}

function maskPlan(plan: RevertPlan, tables: Tables): RevertPlan {
  return {
    ...plan,
    rows: plan.rows.map((row) => maskRow(row, masksOf(row, tables))),
    conflicts: plan.conflicts.map((conflict) => maskConflict(conflict, tables)),
  }
}

type Masks = ReadonlyMap<string, ColumnMask>

function masksOf({ entity }: { entity: string }, tables: Tables): Masks {
  return tables.get(entity)?.masks ?? new Map()
}

function maskRow(row: PlanRow, masks: Masks): PlanRow {
  return {
    ...row,
    key: maskValues(row.key, masks),
    before: maskValues(row.before, masks),
    after: maskValues(row.after, masks),
  }
}

/** Of columns that stand together nothing is shown as soon as one is masked; who holds a value or refers to it never is. */
function maskConflict(conflict: Conflict, tables: Tables): Conflict {
  const masks = masksOf(conflict, tables)
  const key = maskValues(conflict.key, masks)
  const { column, reason } = conflict
  // As it stands there: a column, several with commas, or the attribute of one.
  const isMasked = column !== null && [...masks.keys()].some((name) => column.includes(name))
  const isElsewhere = reason === 'taken' || reason === 'parent-missing' || reason === 'referenced'
  return {
    ...conflict,
    key,
    wrote: isMasked ? null : conflict.wrote,
    now: isMasked || isElsewhere ? null : conflict.now,
  }
}

/** Messages of PostgreSQL name values of rows and of keys. */
function withoutValues(error: unknown): unknown {
  const isOfValues = isStewardError(error, 'TRAIL_REVERT_DIVERGED') || /^[0-9A-Z]{5}$/.test(sqlState(error))
  if (!isOfValues) return error
  return trailErrors.REVERT_REFUSED({ code: isStewardError(error) ? error.code : sqlState(error) }, { cause: error })
}

function sqlState(error: unknown): string {
  const { code, cause } = error as { code?: string; cause?: { code?: string } }
  return String((isStewardError(error) ? cause?.code : code) ?? '')
}
