// Inverts what an operation did: in one transaction, with its own trail, proved against the plan before it commits.
import { type Actor, timeOrderedId } from '@steward/base'
import type { Transaction } from '@steward/postgres'
import { currentOperation } from '../context/current-operation.ts'
import { encodeContext } from '../context/wire.ts'
import { trailErrors } from '../errors.ts'
import type { OperationDetails } from '../operation.ts'
import { readOperation } from '../read/operation.ts'
import { applyGroup, applySteps } from './apply.ts'
import { lockRows, readCurrentRows } from './current-rows.ts'
import { pinSettings } from './pinned-settings.ts'
import { planInDetail } from './plan.ts'
import type { DetailedPlan, OnConflict, PlannedStep, RevertPlan } from './planned-revert.ts'
import { isRevertible, isSameValue, type Table } from './tables.ts'

/** How a revert goes. `stop` (default) refuses any conflict, `skip` leaves what is in conflict alone, `force` overwrites it. */
export type RevertOptions = {
  reason: string
  onConflict?: OnConflict | undefined
  /** Does everything, shows it, and rolls it back. */
  dryRun?: boolean | undefined
  /** Who reverts, where no operation is under way. */
  actor?: Actor | undefined
  /** Looks at the plan that will be written, under its locks, and throws to refuse. */
  demand?: ((plan: DetailedPlan) => void) | undefined
}

/**
 * What was done. `operation` is the revert's own operation; null when nothing was written for good. `besides` is there where triggers
 * and cascades changed more than was planned: how many records of which tables, of those that are tracked.
 */
export type RevertResult = {
  plan: RevertPlan
  applied: boolean
  operation: OperationDetails | null
  besides?: { entity: string; records: number }[]
}

/**
 * Reverts what a plan describes. The plan is computed anew under locks; rows that the service's triggers touched again
 * are set once more; what then still differs rolls everything back.
 *
 * @throws TRAIL_REVERT_CONFLICTS with `stop`, TRAIL_REVERT_CHANGED when the plan no longer holds, TRAIL_REVERT_DIVERGED,
 * TRAIL_REASON_MISSING, POSTGRES_* when the database refuses.
 */
export async function revert(
  transaction: Transaction,
  plan: RevertPlan,
  options: RevertOptions,
): Promise<RevertResult> {
  const { onConflict = 'stop', dryRun = false } = options
  if (options.reason.trim() === '' && !dryRun) throw trailErrors.REASON_MISSING()
  await pinSettings(transaction)
  const locked = await planInDetail(transaction, plan.target, onConflict)
  await lockSteps(transaction, locked)
  const now = await planInDetail(transaction, plan.target, onConflict)
  options.demand?.(now)
  if (onConflict === 'stop' && now.shown.conflicts.length > 0 && !dryRun) {
    throw trailErrors.REVERT_CONFLICTS({ conflicts: now.shown.conflicts })
  }
  if (onConflict === 'stop' && JSON.stringify(now.shown.rows) !== JSON.stringify(plan.rows))
    throw trailErrors.REVERT_CHANGED()
  if (now.steps.length === 0) return { plan: now.shown, applied: false, operation: null }
  await transaction.query('SAVEPOINT steward_revert')
  const id = await leaveContext(transaction, now.operations[0] ?? null, options)
  await applySteps(transaction, now.steps, tablesOf(now))
  await prove(transaction, now, id)
  const unplanned = await unplannedChanges(transaction, now, id)
  const besides = unplanned.length > 0 ? { besides: unplanned } : {}
  if (dryRun) {
    await transaction.query('ROLLBACK TO SAVEPOINT steward_revert')
    return { plan: now.shown, applied: false, operation: null, ...besides }
  }
  await transaction.query('RELEASE SAVEPOINT steward_revert')
  const { operation } = await readOperation(transaction, { id })
  return { plan: now.shown, applied: true, operation, ...besides }
}

const procedure = 'trail.revert'

function tablesOf(plan: DetailedPlan): Map<number, Table> {
  return new Map(plan.steps.map((step) => [step.table.relationId, step.table]))
}

async function lockSteps(transaction: Transaction, plan: DetailedPlan): Promise<void> {
  const tables = [...tablesOf(plan).values()].sort((left, right) => left.relationId - right.relationId)
  for (const table of tables) {
    const keys = plan.steps
      .filter((step) => step.table === table && step.keyNow !== null)
      .map((step) => step.keyNow as string)
    if (keys.length > 0) await lockRows(transaction, table, keys.sort())
  }
}

