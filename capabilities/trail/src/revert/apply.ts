// Writes the planned rows, level by level, as few statements as the levels allow.
import { quoteIdentifier, type Transaction } from '@steward/postgres'
import { keyMatches, only } from './current-rows.ts'
import { levelsOf } from './order.ts'
import type { PlannedStep } from './planned-revert.ts'
import { rowDocument, rowSource, sourceValue } from './row-source.ts'
import type { Table } from './tables.ts'

/** Applies all steps in an order that foreign keys and unique values accept. */
export async function applySteps(
  transaction: Transaction,
  steps: PlannedStep[],
  tables: Map<number, Table>,
): Promise<void> {
  await transaction.query('SET CONSTRAINTS ALL DEFERRED')
  const levels = levelsOf(
    steps.map((step) => ({ relationId: step.table.relationId, now: step.now, then: step.then })),
    tables,
  )
  for (const level of levels) {
    for (const group of groups(level.map((index) => steps[index] as PlannedStep))) await applyGroup(transaction, group)
  }
  await transaction.query('SET CONSTRAINTS ALL IMMEDIATE')
}

/** Steps that one statement can write: the same table, kind and columns. */
function groups(steps: PlannedStep[]): PlannedStep[][] {
  const found = new Map<string, PlannedStep[]>()
  for (const step of steps) {
    const name = JSON.stringify([step.table.relationId, step.kind, step.columns])
    const group = found.get(name)
    if (group) group.push(step)
    else found.set(name, [step])
  }
  return [...found.values()].flatMap((group) => chunks(group, 5000))
}

function chunks<Item>(items: Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

/** Writes steps of one table, kind and set of columns in one statement. */
export async function applyGroup(transaction: Transaction, steps: PlannedStep[]): Promise<void> {
  const [first] = steps
  if (!first) return
  const { table, kind, columns } = first
  if (kind === 'delete') {
    await transaction.query(
      `DELETE FROM ${only(table)} AS steward_row USING unnest($1::text[]) AS steward_wanted (key)
        WHERE ${keyMatches(table, 'steward_row', 'steward_wanted.key')}`,
      [steps.map((step) => step.keyNow)],
    )
    return
  }
  const source = rowSource(table, columns)
  const document = rowDocument(
    table,
    columns,
    steps.map(({ then, keyNow, keyThen }) => ({ values: then ?? new Map(), keyNow, keyThen })),
  )
  if (kind === 'insert') {
    await transaction.query(
      `INSERT INTO ${table.sql} (${columns.map(quoteIdentifier).join(', ')}) OVERRIDING SYSTEM VALUE
       SELECT ${columns.map((column) => sourceValue(table, column)).join(', ')} FROM ${source}`,
      [document],
    )
    return
  }
  // A cascade may have moved the row to its old key already: it is looked for under both.
  await transaction.query(
    `UPDATE ${only(table)} AS steward_row
        SET ${columns.map((column) => `${quoteIdentifier(column)} = ${sourceValue(table, column)}`).join(', ')}
       FROM ${source}
      WHERE (${keyMatches(table, 'steward_row', 'steward_step.key_now')}) OR (${keyMatches(table, 'steward_row', 'steward_step.key_then')})`,
    [document],
  )
}
