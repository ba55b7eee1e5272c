// A plan as people and APIs see it.
import type { Transaction } from '@steward/postgres'
import { findEditors } from './editors.ts'
import type { Conflict, FoundConflict, PlannedStep, PlanRow } from './planned-revert.ts'
import type { Table } from './tables.ts'
import { keyObject, pick, presentText, presentValues, type Values } from './values.ts'

/** A step as the plan shows it: of an update the columns that it writes. */
export function presentStep(step: PlannedStep): PlanRow {
  const shown = (values: Values | null) =>
    values && presentValues(step.kind === 'update' ? pick(values, step.columns) : values)
  const key = step.kind === 'insert' ? step.then : step.now
  return {
    entity: step.table.entity,
    key: keyObject(step.table.keyColumns, key as Values),
    kind: step.kind,
    before: shown(step.now),
    after: shown(step.then),
  }
}

/** Conflicts with their values, and who wrote in between. */
export async function presentConflicts(transaction: Transaction, conflicts: FoundConflict[]): Promise<Conflict[]> {
  const editors = await findEditors(transaction, conflicts)
  return conflicts.map((conflict, index) => ({
    entity: conflict.table.entity,
    key: conflict.key === null ? null : keyOfText(conflict.table, conflict.key),
    column: conflict.column,
    wrote: presentText(conflict.wrote),
    now: presentText(conflict.now),
    by: editors[index] ?? null,
    reason: conflict.reason,
  }))
}

// The stored text of a key says nothing of its types: the table does.
function keyOfText(table: Table, key: string): Record<string, unknown> {
  const parts = table.keyColumns.length === 1 ? [key] : (JSON.parse(key) as string[])
  const isBare = (name: string, text: string) =>
    /^(smallint|integer|bigint|numeric|real|double precision|boolean)/.test(table.columns.get(name)?.type ?? '') &&
    !/^(NaN|-?Infinity)$/.test(text)
  return presentValues(
    new Map(
      table.keyColumns.map((name, place) => {
        const text = parts[place] as string
        return [name, isBare(name, text) ? text : JSON.stringify(text)]
      }),
    ),
  )
}