/** Says to the database whose changes these are, keeping what the corridor or the caller has said already. */
async function leaveContext(
  transaction: Transaction,
  reverts: string | null,
  { reason, actor }: RevertOptions,
): Promise<string> {
  const { rows } = await transaction.query<{ context: string | null }>(
    "SELECT nullif(current_setting('steward.context', true), '') AS context",
  )
  const given = rows[0]?.context ?? ''
  const [innermost = '', ...parents] = given.split('\u001e')
  const fields = innermost.split('\u001f')
  let context: string
  if (fields[5] === procedure) {
    // the corridor has opened the operation of this very revert
    if (reason) fields[7] = reason
    fields[11] = reverts ?? ''
    context = [fields.join('\u001f'), ...parents].join('\u001e')
  } else {
    const parent = currentOperation()
    const by = actor ?? parent?.actor
    context = encodeContext(
      {
        id: timeOrderedId(),
        procedure,
        reason,
        source: parent?.source ?? 'app',
        ...(by ? { actor: by } : {}),
        ...(given ? { parentId: given.slice(0, 36) } : {}),
        ...(reverts ? { reverts, params: JSON.stringify({ operation: reverts }) } : {}),
      },
      given,
    )
  }
  await transaction.query("SELECT set_config('steward.context', $1, true)", [context])
  return context.slice(0, 36)
}

/** Compares what is there now with the plan; sets once more what the service's own triggers moved. */
async function prove(transaction: Transaction, plan: DetailedPlan, operation: string): Promise<void> {
  const touched = await differing(transaction, plan)
  for (const step of touched) {
    if (step.then && step.kind !== 'delete')
      await applyGroup(transaction, [{ ...step, kind: 'update', columns: writable(step) }])
    else await applyGroup(transaction, [{ ...step, kind: 'delete', keyNow: step.keyNow }])
  }
  const still = touched.length === 0 ? [] : await differing(transaction, plan)
  if (still[0]) throw diverged(still[0])
  const lost = await unplannedDeletes(transaction, plan, operation)
  if (lost)
    throw trailErrors.REVERT_DIVERGED({ entity: lost, triggers: [], what: 'a row that is not in the plan was deleted' })
}

async function differing(transaction: Transaction, plan: DetailedPlan): Promise<PlannedStep[]> {
  const found: PlannedStep[] = []
  for (const table of tablesOf(plan).values()) {
    const steps = plan.steps.filter((step) => step.table === table)
    const rows = await readCurrentRows(
      transaction,
      table,
      steps.flatMap((step) => [step.keyNow, step.keyThen]),
    )
    // the key of a deleted row may be that of a row that has moved back to it
    const taken = new Set(steps.map((step) => step.keyThen))
    for (const step of steps) {
      const row = rows.get((step.keyThen ?? step.keyNow) as string)
      const isRight =
        step.then === null
          ? !row || taken.has(step.keyNow)
          : row &&
            writable(step).every((column) => isSameValue(step.table, column, row.get(column), step.then?.get(column)))
      if (!isRight) found.push(step)
    }
  }
  return found
}

function writable(step: PlannedStep): string[] {
  return step.columns.filter((column) => isRevertible(step.table, column))
}

function diverged(step: PlannedStep): Error {
  return trailErrors.REVERT_DIVERGED({
    entity: step.table.entity,
    triggers: step.table.triggers,
    what: `the record ${step.keyThen ?? step.keyNow} does not stay as planned`,
  })
}

async function unplannedDeletes(
  transaction: Transaction,
  plan: DetailedPlan,
  operation: string,
): Promise<string | null> {
  // an update that moves a row to another partition is a delete and an insert
  const planned = new Set(plan.steps.map((step) => `${step.table.relationId} ${step.keyNow}`))
  const { rows } = await transaction.query<{ place: string; entity: string }>(
    `SELECT change.relation_id || ' ' || change.key AS place, steward.entity_name(change.relation_id) AS entity
       FROM steward.change WHERE change.operation_id = $1 AND change.xid = pg_current_xact_id() AND change.kind = 'd'`,
    [operation],
  )
  return rows.find((row) => !planned.has(row.place))?.entity ?? null
}

/** What this transaction changed under the revert's operation that no step of the plan speaks of. */
async function unplannedChanges(
  transaction: Transaction,
  plan: DetailedPlan,
  operation: string,
): Promise<{ entity: string; records: number }[]> {
  const { rows } = await transaction.query<{ entity: string; records: number }>(
    `WITH planned AS MATERIALIZED (SELECT * FROM unnest($2::integer[], $3::text[]) AS step (relation_id, key))
     SELECT steward.entity_name(change.relation_id) AS entity, count(DISTINCT coalesce(change.key, change.id::text))::integer AS records
       FROM steward.change
      WHERE change.operation_id = $1 AND change.xid = pg_current_xact_id()
        AND NOT EXISTS (SELECT FROM planned WHERE planned.relation_id = change.relation_id AND planned.key = change.key)
        AND NOT EXISTS (SELECT FROM planned WHERE planned.relation_id = change.relation_id AND planned.key = change.previous_key)
      GROUP BY change.relation_id ORDER BY 1`,
    [
      operation,
      plan.steps.flatMap(({ table }) => [table.relationId, table.relationId]),
      plan.steps.flatMap(({ keyNow, keyThen }) => [keyNow, keyThen]),
    ],
  )
  return rows
}
