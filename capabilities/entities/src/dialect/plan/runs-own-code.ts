// Whether a plan runs SQL that somebody else wrote: only that can read what a request says of itself.
import type { EmbedPlan, Plan, PlannedColumn, PlannedField, PlannedLogic, RowsPlan } from '../plan-tree.ts'

/**
 * Whether anything of the database's own code runs in a plan: functions, views, policies, triggers, and casts to types that
 * may be made of functions. What only reads columns of tables runs none.
 *
 * @example
 * if (runsOwnCode(plan)) settings.push(['request.method', 'GET'])
 */
export function runsOwnCode(plan: Plan): boolean {
  return plan.kind !== 'read' || ofRows(plan.rows)
}

function ofRows({ source, table, columns, where, order, embeds }: RowsPlan): boolean {
  if (source.kind !== 'table' || table === null || table.hasRowSecurity !== false) return true
  if (table.kind !== 'table' && table.kind !== 'partitioned') return true
  return (
    columns.some(ofColumn) ||
    where.some(ofLogic) ||
    order.some(({ field, embed }) => embed === null && ofField(field)) ||
    embeds.some(ofEmbed)
  )
}

// A table between is not looked at again: it may be a view, or have policies.
function ofEmbed({ relationship, rows, orderFields }: EmbedPlan): boolean {
  const isPlain = relationship.kind !== 'many-to-many' && relationship.kind !== 'computed'
  return !isPlain || ofRows(rows) || orderFields.some(({ field }) => ofField(field))
}

function ofColumn(column: PlannedColumn): boolean {
  if (column.kind !== 'field') return false
  if (column.cast !== null || column.aggregateCast !== null) return true
  return column.field !== null && ofField(column.field)
}

function ofLogic(logic: PlannedLogic): boolean {
  if (logic.kind === 'presence') return false
  return logic.kind === 'condition' ? ofField(logic.field) : logic.members.some(ofLogic)
}

// A name that the cache does not know may be a function of the row.
function ofField({ computedBy, type }: PlannedField): boolean {
  return computedBy !== null || type === null
}
