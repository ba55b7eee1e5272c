// The compiled service over real HTTP and a real PostgreSQL: what it does, what it refuses, and what the trail says of it.
import type { TestDatabase } from '@steward/cluster'
import { openTrail, type Trail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { compileHelpdesk, startHelpdesk } from './testing/compiled.ts'
import { smallHelpdesk, tokens } from './testing/small-helpdesk.ts'

let database: TestDatabase
let helpdesk: Awaited<ReturnType<typeof startHelpdesk>>
let trail: Trail

beforeAll(async () => {
  await compileHelpdesk()
  database = await smallHelpdesk('helpdesk')
  trail = openTrail({ pool: database.pool })
  helpdesk = await startHelpdesk(database.url)
})
afterAll(async () => {
  await helpdesk?.stop()
  await database?.drop()
})

const item = { sku: 'HS-110', product: 'Headset', quantity: 2, unitPrice: '48000.50' }

type Told = { body?: unknown; headers?: Record<string, string> }

async function ask(
  token: string,
  route: string,
  { body, headers = {} }: Told = {},
): Promise<{ status: number; body: any }> {
  const [method = '', path = ''] = route.split(' ')
  const response = await fetch(`${helpdesk.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

async function placed(items = [item]): Promise<string> {
  const { status, body } = await ask(tokens.jiwoo, 'POST /orders', { body: { customer: '11', items } })
  expect(status).toBe(201)
  return body.number
}

async function paid(): Promise<string> {
  const number = await placed()
  expect((await ask('payments-key', `POST /orders/${number}/pay`)).status).toBe(200)
  return number
}

const idOf = (number: string) => Number(number.slice(3))

test('an order has the discount of the plan, and the trail says who placed it, through what, for which request', async () => {
  const { body } = await ask(tokens.jiwoo, 'POST /orders', {
    body: { customer: '11', items: [item, { ...item, sku: 'MS-010', quantity: 1, unitPrice: '999' }] },
    headers: { 'x-request-id': 'request-7' },
  })
  // (2 × 48,000.50 + 999) less ten per cent
  expect(body).toMatchObject({ total: '87300.00' })
  const [change, ...older] = await trail.history('orders', idOf(body.number))
  expect(older).toEqual([])
  expect(change).toMatchObject({
    kind: 'insert',
    operation: {
      actor: { type: 'user', id: 'member:2', name: '이지우 (agent of acme)' },
      procedure: 'orders.place',
      params: { customer: '11', items: 2 },
      source: 'app',
      requestId: 'request-7',
    },
  })
  const { changes } = await trail.operation(change?.operation.id ?? '')
  expect(changes.map(({ entity }) => entity).sort()).toEqual(['order_items', 'order_items', 'orders'])
})

test('a customer orders through the portal, as themselves', async () => {
  const { status, body } = await ask('portal-key', 'POST /orders', {
    body: { items: [item] },
    headers: { 'x-customer': '11' },
  })
  expect(status).toBe(201)
  const [change] = await trail.history('orders', idOf(body.number))
  expect(change?.operation.actor).toEqual({ type: 'user', id: 'customer:11', name: '박민준 (customer of acme)' })
})

test('a refund gives back no more than was paid; the attempt is in the trail as well', async () => {
  const number = await paid()
  const refund = (amount?: string) =>
    ask(tokens.jiwoo, `POST /orders/${number}/refund`, {
      body: { ...(amount && { amount }), reason: 'arrived broken' },
    })
  expect(await refund('400')).toMatchObject({ status: 200, body: { order: number, amount: '400.00', status: 'paid' } })
  const refused = await refund('90000')
  expect(refused.status).toBe(422)
  expect(refused.body.message).toContain('86000.90 is left')
  expect(await refund()).toMatchObject({ status: 200, body: { amount: '86000.90', status: 'refunded' } })

  const { operations } = await trail.operations({ procedure: 'orders.refund', limit: 3 })
  expect(operations.map(({ outcome, reason }) => [outcome, reason])).toEqual([
    [null, 'arrived broken'],
    ['failed', 'arrived broken'],
    [null, 'arrived broken'],
  ])
  const { rows } = await database.pool.query('SELECT sum(amount) FROM refunds WHERE order_id = $1', [idOf(number)])
  expect(rows).toEqual([{ sum: '86400.90' }])
})

test('an admin deletes orders with all that hangs on them, and the trail takes them back', async () => {
  const orders = [await paid(), await placed()]
  await ask(tokens.jiwoo, `POST /orders/${orders[0]}/refund`, { body: { amount: '1' } })
  const body = { orders, reason: '정리' }
  expect((await ask(tokens.jiwoo, 'POST /orders/delete', { body })).status).toBe(403)
  expect((await ask(tokens.mia, 'POST /orders/delete', { body })).body).toEqual({ deleted: 0 })
  expect((await ask(tokens.hana, 'POST /orders/delete', { body })).body).toEqual({ deleted: 2 })

  const [deletion] = (await trail.operations({ procedure: 'orders.deleteMany', entity: 'orders', limit: 1 })).operations
  expect(deletion).toMatchObject({ actor: { name: '김하나 (admin of acme)' }, reason: '정리', params: { orders } })
  const plan = await trail.planRevert({ operation: deletion?.id ?? '' })
  expect([plan.rows.length, plan.conflicts.length]).toEqual([5, 0])
  await trail.revert(plan, { reason: 'TICKET-1' })
  expect((await ask(tokens.jiwoo, `GET /orders/${orders[0]}`)).body).toMatchObject({
    number: orders[0],
    refunded: '1.00',
    items: [{ sku: 'HS-110' }],
  })
})

test('what a member writes about a customer is in the changes and never in the parameters', async () => {
  const body = { internalNote: 'credit limit 5,000,000', phone: '010-0123-4567' }
  expect((await ask(tokens.jiwoo, 'PATCH /customers/11', { body })).status).toBe(200)
  const [change] = await trail.history('customers', 11)
  expect(change).toMatchObject({
    before: { phone: null, internal_note: 'pays late' },
    after: { phone: '010-0123-4567', internal_note: 'credit limit 5,000,000' },
    operation: { procedure: 'customers.update', params: { customer: '11', fields: ['internalNote', 'phone'] } },
  })
})

test('two customers that are one become one, with everything', async () => {
  const { body: talk } = await ask('portal-key', 'POST /conversations', {
    body: { subject: '문의', channel: 'chat', body: '안녕하세요' },
    headers: { 'x-customer': '12' },
  })
  const merge = (into: string, from: string) => ask(tokens.hana, `POST /customers/${into}/merge`, { body: { from } })
  expect((await merge('11', '13')).status).toBe(404)
  expect((await merge('11', '12')).body).toEqual({ into: '11', from: '12', conversations: 1, orders: 0 })
  expect((await ask(tokens.hana, 'GET /customers/12')).body).toMatchObject({ state: 'closed', mergedInto: '11' })
  expect((await ask(tokens.hana, `GET /conversations/${talk.id}`)).body).toMatchObject({ customerId: '11' })
  expect((await merge('11', '12')).status).toBe(409)
})

test('a conversation comes out of the bin with what went there with it, and without what was there before', async () => {
  const { body: talk } = await ask(tokens.jiwoo, 'POST /conversations', {
    body: { customer: '11', subject: '계약서', channel: 'email', body: 'first' },
  })
  const say = async (body: string) =>
    (await ask(tokens.jiwoo, `POST /conversations/${talk.id}/messages`, { body: { body } })).body
  const second = await say('second')
  await say('third')
  await database.pool.query("UPDATE messages SET deleted_at = '2026-01-01' WHERE id = $1", [second.id])
  expect((await ask(tokens.jiwoo, `DELETE /conversations/${talk.id}`)).status).toBe(200)
  expect((await ask(tokens.jiwoo, `GET /conversations/${talk.id}`)).status).toBe(404)
  expect((await ask(tokens.hana, `POST /conversations/${talk.id}/restore`)).body).toMatchObject({ messages: 2 })
  const { body } = await ask(tokens.jiwoo, `GET /conversations/${talk.id}`)
  expect(body.messages.map((message: { body: string }) => message.body)).toEqual(['first', 'third'])
})

test('who is not known, what is not asked for, and what is of another workspace gets no further', async () => {
  const number = await placed()
  expect((await ask('nobody', `GET /orders/${number}`)).status).toBe(401)
  expect((await ask(tokens.mia, `GET /orders/${number}`)).status).toBe(404)
  expect((await ask(tokens.jiwoo, `PATCH /orders/${number}`, { body: { status: 'settled' } })).status).toBe(400)
  expect((await ask(tokens.jiwoo, 'POST /orders', { body: { customer: '13', items: [item] } })).status).toBe(404)
})

test('another plan brings the orders in line that are not paid yet, and no others', async () => {
  const [open, done] = [await placed(), await paid()]
  expect((await ask(tokens.jiwoo, 'PATCH /subscription', { body: { plan: 'business' } })).status).toBe(403)
  expect((await ask(tokens.hana, 'PATCH /subscription', { body: { plan: 'business' } })).body).toMatchObject({
    pricePerSeat: '39900.00',
  })
  expect((await ask(tokens.jiwoo, `GET /orders/${open}`)).body).toMatchObject({
    discountPercent: '15.00',
    total: '81600.85',
  })
  expect((await ask(tokens.jiwoo, `GET /orders/${done}`)).body).toMatchObject({
    discountPercent: '10.00',
    total: '86400.90',
  })
})
