// The imagined past of orders: placed, paid, settled; some cancelled, noted on, refunded.
import { type Plan, priceList } from '../billing/price-list.ts'
import { dayMs, hourMs, instant, minuteMs, toldDays } from './calendar.ts'
import { Money } from './money.ts'
import { goods } from './names.ts'
import { byProgram, type Past } from './past.ts'
import type { Tenant } from './past-workspaces.ts'
import type { Row } from './world.ts'

/** An order that is to be placed: by whom is decided then, unless it is given. */
export type PlannedOrder = { at: number; by?: { tenant: Tenant; customer: Row; lines: number } }

/** Plans the orders of every day, beside those that are given; answers with all instants in their order. */
export function pastOrders(past: Past, tenants: readonly Tenant[], given: readonly PlannedOrder[]): number[] {
  const planned: PlannedOrder[] = [...given]
  for (let day = toldDays - 1; day >= 0; day -= 1) {
    for (let count = past.dailyCount('orders', day); count > 0; count -= 1)
      planned.push({ at: past.workingInstant(day) })
  }
  for (const order of planned) past.plan(order.at, (at) => place(past, order.by ?? someBuyer(past, tenants), at))
  for (let day = toldDays - 1; day >= 0; day -= 1) {
    past.plan(past.calendar.at(day, '03:00'), (at) => settle(past, at))
    if (past.random.chance(0.15))
      past.plan(past.workingInstant(day), (at) => tidyUp(past, past.random.pick(tenants), at))
  }
  return planned.map(({ at }) => at).sort((one, other) => one - other)
}

function someBuyer(past: Past, tenants: readonly Tenant[]): NonNullable<PlannedOrder['by']> {
  const { random } = past
  for (;;) {
    const tenant = random.pickEarly(tenants)
    const buyers = tenant.customers.filter((one) => one['state'] === 'active' && !past.spared.has(one))
    if (buyers.length > 0) return { tenant, customer: random.pickEarly(buyers), lines: random.integer(1, 4) }
  }
}

/** The lines of an order, as the database would hold them. */
export function someItems(
  past: Past,
  lines: number,
): { sku: string; product: string; won: number; quantity: number }[] {
  const chosen = new Set<(typeof goods)[number]>()
  while (chosen.size < lines) chosen.add(past.random.pick(goods))
  return [...chosen].map((each) => ({ ...each, quantity: past.random.integer(1, each.won > 300_000 ? 2 : 6) }))
}

function place(past: Past, { tenant, customer, lines }: NonNullable<PlannedOrder['by']>, at: number): void {
  const { random, world } = past
  const items = someItems(past, lines)
  const percent = priceList[tenant.subscription['plan'] as Plan].discountPercent
  const sum = items.reduce((total, { quantity, won }) => total + quantity * won * 100, 0)
  const id = past.nextId.orders++
  const order: Row = {
    id,
    number: `HD-${String(id).padStart(5, '0')}`,
    workspace_id: tenant.workspace['id'],
    customer_id: customer['id'],
    status: 'placed',
    currency: 'KRW',
    discount_percent: new Money(percent * 100),
    total: new Money(Math.round((sum * (100 - percent)) / 100)),
    refunded: new Money(0),
    note: random.chance(0.12)
      ? random.pick(['오전 배송 부탁드려요', '세금계산서 필요', 'Gift wrap, please', '경비실에 맡겨 주세요'])
      : null,
    placed_at: instant(at),
    paid_at: null,
    settled_at: null,
  }
  const actor = random.chance(0.75) ? past.by('customer', customer) : past.by('member', random.pick(tenant.members))
  world.act(
    { at, actor, procedure: 'orders.place', params: { customer: String(customer['id']), items: lines } },
    (hand) => {
      hand.insert('orders', order)
      for (const [index, { sku, product, quantity, won }] of items.entries()) {
        const [price, amount] = [new Money(won * 100), new Money(won * 100 * quantity)]
        hand.insert('order_items', { order_id: id, line: index + 1, sku, product, quantity, unit_price: price, amount })
      }
    },
  )
  planLife(past, { order, tenant, customer }, at)
}

type Life = { order: Row; tenant: Tenant; customer: Row }

