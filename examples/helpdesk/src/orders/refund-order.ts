// Refunds an order: the one place that knows how, for the service and for Steward alike.
import type { Database } from '../database/database.ts'
import { Refusal } from '../refusal.ts'

/** `amount` in the order's currency, as text so that no digit is lost; all that is left of it unless given. */
export type RefundRequest = { order: string; amount?: string | undefined; note?: string | undefined; at?: Date }

/** What went back, and what the order is now. */
export type Refunded = { refund: string; order: string; amount: string; status: 'paid' | 'settled' | 'refunded' }

/**
 * Refunds an order, wholly or in part. The order is locked until the transaction ends: two refunds at once cannot give
 * back more than was paid.
 *
 * @throws Refusal where there is no such order, it was not paid, or less is left than is wanted.
 * @example
 * const { amount } = await refundOrder(database, { order: 'HD-10482', note: 'arrived damaged' })
 */
export async function refundOrder(
  database: Database,
  { order, amount, note = '', at = new Date() }: RefundRequest,
): Promise<Refunded> {
  const { id, number, left } = await lockPaidOrder(database, order)
  const wanted = amount ?? left
  const { rows } = await database.query<{ refund: string; amount: string; status: Refunded['status'] }>(
    `WITH given AS (
       INSERT INTO refunds (order_id, amount, note, created_at)
       SELECT $1, $2::numeric(14, 2), $3, $4 WHERE $2::numeric(14, 2) BETWEEN 0.01 AND $5::numeric
       RETURNING id, amount)
     UPDATE orders
        SET refunded = orders.refunded + given.amount,
            status = CASE WHEN orders.refunded + given.amount = orders.total THEN 'refunded' ELSE orders.status END
       FROM given WHERE orders.id = $1
     RETURNING given.id AS refund, given.amount, orders.status`,
    [id, wanted, note, at, left],
  )
  const [done] = rows
  if (done === undefined) {
    throw new Refusal('NOT_SENSIBLE', `${wanted} cannot be refunded of ${number}: ${left} is left of it.`)
  }
  return { ...done, order: number }
}

type PaidOrder = { id: string; number: string; status: string; left: string }

async function lockPaidOrder(database: Database, order: string): Promise<PaidOrder> {
  const { rows } = await database.query<PaidOrder>(
    `SELECT id::text, number, status, (total - refunded)::text AS "left"
       FROM orders WHERE number = $1 OR id::text = $1 FOR UPDATE`,
    [order],
  )
  const [found] = rows
  if (found === undefined) throw new Refusal('NOT_FOUND', `There is no order ${order}.`)
  if (found.status !== 'paid' && found.status !== 'settled') {
    throw new Refusal('NOT_POSSIBLE', `${found.number} is ${found.status}.`, 'Only what was paid can be refunded.')
  }
  return found
}
