// The configuration over the real tables: words for all of them, what support sees, and the procedures, as Steward serves them.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { asRequestListener, loadConfig, type OpenedSteward, openSteward } from 'steward'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { smallHelpdesk, workspaces } from '../src/testing/small-helpdesk.ts'
import configuration from '../steward.config.ts'
import { entities } from './entities.ts'

let database: TestDatabase
let steward: OpenedSteward
let server: Server

beforeAll(async () => {
  database = await smallHelpdesk('helpdesk-config')
  await database.pool.query(
    `INSERT INTO orders (id, workspace_id, customer_id, status, total, paid_at)
       VALUES (10482, '${workspaces.acme}', 11, 'paid', 128000, now()), (10483, '${workspaces.acme}', 12, 'placed', 5000, NULL);
     UPDATE customers SET resident_number = '900140-1234567', card_last4 = '4821', phone = '010-0482-1004' WHERE id = 11`,
  )
  const { roles } = await loadConfig({ folder: `${import.meta.dirname}/..` })
  steward = await openSteward({
    databaseUrl: database.url,
    officeUrl: database.url,
    configuration,
    pages: false,
    // The team's own sign-in: here it believes what it is told.
    identify: ({ headers }) => {
      const name = String(headers['x-role'])
      return { actor: { type: 'staff', id: name }, role: roles.get(name) ?? null }
    },
  })
  server = createServer(asRequestListener(steward))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await steward?.close()
  await database?.drop()
})

