// Brings the orders that nobody has paid yet in line with a price list.
import type { Database } from '../database/database.ts'
import type { PriceList } from './price-list.ts'

/**
 * Recalculates discount and total of every order that waits for its payment, and of no other; answers with the numbers of
 * those that changed. `workspace` narrows it down to one.
 *
 * @example
 * const changed = await recalculateTotals(database, { prices: priceList })
 */
export async function recalculateTotals(
  database: Database,
  { prices, workspace = null }: { prices: PriceList; workspace?: string | null },
): Promise<string[]> {
  const { rows } = await database.query<{ number: string }>(
    `WITH price AS (
       SELECT key::plan AS plan, (value ->> 'discountPercent')::numeric(5, 2) AS discount FROM jsonb_each($1::jsonb)),
     wanted AS (
       SELECT orders.id, price.discount, round(sum(order_items.amount) * (100 - price.discount) / 100, 2) AS total
         FROM orders
         JOIN subscriptions USING (workspace_id)
         JOIN price USING (plan)
         JOIN order_items ON order_items.order_id = orders.id
        WHERE orders.status = 'placed' AND ($2::uuid IS NULL OR orders.workspace_id = $2)
        GROUP BY orders.id, price.discount)
     UPDATE orders SET discount_percent = wanted.discount, total = wanted.total
       FROM wanted
      WHERE orders.id = wanted.id AND (orders.discount_percent, orders.total) IS DISTINCT FROM (wanted.discount, wanted.total)
     RETURNING orders.number`,
    [JSON.stringify(prices), workspace],
  )
  return rows.map(({ number }) => number).sort()
}
