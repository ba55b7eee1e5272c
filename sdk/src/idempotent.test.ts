// Writes over a network that loses answers: with `idempotent` they are tried again and done once, else they are sent once.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient, unwrap } from './index.ts'
import { type ServedShop, type ShopProcedures, serveShop } from './testing/serve-shop.ts'

let shop: ServedShop

beforeAll(async () => {
  shop = await serveShop()
})
afterAll(() => shop?.close())

/** The server does everything, and its first answer never arrives. */
function losingOne(): { fetch: typeof fetch; sent: () => number } {
  let sent = 0
  return {
    sent: () => sent,
    fetch: async (input, init) => {
      sent += 1
      const answer = await fetch(input, init)
      if (sent === 1) throw new TypeError('the connection was cut')
      return answer
    },
  }
}

const client = (network: ReturnType<typeof losingOne>, idempotent: boolean) =>
  createClient<any, ShopProcedures>({ url: shop.url, reason: 'T-1', fetch: network.fetch, idempotent })

test('an insert, a procedure and a changeset are done once, and answered', async () => {
  const inserting = losingOne()
  await unwrap(client(inserting, true).from('orders').insert({ id: 50, note: 'once' }))
  expect(inserting.sent()).toBe(2)

  const calling = losingOne()
  expect(await client(calling, true).call('orders.refund', { order: 50 }, { isConfirmed: true })).toEqual({
    refunded: true,
  })

  const changing = losingOne()
  const { results } = await client(changing, true).changeset([{ method: 'POST', path: '/orders', body: { id: 51 } }])
  expect(results.map(({ status }) => status)).toEqual([201])

  const plain = createClient({ url: shop.url })
  const kinds = async (id: number) => (await plain.history('orders', id)).map(({ kind }) => kind)
  expect([await kinds(50), await kinds(51)]).toEqual([['update', 'insert'], ['insert']])
})

test('without it a write is sent once, and whoever asked learns that nobody knows', async () => {
  const network = losingOne()
  const { error } = await client(network, false).from('orders').insert({ id: 60 })
  expect([network.sent(), error?.code]).toEqual([1, 'SDK_UNREACHABLE'])
})
