// What a revert would do: the exact inverse rows, and what stands in their way.
import type { Transaction } from '@steward/postgres'
import { readCurrentRows } from './current-rows.ts'
import { type NetEffect, netEffects } from './net-effect.ts'
import { findObstacles } from './obstacles.ts'
import type { Conflict, DetailedPlan, FoundConflict, OnConflict, PlannedStep, RevertPlan } from './planned-revert.ts'
import { presentConflicts, presentStep } from './present-plan.ts'
import { presentTarget, type RevertTarget } from './revert-target.ts'
import { isRevertible, isSameValue, readTables, type Table } from './tables.ts'
import { readTarget } from './target.ts'
import { type LostAttribute, whatTypesHold } from './value-today.ts'
import { pick, type Values } from './values.ts'

/**
 * Plans the inverse of an operation (with its nested ones), of one change, of all operations of a run, or of everything
 * that happened to a record since a moment. Writes nothing.
 *
 * @throws TRAIL_UNKNOWN_OPERATION, TRAIL_UNKNOWN_CHANGE, TRAIL_NOT_TRACKED, TRAIL_BEFORE_TRACKING
 */
export async function planRevert(transaction: Transaction, target: RevertTarget): Promise<RevertPlan> {
  return (await planInDetail(transaction, target, 'stop')).shown
}

/** Plans with everything that applying needs. `onConflict` decides which columns and rows are written in spite of conflicts. */
export async function planInDetail(
  transaction: Transaction,
  target: RevertTarget,
  onConflict: OnConflict,
): Promise<DetailedPlan> {
  const found = await readTarget(transaction, target)
  const tables = await readTables(transaction, found.relationIds)
  const conflicts: FoundConflict[] = []
  const steps: PlannedStep[] = []
  const effects = netEffects(found.changesOf(tables))
  for (const table of tables.values()) {
    conflicts.push(...found.unrevertible(table))
    const mine = effects.filter((effect) => effect.relationId === table.relationId)
    const rows = await readCurrentRows(
      transaction,
      table,
      mine.flatMap(({ keyBefore, keyAfter }) => [keyBefore, keyAfter]),
    )
    // the row under a restored key may be one that the plan takes away from there
    const leaving = new Set(
      mine.filter(({ keyBefore, keyAfter }) => keyBefore !== keyAfter).map(({ keyAfter }) => keyAfter),
    )
    const restored = new Map([...rows].filter(([key]) => !leaving.has(key)))
    for (const effect of mine)
      planEffect(table, effect, effect.keyAfter === null ? restored : rows, onConflict, steps, conflicts)
  }
  let possible = steps
  for (;;) {
    // a row that stays out may be the parent that another needed: ask again without it
    const obstacles = await findObstacles(transaction, tables, possible)
    if (obstacles.length === 0) break
    conflicts.push(...obstacles)
    const blocked = new Set(obstacles.map(({ step }) => step))
    possible = possible.filter((step) => !blocked.has(step))
  }
  return {
    steps: possible,
    conflicts,
    operations: found.operations,
    shown: {
      target: presentTarget(target),
      rows: possible.map(presentStep),
      conflicts: await presentConflicts(transaction, conflicts),
    },
  }
}

