// Writes the planned rows, level by level, as few statements as the levels allow.
import { quoteIdentifier, type Transaction } from '@steward/postgres'
import { keyMatches, only } from './current-rows.ts'
import { levelsOf } from './order.ts'
import type { PlannedStep } from './planned-revert.ts'
import type { Table } from './tables.ts'
import { jsonNull, pick, writeValues } from './values.ts'

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

/** Steps that one statement can write: the same table, kind, columns and literal nulls. */
function groups(steps: PlannedStep[]): PlannedStep[][] {
  const found = new Map<string, PlannedStep[]>()
  for (const step of steps) {
    const literal = step.columns.filter((column) => step.then?.get(column) === jsonNull)
    const name = JSON.stringify([step.table.relationId, step.kind, step.columns, literal])
    found.set(name, [...(found.get(name) ?? []), step])
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
  const names = columns.map(quoteIdentifier)
  const values = columns.map((column, place) =>
    first.then?.get(column) === jsonNull
      ? `'null'::${table.columns.get(column)?.type}`
      : `steward_value.${names[place]}`,
  )
  if (kind === 'insert') {
    await transaction.query(
      `INSERT INTO ${table.sql} (${names.join(', ')}) OVERRIDING SYSTEM VALUE
       SELECT ${values.join(', ')} FROM json_populate_recordset(NULL::${table.sql}, $1::json) AS steward_value`,
      [`[${steps.map((step) => writeValues(pick(step.then ?? new Map(), columns))).join(',')}]`],
    )
    return
  }
  // A cascade may have moved the row to its old key already: it is looked for under both.
  await transaction.query(
    `UPDATE ${only(table)} AS steward_row SET ${names.map((name, place) => `${name} = ${values[place]}`).join(', ')}
       FROM json_to_recordset($1::json) AS steward_step (key text, then_key text, row json)
       CROSS JOIN LATERAL json_populate_record(NULL::${table.sql}, steward_step.row) AS steward_value
      WHERE (${keyMatches(table, 'steward_row', 'steward_step.key')}) OR (${keyMatches(table, 'steward_row', 'steward_step.then_key')})`,
    [
      `[${steps
        .map(
          (step) =>
            `{"key":${JSON.stringify(step.keyNow)},"then_key":${JSON.stringify(step.keyThen)},"row":${writeValues(pick(step.then ?? new Map(), columns))}}`,
        )
        .join(',')}]`,
    ],
  )
}
