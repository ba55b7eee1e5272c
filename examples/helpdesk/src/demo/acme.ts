// The customer of the first story: Kim of Acme, with the fourteen orders that will be deleted.
import { byProgram, type Past } from './past.ts'
import { customerRow } from './past-customers.ts'
import type { PlannedOrder } from './past-orders.ts'
import type { Tenant } from './past-workspaces.ts'
import type { Row } from './world.ts'

/** Days ago and time of each order, and how many lines it has: fourteen orders, thirty-one items. */
const orders = [
  [25, '10:12', 2],
  [22, '15:40', 3],
  [19, '11:05', 1],
  [17, '09:31', 2],
  [15, '16:22', 4],
  [12, '10:48', 2],
  [10, '14:19', 1],
  [8, '09:57', 3],
  [6, '17:03', 2],
  [5, '11:26', 2],
  [4, '13:45', 3],
] as const

/** Those that are placed while the service really runs: days ago, time, lines. */
export const servedOrders = [
  [3, '10:20', 2],
  [2, '14:05', 2],
  [1, '10:40', 2],
] as const

/** Which of the orders of the past is HD-10482. */
const namedOrder = { place: 9, id: 10_482 }

/** Kim and where they belong. */
export type Acme = { tenant: Tenant; customer: Row }

/** Brings Kim to Acme; answers with the orders that are to be placed among all others. */
export function plantAcme(past: Past, tenant: Tenant): Acme & { planned: PlannedOrder[]; namedAt: number } {
  const { calendar } = past
  const joinedAt = calendar.at(60, '10:00')
  const company = { name: '에이크미', domain: 'acme.co.kr', language: 'ko' as const }
  const id = past.nextId.customers++
  const customer: Row = {
    ...customerRow(past, { id, tenant, company, name: '김민재', address: 'kim', at: joinedAt }),
    phone: '010-0482-1004',
    tags: ['VIP'],
    address: { city: '서울', street: '테헤란로 152', postalCode: '06236' },
    resident_number: '850741-1048200',
    card_last4: '4821',
    internal_note: '신용 한도 3,000만 원. 연말 재계약 협상 중 — 할인 15% 제시.',
  }
  past.spared.add(customer)
  past.plan(joinedAt, (at) => {
    const params = { company: company.name, email: customer['email'] }
    past.world.act({ at, actor: byProgram('portal'), procedure: 'customers.create', params }, (hand) => {
      tenant.customers.push(hand.insert('customers', customer))
    })
  })
  const planned = orders.map(([daysAgo, time, lines]) => ({
    at: calendar.at(daysAgo, time),
    by: { tenant, customer, lines },
  }))
  return { tenant, customer, planned, namedAt: planned[namedOrder.place]?.at ?? 0 }
}

/** The id of the very first order, so that the one that was placed at that instant is HD-10482. */
export function firstOrderId(instants: readonly number[], namedAt: number): number {
  return namedOrder.id - instants.filter((at) => at < namedAt).length
}
