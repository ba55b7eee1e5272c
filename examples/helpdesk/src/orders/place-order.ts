// Writes a new order down: its items, the discount of the workspace's plan, the total.
import { type Plan, priceList } from '../billing/price-list.ts'
import type { Database } from '../database/database.ts'
import { Refusal } from '../refusal.ts'

/** One line; `unitPrice` is text so that no digit is lost. */
export type WantedItem = { sku: string; product: string; quantity: number; unitPrice: string }

/** What is ordered, for which customer of which workspace, and when. */
export type Wanted = {
  workspace: string
  customer: string
  items: readonly WantedItem[]
  note?: string | null
  at: Date
}

/**
 * Places an order; answers with its number and total.
 *
 * @throws Refusal where the customer is closed or of another workspace.
 * @example
 * const { number } = await placeOrder(database, { workspace, customer: '1042', items, at: new Date() })
 */
export async function placeOrder(database: Database, wanted: Wanted): Promise<{ number: string; total: string }> {
  const { workspace, customer, items, note = null, at } = wanted
  const { rows: found } = await database.query<{ plan: Plan }>(
    `SELECT subscriptions.plan FROM customers JOIN subscriptions USING (workspace_id)
      WHERE customers.id = $1 AND customers.workspace_id = $2 AND customers.state = 'active'`,
    [customer, workspace],
  )
  const [subscription] = found
  if (subscription === undefined) throw new Refusal('NOT_FOUND', `There is no active customer ${customer} here.`)
  const lines = items.map((item, index) => ({ ...item, line: index + 1 }))
  const { rows } = await database.query<{ id: string; number: string; total: string }>(
    `INSERT INTO orders (workspace_id, customer_id, discount_percent, total, note, placed_at)
     SELECT $1::uuid, $2::bigint, $3::numeric, round(sum(quantity * "unitPrice") * (100 - $3::numeric) / 100, 2), $4::text, $5::timestamptz
       FROM jsonb_to_recordset($6::jsonb) AS line (quantity integer, "unitPrice" numeric(12, 2))
     RETURNING id, number, total`,
    [workspace, customer, priceList[subscription.plan].discountPercent, note, at, JSON.stringify(lines)],
  )
  const order = rows[0] as { id: string; number: string; total: string }
  await database.query(
    `INSERT INTO order_items (order_id, line, sku, product, quantity, unit_price)
     SELECT $1, line, sku, product, quantity, "unitPrice"
       FROM jsonb_to_recordset($2::jsonb)
         AS line (line smallint, sku text, product text, quantity integer, "unitPrice" numeric(12, 2))`,
    [order.id, JSON.stringify(lines)],
  )
  return { number: order.number, total: order.total }
}
