// Merges two customers that are one: everything of the second goes to the first.
import type { Database } from '../database/database.ts'
import { Refusal } from '../refusal.ts'

/** Ids of customers: `from` goes into `into`, and is closed. */
export type MergeRequest = { into: string; from: string }

/** How much was moved. */
export type Merged = { into: string; from: string; conversations: number; orders: number }

/**
 * Moves the conversations and orders of one customer to another of the same workspace, with the tags and what the other
 * lacks, and closes the one that is empty now. Nothing is deleted.
 *
 * @throws Refusal where one of them is not there or closed, or they are of two workspaces, or the same.
 * @example
 * await mergeCustomers(database, { into: '1042', from: '1077' })
 */
export async function mergeCustomers(database: Database, { into, from }: MergeRequest): Promise<Merged> {
  if (into === from) throw new Refusal('NOT_SENSIBLE', `Customer ${into} cannot be merged into itself.`)
  await lockBoth(database, { into, from })
  const moved = async (table: 'conversations' | 'orders') => {
    const { rowCount } = await database.query(`UPDATE ${table} SET customer_id = $1 WHERE customer_id = $2`, [
      into,
      from,
    ])
    return rowCount ?? 0
  }
  const conversations = await moved('conversations')
  const orders = await moved('orders')
  await database.query(
    `UPDATE customers AS winner
        SET phone = coalesce(winner.phone, loser.phone), address = coalesce(winner.address, loser.address),
            tags = ARRAY(SELECT DISTINCT tag FROM unnest(winner.tags || loser.tags) AS tag ORDER BY tag)
       FROM customers AS loser WHERE winner.id = $1 AND loser.id = $2`,
    [into, from],
  )
  await database.query(`UPDATE customers SET merged_into = $1 WHERE merged_into = $2`, [into, from])
  await database.query(`UPDATE customers SET state = 'closed', merged_into = $1 WHERE id = $2`, [into, from])
  return { into, from, conversations, orders }
}

// In the order of their ids: two merges of the same customers then wait for each other instead of locking up.
async function lockBoth(database: Database, { into, from }: MergeRequest): Promise<void> {
  const { rows } = await database.query<{ id: string; state: string; workspace: string }>(
    `SELECT id::text, state, workspace_id::text AS workspace FROM customers WHERE id = ANY ($1::bigint[])
      ORDER BY id FOR UPDATE`,
    [[into, from]],
  )
  for (const id of [into, from]) {
    const found = rows.find((row) => row.id === id)
    if (found === undefined) throw new Refusal('NOT_FOUND', `There is no customer ${id}.`)
    if (found.state === 'closed') throw new Refusal('NOT_POSSIBLE', `Customer ${id} is closed already.`)
  }
  if (rows[0]?.workspace !== rows[1]?.workspace) {
    throw new Refusal('NOT_SENSIBLE', `Customers ${into} and ${from} are of two workspaces.`)
  }
}