function planEffect(
  table: Table,
  stored: NetEffect,
  rows: Map<string, Values>,
  onConflict: OnConflict,
  steps: PlannedStep[],
  conflicts: FoundConflict[],
): void {
  const { values: before, lost } = whatTypesHold(table, stored.before)
  const written = whatTypesHold(table, stored.after)
  const effect = { ...stored, before, after: written.values }
  const conflict = (
    reason: Conflict['reason'],
    step: PlannedStep | null,
    key: string | null,
    more: Partial<FoundConflict> = {},
  ) =>
    conflicts.push({
      table,
      key,
      column: null,
      wrote: null,
      now: null,
      since: effect.lastChange,
      reason,
      step,
      blocking: false,
      ...more,
    })

  if (effect.keyAfter === null) {
    restore(table, effect, lost, rows.get(effect.keyBefore as string), onConflict, steps, conflict)
    return
  }
  const now = rows.get(effect.keyAfter)
  if (!now) {
    // deleted since; what we inserted is gone already, and an update has nothing left to be taken back from
    conflict('gone', null, effect.keyAfter)
    return
  }
  const columns = effect.keyBefore === null ? effect.after.keys() : effect.before.keys()
  const edited = [...columns].filter((column) => {
    const wrote = effect.after.get(column)
    const value = now.get(column)
    const isOurs = wrote === undefined || isSameValue(table, column, value, wrote)
    const isDone = effect.keyBefore !== null && isSameValue(table, column, value, effect.before.get(column))
    return isRevertible(table, column) && !isOurs && !isDone && !lost.some((attribute) => attribute.column === column)
  })
  const left = [...edited, ...lost.map(({ column }) => column)]
  const step =
    effect.keyBefore === null
      ? removal(table, effect, now)
      : correction(table, effect, now, onConflict === 'force' ? [] : left)
  for (const column of edited) {
    // of an attribute that is gone nobody can tell whether it still held what was written
    const attribute = written.lost.find((candidate) => candidate.column === column)
    conflict(attribute ? 'attribute-gone' : 'edited', step, effect.keyAfter, {
      column: attribute?.path ?? column,
      wrote: effect.after.get(column) ?? null,
      now: now.get(column) ?? null,
    })
  }
  for (const attribute of lost) conflict('attribute-gone', step, effect.keyAfter, ofAttribute(attribute, now))
  for (const column of notRecorded(table, effect)) conflict('not-recorded', step, effect.keyAfter, { column })
  if (!step || (step.kind === 'delete' && edited.length > 0 && onConflict !== 'force')) return
  steps.push(step)
}

// Takes back an insert.
function removal(table: Table, effect: NetEffect, now: Values): PlannedStep {
  return { table, kind: 'delete', keyNow: effect.keyAfter, keyThen: null, now, then: null, columns: [] }
}

// Takes back an update: only the columns it changed, and only where they still hold what it wrote.
function correction(table: Table, effect: NetEffect, now: Values, left: string[]): PlannedStep | null {
  const columns = [...effect.before.keys()].filter(
    (column) =>
      isRevertible(table, column) &&
      !left.includes(column) &&
      !isSameValue(table, column, now.get(column), effect.before.get(column)),
  )
  if (columns.length === 0) return null
  const then = new Map(now)
  for (const column of columns) then.set(column, effect.before.get(column) ?? null)
  const movesKey = columns.some((column) => table.keyColumns.includes(column))
  return {
    table,
    kind: 'update',
    keyNow: effect.keyAfter,
    keyThen: movesKey ? effect.keyBefore : effect.keyAfter,
    now,
    then,
    columns,
  }
}

// Takes back a delete.
function restore(
  table: Table,
  effect: NetEffect,
  lost: LostAttribute[],
  now: Values | undefined,
  onConflict: OnConflict,
  steps: PlannedStep[],
  conflict: (
    reason: Conflict['reason'],
    step: PlannedStep | null,
    key: string | null,
    more?: Partial<FoundConflict>,
  ) => void,
): void {
  const columns = [...effect.before.keys()].filter((column) => isRevertible(table, column) || table.stamped.has(column))
  const then = pick(effect.before, columns)
  if (!now) {
    const step: PlannedStep = {
      table,
      kind: 'insert',
      keyNow: null,
      keyThen: effect.keyBefore,
      now: null,
      then,
      columns,
    }
    for (const column of table.columns.values()) {
      if (!column.recorded) conflict('not-recorded', step, effect.keyBefore, { column: column.name })
    }
    for (const attribute of lost) conflict('attribute-gone', step, effect.keyBefore, ofAttribute(attribute))
    if (lost.length === 0 || onConflict === 'force') steps.push(step)
    return
  }
  const differing = columns.filter((column) => isRevertible(table, column) && now.get(column) !== then.get(column))
  if (differing.length === 0) return
  const whole = new Map([...now, ...pick(then, differing)])
  const step: PlannedStep = {
    table,
    kind: 'update',
    keyNow: effect.keyBefore,
    keyThen: effect.keyBefore,
    now,
    then: whole,
    columns: differing,
  }
  conflict('recreated', step, effect.keyBefore)
  for (const attribute of lost) conflict('attribute-gone', step, effect.keyBefore, ofAttribute(attribute, now))
  if (onConflict === 'force') steps.push(step)
}

function ofAttribute({ column, path, stored }: LostAttribute, now?: Values): Partial<FoundConflict> {
  return { column: path, wrote: stored, now: now?.get(column) ?? null }
}

function notRecorded(table: Table, effect: NetEffect): string[] {
  return effect.keyBefore === null
    ? []
    : [...effect.before.keys()].filter((column) => table.columns.get(column)?.recorded === false)
}
