// Reads from the trail what was planted, as tests and the demo need it.
import type { Trail } from '@steward/trail'
import type { Pool } from 'pg'
import type { Planted } from './planted.ts'
import type { Served } from './served-days.ts'
import { type Happened, releaseWindow } from './troubles.ts'

/** After everything has happened and was moved to its instants. */
export async function recordPlanted(
  { pool, trail }: { pool: Pool; trail: Trail },
  served: Served,
  happened: Happened,
): Promise<Planted> {
  const { customer, tenant } = served.acme
  const [hana] = tenant.members
  const deletion = await newest(trail, 'orders.deleteMany')
  const deleted = (await trail.operation(deletion.id)).changes.filter(({ kind }) => kind === 'delete')
  const release = await newest(trail, 'billing.recalculate')
  const zeroed = (await trail.operation(release.id)).changes.filter(({ entity }) => entity === 'orders')
  const numbers = await numbersOf(
    pool,
    zeroed.map(({ key }) => String(key?.['id'])),
  )
  const [bin] = (
    await pool.query<Planted['deletedConversation']>(
      `SELECT conversations.id, subject, count(messages)::int AS messages
         FROM conversations JOIN messages ON messages.conversation_id = conversations.id
        WHERE conversations.id = $1 GROUP BY conversations.id`,
      [happened.deletedConversation],
    )
  ).rows
  const keys = (entity: string) =>
    deleted.filter((change) => change.entity === entity).map(({ key }) => String(key?.['id']))
  return {
    deletion: {
      customer: { id: String(customer['id']), name: String(customer['name']), email: String(customer['email']) },
      by: { id: `member:${hana?.['id']}`, name: String(hana?.['name']), email: String(hana?.['email']) },
      procedure: 'orders.deleteMany',
      reason: deletion.reason ?? '',
      at: deletion.at,
      operation: deletion.id,
      orders: [...happened.deletedOrders].sort(),
      orderIds: keys('orders').sort(),
      items: keys('order_items').length,
      conversation: happened.conversation,
    },
    release: {
      release: '4.2',
      plan: 'team',
      procedure: 'billing.recalculate',
      ...releaseWindow(served),
      operation: release.id,
      orders: [...happened.zeroedOrders].sort(),
      orderIds: zeroed.map(({ key }) => String(key?.['id'])).sort(),
      totals: Object.fromEntries(
        zeroed.map(({ key, before }) => [numbers.get(String(key?.['id'])) ?? '', JSON.stringify(before?.['total'])]),
      ),
      corrected: happened.corrected,
      edited: happened.edited,
    },
    masked: {
      entity: 'customers',
      key: String(customer['id']),
      values: {
        resident_number: String(customer['resident_number']),
        card_last4: String(customer['card_last4']),
        internal_note: String(customer['internal_note']),
      },
    },
    deletedConversation: bin ?? { id: happened.deletedConversation, subject: '', messages: 0 },
  }
}

async function newest(trail: Trail, procedure: string) {
  const { operations } = await trail.operations({ procedure, limit: 1 })
  const [operation] = operations
  if (operation === undefined) throw new Error(`The demo did not perform ${procedure}.`)
  return operation
}

async function numbersOf(pool: Pool, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ id: string; number: string }>(
    'SELECT id::text, number FROM orders WHERE id = ANY ($1::bigint[])',
    [ids],
  )
  return new Map(rows.map(({ id, number }) => [id, number]))
}