function planLife(past: Past, life: Life, placedAt: number): void {
  const { random } = past
  const isStory = past.spared.has(life.customer)
  if (isStory || random.chance(0.92))
    past.plan(placedAt + 5 * minuteMs + random.wait(9 * hourMs), (at) => pay(past, life, at))
  else past.plan(placedAt + random.integer(2, 5) * dayMs, (at) => cancel(past, life, at))
  if (isStory) return
  if (random.chance(0.06)) past.plan(placedAt + random.wait(12 * hourMs), (at) => takeNote(past, life, at))
  if (random.chance(0.045)) past.plan(placedAt + 3 * dayMs + random.wait(4 * dayMs), (at) => refund(past, life, at))
}

function pay(past: Past, { order }: Life, at: number): void {
  if (order['status'] !== 'placed' || !past.world.has('orders', order)) return
  const params = { order: order['number'] }
  past.world.act({ at, actor: byProgram('payments'), procedure: 'orders.pay', params }, (hand) =>
    hand.update('orders', order, { status: 'paid', paid_at: instant(at) }),
  )
}

function cancel(past: Past, { order, tenant }: Life, at: number): void {
  if (order['status'] !== 'placed' || !past.world.has('orders', order)) return
  const act = {
    at,
    actor: past.by('member', past.random.pick(tenant.members)),
    procedure: 'orders.cancel',
    reason: '입금 없음',
  }
  past.world.act({ ...act, params: { order: order['number'] } }, (hand) =>
    hand.update('orders', order, { status: 'cancelled' }),
  )
}

function takeNote(past: Past, { order, tenant }: Life, at: number): void {
  if (!past.world.has('orders', order)) return
  const note = past.random.pick([
    '고객 요청으로 배송지 변경',
    '부분 출고',
    '담당자 부재, 내일 다시 연락',
    'Called, no answer',
  ])
  const act = { at, actor: past.by('member', past.random.pick(tenant.members)), procedure: 'orders.correct' }
  past.world.act({ ...act, params: { order: order['number'], note } }, (hand) => hand.update('orders', order, { note }))
}

function refund(past: Past, { order, tenant }: Life, at: number): void {
  const { random, world } = past
  if (!['paid', 'settled'].includes(String(order['status'])) || !world.has('orders', order)) return
  const total = (order['total'] as Money).hundredths
  const isWhole = random.chance(0.5)
  const amount = new Money(isWhole ? total : Math.round(total / 200) * 100)
  if (amount.hundredths === 0) return
  const note = random.pick(['파손', '오배송', '수량 착오', 'Changed their mind'])
  const params = { order: order['number'], amount: String(amount), note }
  world.act(
    { at, actor: past.by('member', random.pick(tenant.members)), procedure: 'orders.refund', params },
    (hand) => {
      hand.insert('refunds', { id: random.uuid(at), order_id: order['id'], amount, note, created_at: instant(at) })
      hand.update('orders', order, { refunded: amount, ...(isWhole ? { status: 'refunded' } : {}) })
    },
  )
}

function settle(past: Past, at: number): void {
  const dayBefore = instant(at - dayMs)
  past.world.act({ at, actor: byProgram('nightly'), procedure: 'billing.settle' }, (hand) => {
    for (const order of past.world.all('orders')) {
      const isDue = order['status'] === 'paid' && String(order['paid_at']) < dayBefore
      if (isDue) hand.update('orders', order, { status: 'settled', settled_at: instant(at) })
    }
  })
}

// Admins delete a test order now and then: the great deletion of the story is not the first.
function tidyUp(past: Past, { workspace, members }: Tenant, at: number): void {
  const { world, random } = past
  const cancelled = world
    .all('orders')
    .filter((order) => order['workspace_id'] === workspace['id'] && order['status'] === 'cancelled')
    .slice(0, random.integer(1, 2))
  const params = { orders: cancelled.map(({ number }) => number) }
  const act = {
    at,
    actor: past.by('member', members[0] as Row),
    procedure: 'orders.deleteMany',
    params,
    reason: '취소된 주문 정리',
  }
  world.act(act, (hand) => {
    for (const order of cancelled) {
      const items = world.all('order_items').filter((item) => item['order_id'] === order['id'])
      for (const item of items) hand.remove('order_items', item)
      hand.remove('orders', order)
    }
  })
}
