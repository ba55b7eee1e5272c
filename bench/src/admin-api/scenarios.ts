// admin.one, .list, .embed and .insert: requests that both sides answer, and what they cost.
import type { Part } from '../benchmark.ts'
import { compareRequests, type Side } from './compare-requests.ts'
import { ordersPerCustomer, type ShopSize } from './order-shop.ts'
import type { Asked } from './raw-request.ts'

const api = '/api'
const objectType = 'application/vnd.pgrst.object+json'
const seconds = { full: 85, quick: 24 }

/** A row by its id. */
export const one: Part = readPart('admin.one', 'one row by its id', {
  bounds: { floor: 3.2, goal: 2.5 },
  hand: ({ customers }) => ({ target: `/orders/${oneOf(customers * ordersPerCustomer)}` }),
  ours: ({ customers }) => ({
    target: `${api}/orders?id=eq.${oneOf(customers * ordersPerCustomer)}`,
    headers: { Accept: objectType },
  }),
})

/** The fifty newest orders of a customer. */
export const list: Part = readPart('admin.list', 'a list of fifty rows', {
  bounds: { floor: 2, goal: 1.6 },
  hand: ({ customers }) => ({ target: `/customers/${oneOf(customers)}/orders` }),
  ours: ({ customers }) => ({
    target: `${api}/orders?customer_id=eq.${oneOf(customers)}&order=placed_at.desc&limit=50`,
  }),
})

/** The same with the lines of each. */
export const embed: Part = readPart('admin.embed', 'a list of fifty rows with an embedded relation', {
  bounds: { floor: 1.8, goal: 1.4 },
  hand: ({ customers }) => ({ target: `/customers/${oneOf(customers)}/orders?lines=true` }),
  ours: ({ customers }) => ({
    target: `${api}/orders?select=*,order_lines(*)&customer_id=eq.${oneOf(customers)}&order=placed_at.desc&limit=50`,
  }),
})

const insertOurs = (size: ShopSize): Asked => ({
  method: 'POST',
  target: `${api}/orders`,
  headers: { Accept: objectType, Prefer: 'return=representation', 'Steward-Reason': 'TICKET-4821%20settlement' },
  body: newOrder(size),
})

/** An order is inserted and shown. */
export const insert: Part = {
  name: 'admin.insert',
  summary: 'an insert that answers with its row, without and with the trail',
  seconds: { full: 125, quick: 36 },
  measure: (run) =>
    compareRequests(run, {
      name: 'admin.insert',
      status: 201,
      isComparable: false,
      hand: (size) => ({ method: 'POST', target: '/orders', body: newOrder(size) }),
      sides: [
        { figure: 'admin.insert.cpu', bounds: { floor: 4, goal: 3 }, hasTrail: true, role: 'admin', ask: insertOurs },
        { figure: 'admin.insert.plain.cpu', bounds: { goal: 2.2 }, hasTrail: false, role: 'admin', ask: insertOurs },
      ],
    }),
}

type Reading = { bounds: Side['bounds']; hand: (size: ShopSize) => Asked; ours: (size: ShopSize) => Asked }

function readPart(name: string, summary: string, { bounds, hand, ours }: Reading): Part {
  return {
    name,
    summary,
    seconds,
    measure: (run) =>
      compareRequests(run, {
        name,
        status: 200,
        isComparable: true,
        hand,
        sides: [{ figure: `${name}.cpu`, bounds, hasTrail: true, role: 'reader', ask: ours }],
      }),
  }
}

function newOrder({ customers }: ShopSize): object {
  return {
    customer_id: oneOf(customers),
    status: 'open',
    total: 129.9,
    note: 'Leave it with the neighbour',
    shipping: { street: 'Long Lane 7', city: 'Seoul', express: true },
  }
}

function oneOf(count: number): number {
  return 1 + Math.floor(Math.random() * count)
}
