// Ordering: by columns, and by a column of the one related row.
import type { Sight } from '../../visibility/sight.ts'
import type { At, OrderTerm } from '../dialect-request.ts'
import type { PlannedOrder, RowsPlan } from '../plan-tree.ts'
import { findEmbed, findRows } from './find-rows.ts'
import { orderNotToOne } from './plan-errors.ts'
import { resolveField } from './resolve-field.ts'

/**
 * Hangs every order where its path leads.
 *
 * @throws DialectError PGRST108 for what is not embedded, PGRST118 for a relation to many rows.
 */
export function placeOrder(sight: Sight, root: RowsPlan, name: string, orders: At<OrderTerm[]>[]): void {
  for (const { path, what } of orders) {
    const rows = findRows(root, path)
    const origin = path.at(-1) ?? name
    rows.order.push(...what.map((term) => planTerm(sight, { rows, origin }, term)))
  }
}

function planTerm(sight: Sight, { rows, origin }: { rows: RowsPlan; origin: string }, term: OrderTerm): PlannedOrder {
  const { direction, nulls } = term
  if (term.relation === null) {
    return { field: resolveField(sight, rows, term.field, 'ordered by'), embed: null, direction, nulls }
  }
  const embed = findEmbed(rows, term.relation)
  if (!embed.isToOne) throw orderNotToOne(origin, term.relation)
  const field = resolveField(sight, embed.rows, term.field, 'ordered by')
  const column = `order ${embed.orderFields.length + 1}`
  embed.orderFields.push({ column, field })
  return { field, embed: { embed, column }, direction, nulls }
}
