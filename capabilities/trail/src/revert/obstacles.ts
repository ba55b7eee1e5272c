// What the database itself would refuse, or do besides: unique values taken, parents missing, rows that others refer to.
import { quoteIdentifier, type Transaction } from '@steward/postgres'
import { only } from './current-rows.ts'
import type { FoundConflict, PlannedStep } from './planned-revert.ts'
import { rowDocument, rowSource, sourceValue } from './row-source.ts'
import type { ForeignKey, Table } from './tables.ts'
import { tupleOf } from './values.ts'

/** Looks at each step against the rows that the plan does not touch. These conflicts cannot be forced. */
export async function findObstacles(
  transaction: Transaction,
  tables: Map<number, Table>,
  steps: PlannedStep[],
): Promise<FoundConflict[]> {
  const obstacles: FoundConflict[] = []
  for (const table of tables.values()) {
    const mine = steps.filter((step) => step.table === table)
    if (mine.length === 0) continue
    for (const columns of table.uniqueKeys) obstacles.push(...(await takenValues(transaction, table, mine, columns)))
    for (const foreignKey of table.parents)
      obstacles.push(...(await missingParents(transaction, table, mine, foreignKey, steps)))
    for (const foreignKey of table.children)
      obstacles.push(...(await foreignChildren(transaction, table, mine, foreignKey, steps)))
  }
  return obstacles
}

/** Steps that bring new values into these columns. */
function bringing(steps: PlannedStep[], columns: string[]): PlannedStep[] {
  return steps.filter((step) => {
    const then = step.then && tupleOf(step.then, columns)
    return then !== null && then !== (step.now && tupleOf(step.now, columns))
  })
}

/** Steps that take values out of these columns. */
function removing(steps: PlannedStep[], columns: string[]): PlannedStep[] {
  return steps.filter((step) => {
    const now = step.now && tupleOf(step.now, columns)
    return now !== null && now !== (step.then && tupleOf(step.then, columns))
  })
}

async function takenValues(
  transaction: Transaction,
  table: Table,
  steps: PlannedStep[],
  columns: string[],
): Promise<FoundConflict[]> {
  const takers = bringing(steps, columns)
  if (takers.length === 0) return []
  const released = new Set(removing(steps, columns).map((step) => tupleOf(step.now as never, columns)))
  const { rows } = await transaction.query<{ place: number }>(
    `SELECT steward_step.place FROM ${rowSource(table, columns)}
       JOIN ${only(table)} AS holder ON ${isSourceRow(table, columns, 'holder', columns)}`,
    [document(table, columns, takers, 'then')],
  )
  return rows.flatMap(({ place }) => {
    const step = takers[place] as PlannedStep
    if (released.has(tupleOf(step.then as never, columns))) return []
    return [obstacle(step, 'taken', columns.join(', '), step.then?.get(columns[0] as string) ?? null)]
  })
}

async function missingParents(
  transaction: Transaction,
  table: Table,
  steps: PlannedStep[],
  { parentSql, parentOid, columns, referenced }: ForeignKey,
  all: PlannedStep[],
): Promise<FoundConflict[]> {
  const users = bringing(steps, columns)
  if (users.length === 0) return []
  const parents = all.filter((step) => step.table.oid === parentOid)
  const provided = new Set(bringing(parents, referenced).map((step) => tupleOf(step.then as never, referenced)))
  const { rows } = await transaction.query<{ place: number }>(
    `SELECT steward_step.place FROM ${rowSource(table, columns)}
      WHERE NOT EXISTS (SELECT FROM ${parentSql} AS parent WHERE ${isSourceRow(table, columns, 'parent', referenced)})`,
    [document(table, columns, users, 'then')],
  )
  return rows.flatMap(({ place }) => {
    const step = users[place] as PlannedStep
    if (provided.has(tupleOf(step.then as never, columns))) return []
    return [obstacle(step, 'parent-missing', columns.join(', '), step.then?.get(columns[0] as string) ?? null)]
  })
}

// A delete would fail on them, or worse: take them along.
async function foreignChildren(
  transaction: Transaction,
  table: Table,
  steps: PlannedStep[],
  foreignKey: ForeignKey,
  all: PlannedStep[],
): Promise<FoundConflict[]> {
  const { childSql, childOid, columns, referenced, cascadesUpdates } = foreignKey
  const removers = removing(steps, referenced).filter((step) => step.kind === 'delete' || !cascadesUpdates)
  if (removers.length === 0) return []
  const children = all.filter((step) => step.table.oid === childOid)
  const leaving = new Map<string | null, number>()
  for (const step of removing(children, columns)) {
    const tuple = tupleOf(step.now as never, columns)
    leaving.set(tuple, (leaving.get(tuple) ?? 0) + 1)
  }
  const { rows } = await transaction.query<{ place: number; count: string }>(
    `SELECT steward_step.place, count(*) AS count FROM ${rowSource(table, referenced)}
       JOIN ${childSql} AS child ON ${isSourceRow(table, referenced, 'child', columns)}
      GROUP BY steward_step.place`,
    [document(table, referenced, removers, 'now')],
  )
  return rows.flatMap(({ place, count }) => {
    const step = removers[place] as PlannedStep
    if (Number(count) <= (leaving.get(tupleOf(step.now as never, referenced)) ?? 0)) return []
    return [
      obstacle(
        step,
        'referenced',
        referenced.join(', '),
        step.now?.get(referenced[0] as string) ?? null,
        foreignKey.childEntity,
      ),
    ]
  })
}

function obstacle(
  step: PlannedStep,
  reason: FoundConflict['reason'],
  column: string,
  wrote: string | null,
  holder: string | null = null,
): FoundConflict {
  const now = holder === null ? null : JSON.stringify(holder)
  return {
    table: step.table,
    key: step.keyNow ?? step.keyThen,
    column,
    wrote,
    now,
    since: null,
    reason,
    step,
    blocking: true,
  }
}

/** SQL that is true where the row `alias` holds in `theirs` what a row of the source holds in `columns`. */
function isSourceRow(table: Table, columns: string[], alias: string, theirs: string[]): string {
  return columns
    .map((column, place) => `${alias}.${quoteIdentifier(theirs[place] as string)} = ${sourceValue(table, column)}`)
    .join(' AND ')
}

function document(table: Table, columns: string[], steps: PlannedStep[], side: 'now' | 'then'): string {
  return rowDocument(
    table,
    columns,
    steps.map((step) => ({ values: step[side] ?? new Map() })),
  )
}