async function ask(
  role: 'cx' | 'developer',
  path: string,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; text: string; json: any }> {
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api${path}`, {
    headers: { 'x-role': role, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, json: text.startsWith('[') || text.startsWith('{') ? JSON.parse(text) : null }
}

const why = { 'Steward-Reason': 'TICKET-42', 'Steward-Confirm': '1' }

test('every table and every column has its words in both languages, and no word is for a column that is not there', async () => {
  const { rows } = await database.pool.query<{ table: string; columns: string[] }>(
    `SELECT table_name AS "table", array_agg(column_name::text ORDER BY ordinal_position) AS columns
       FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1`,
  )
  expect(rows.map(({ table }) => table).sort()).toEqual(Object.keys(entities).sort())
  for (const { table, columns } of rows) {
    const words = entities[table]
    expect(Object.keys(words?.columns ?? {}), table).toEqual(columns)
    const labels = [words?.label, words?.description, ...Object.values(words?.columns ?? {}).map(({ label }) => label)]
    for (const label of labels)
      expect(label, table).toEqual({ en: expect.stringMatching(/\w/), ko: expect.stringMatching(/[가-힣A-Z]/) })
    const named = [...(words?.list ?? []), ...(words?.search ?? []), ...(words?.title ? [words.title] : [])]
    for (const name of named) expect(columns).toContain(name)
  }
})

test.each([
  ['minjun@hanbit', 'customers'],
  ['010-0482-1004', 'customers'],
  ['한빛상사', 'customers'],
  ['HD-10482', 'orders'],
  ['10482', 'orders'],
  ['hana@acme.example', 'members'],
])('%s is found', async (text, entity) => {
  const { json } = await ask('cx', `/search?q=${encodeURIComponent(text)}`)
  expect(JSON.stringify(json)).toContain(`"entity":"${entity}"`)
})

test('support sees customers without what is not for support, in records and in their history', async () => {
  const answers = [await ask('cx', '/customers?id=eq.11'), await ask('cx', '/trail/history/customers?key=11')]
  for (const { status, text } of answers) {
    expect(status).toBe(200)
    expect(text).toContain('010-0482-1004')
    for (const secret of ['900140', '4821"', 'pays late']) expect(text).not.toContain(secret)
  }
  const seen = (await ask('developer', '/customers?id=eq.11')).text
  for (const secret of ['900140-1234567', '4821', 'pays late']) expect(seen).toContain(secret)
  expect((await ask('developer', '/members?id=eq.1')).text).not.toMatch(/[0-9a-f]{64}/)
})

test('support writes nothing but through the procedures that it has', async () => {
  expect((await ask('cx', '/orders', { body: { customer_id: 11 }, headers: why })).status).toBe(403)
  expect((await ask('cx', '/rpc/customers.merge', { body: { into: '11', from: '12' }, headers: why })).status).toBe(403)
  expect((await ask('cx', '/trail/revert', { body: { operation: crypto.randomUUID(), reason: 'x' } })).status).toBe(403)
})

test('an order is refunded: rehearsed first, with what it would change, and then once', async () => {
  const body = { order: 'HD-10482', amount: '28000', note: '파손' }
  const rehearsal = await ask('cx', '/rpc/orders.refund', {
    body,
    headers: { ...why, Prefer: 'tx=rollback', 'Steward-Diff': '1' },
  })
  expect(rehearsal.json.changes.map(({ entity, kind }: Record<string, string>) => `${kind} ${entity}`).sort()).toEqual([
    'insert refunds',
    'update orders',
  ])
  const hasty = await ask('cx', '/rpc/orders.refund', { body, headers: { 'Steward-Reason': 'TICKET-42' } })
  expect(hasty.json.code).toBe('ENTITIES_CONFIRMATION_REQUIRED')
  const done = await ask('cx', '/rpc/orders.refund', { body, headers: why })
  expect(done.json).toMatchObject({ order: 'HD-10482', amount: '28000.00', status: 'paid' })
  const { rows } = await database.pool.query(
    'SELECT refunded, (SELECT count(*)::int FROM refunds) FROM orders WHERE id = 10482',
  )
  expect(rows).toEqual([{ refunded: '28000.00', count: 1 }])
  const refused = await ask('cx', '/rpc/orders.refund', { body: { order: 'HD-10483' }, headers: why })
  expect([refused.status, refused.json]).toMatchObject([
    409,
    { code: 'HELPDESK_NOT_POSSIBLE', hint: expect.any(String) },
  ])
  expect((await ask('cx', '/rpc/orders.refund', { body: { order: 'HD-1' }, headers: why })).json.code).toBe(
    'HELPDESK_NOT_FOUND',
  )
})

test('customers are merged, and a revert parts them again', async () => {
  const merged = await ask('developer', '/rpc/customers.merge', { body: { into: '11', from: '12' }, headers: why })
  expect(merged.json).toEqual({ into: '11', from: '12', conversations: 0, orders: 1 })
  const trail = openTrail({ pool: database.pool })
  const [change] = await trail.history('customers', 12)
  expect(change).toMatchObject({
    after: { state: 'closed', merged_into: 11 },
    operation: { procedure: 'customers.merge' },
  })
  await trail.revert(await trail.planRevert({ operation: change?.operation.id ?? '' }), {
    reason: 'not the same after all',
  })
  const { rows } = await database.pool.query('SELECT customer_id::int FROM orders WHERE id = 10483')
  expect(rows).toEqual([{ customer_id: 12 }])
})

test('a deleted conversation is restored with the messages that went with it', async () => {
  const { rows } = await database.pool.query<{ id: string }>(
    `INSERT INTO conversations (workspace_id, customer_id, subject, deleted_at)
     VALUES ('${workspaces.acme}', 11, '계약서', '2026-01-02') RETURNING id`,
  )
  const conversation = rows[0]?.id
  await database.pool.query(
    `INSERT INTO messages (conversation_id, author, body, deleted_at)
     VALUES ($1, 'customer', 'with it', '2026-01-02'), ($1, 'member', 'before it', '2026-01-01')`,
    [conversation],
  )
  const restored = await ask('cx', '/rpc/conversations.restore', { body: { conversation }, headers: why })
  expect(restored.json).toMatchObject({ subject: '계약서', messages: 1 })
  const again = await ask('cx', '/rpc/conversations.restore', { body: { conversation }, headers: why })
  expect(again.status).toBe(409)
})
