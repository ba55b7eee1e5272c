// What RETURNING must give so that the rows can be read, ordered and joined afterwards, and nothing more: some roles may
// not read every column.
import type { EmbedPlan, PlannedField, PlannedLogic, RowsPlan } from '../plan-tree.ts'

/** The columns that are needed of the rows themselves; `all` where a function takes the whole row. */
export function neededColumns(rows: RowsPlan): Set<string> | 'all' {
  const fields = [...selectedFields(rows), ...rows.order.flatMap(({ field, embed }) => (embed ? [] : [field]))]
  fields.push(...rows.where.flatMap(comparedFields))
  const isWhole =
    rows.columns.some(({ kind }) => kind === 'star') ||
    rows.embeds.some(({ relationship }) => relationship.kind === 'computed') ||
    fields.some((field) => field.computedBy !== null || isCountOfRows(rows, field))
  if (isWhole) return 'all'
  return new Set([...fields.map(({ name }) => name), ...rows.embeds.flatMap(joinedColumns)])
}

/** `count` without parentheses is PostgreSQL's own function of the row, where no column is called so. */
function isCountOfRows({ table }: RowsPlan, { name }: PlannedField): boolean {
  return name === 'count' && table?.columns.has(name) !== true
}

function selectedFields(rows: RowsPlan): PlannedField[] {
  return rows.columns.flatMap((column) => (column.kind === 'field' && column.field ? [column.field] : []))
}

function comparedFields(logic: PlannedLogic): PlannedField[] {
  if (logic.kind === 'condition') return [logic.field]
  return logic.kind === 'presence' ? [] : logic.members.flatMap(comparedFields)
}

function joinedColumns({ relationship }: EmbedPlan): string[] {
  if (relationship.kind === 'computed') return []
  const pairs = relationship.kind === 'many-to-many' ? relationship.originColumns : relationship.columns
  return pairs.map(({ origin }) => origin)
}
