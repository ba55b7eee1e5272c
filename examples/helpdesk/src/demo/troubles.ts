// The two troubles of the demo, done as they would be done: by an admin's click, and by a release with a wrong price list.
import { type PriceList, priceList } from '../billing/price-list.ts'
import { servedOrders } from './acme.ts'
import { instant, minuteMs } from './calendar.ts'
import { planPayment, type Served, someBasket } from './served-days.ts'
import type { Row } from './world.ts'

/** What is known while it happens; the rest is read from the trail afterwards. */
export type Happened = {
  deletedOrders: string[]
  zeroedOrders: string[]
  corrected: string[]
  edited: string[]
  conversation: string
  deletedConversation: string
}

// Yesterday, in Seoul.
const releasedAt = '11:20'
const deletedAt = '18:04'

// Two keys beside each other: ten per cent became a hundred.
const release = '4.2'
const priceListOfRelease: PriceList = { ...priceList, team: { ...priceList.team, discountPercent: 100 } }

/** Plans both, with what comes before and after them. */
export function planTroubles(served: Served): Happened {
  const happened: Happened = {
    deletedOrders: [],
    zeroedOrders: [],
    corrected: [],
    edited: [],
    conversation: '',
    deletedConversation: '',
  }
  planDeletion(served, happened)
  planRelease(served, happened)
  planBin(served, happened)
  planRefusedRefund(served)
  return happened
}

function planDeletion(served: Served, happened: Happened): void {
  const { calendar, schedule, service, world, acme } = served
  const ordersOf = world.all('orders').filter((order) => order['customer_id'] === acme.customer['id'])
  happened.deletedOrders.push(...ordersOf.map(({ number }) => String(number)))
  for (const [daysAgo, time, lines] of servedOrders) {
    schedule.plan(calendar.at(daysAgo, time), async (at) => {
      const asked = { method: 'POST' as const, path: '/orders', body: { items: someBasket(served, lines) } }
      const { number } = await service.ask<{ number: string }>({ customer: acme.customer }, asked)
      happened.deletedOrders.push(number)
      planPayment(served, number, at + 20 * minuteMs)
    })
  }
  const hana = acme.tenant.members[0] as Row
  schedule.plan(calendar.at(1, `${deletedAt}:12`), async () => {
    const body = { orders: happened.deletedOrders, reason: '정리' }
    await service.ask({ member: hana }, { method: 'POST', path: '/orders/delete', body })
  })
  schedule.plan(calendar.now - 25 * minuteMs, async () => {
    const body = {
      subject: '어제까지 있던 주문이 모두 사라졌어요',
      channel: 'email',
      body: '안녕하세요, 에이크미 구매팀 김민재입니다. 오늘 아침에 보니 저희 주문이 하나도 보이지 않아요. HD-10482 건은 이번 주에 받아야 하는데, 어떻게 된 건지 확인 부탁드립니다.\n\nOur orders are gone. Please help.',
    }
    const asked = { method: 'POST' as const, path: '/conversations', body }
    happened.conversation = (await service.ask<{ id: string }>({ customer: acme.customer }, asked)).id
  })
}

function planRelease(served: Served, happened: Happened): void {
  const { calendar, schedule, service, random } = served
  const tenants = served.tenants.filter(({ subscription }) => subscription['plan'] === 'team')
  // Some are certain to be open, however small the demo is.
  for (let place = 0; place < 12; place += 1) {
    const tenant = tenants[place % tenants.length]
    const customer = tenant?.customers.find((one) => one['state'] === 'active')
    if (tenant === undefined || customer === undefined) continue
    schedule.plan(calendar.at(1, '08:30') + place * 7 * minuteMs, async () => {
      const asked = {
        method: 'POST' as const,
        path: '/orders',
        body: { items: someBasket(served, random.integer(1, 3)) },
      }
      const { number } = await service.ask<{ number: string }>({ customer }, asked)
      served.tenantOf.set(number, tenant)
    })
  }
  const released = calendar.at(1, `${releasedAt}:30`)
  schedule.plan(released, async () => {
    const job = { program: 'release', procedure: 'releases.install', params: { release } } as const
    happened.zeroedOrders = await service.run(job, (billing) => billing.recalculate(release, priceListOfRelease))
  })
  schedule.plan(released + 60 * minuteMs, () => repairByHand(served, happened))
}

/** Three members notice, and set a total by hand; two others write a note, and know nothing. */
async function repairByHand(served: Served, happened: Happened): Promise<void> {
  const { schedule, calendar, random, service } = served
  const [first = '', second = '', third = '', fourth = '', fifth = ''] = happened.zeroedOrders
  for (const [place, number] of [first, second, third].entries()) {
    happened.corrected.push(number)
    const total = `${random.integer(5, 90) * 10_000}.00`
    const body = { total, reason: '합계가 0원으로 나와 수동으로 수정' }
    schedule.plan(calendar.at(1, '13:40') + place * 47 * minuteMs, () => patch(number, body))
  }
  for (const [place, number] of [fourth, fifth].entries()) {
    happened.edited.push(number)
    const note = place === 0 ? '오전 배송으로 변경' : 'Customer asked for a quote as PDF'
    schedule.plan(calendar.at(1, '15:15') + place * 33 * minuteMs, () => patch(number, { note }))
  }

  async function patch(number: string, body: unknown): Promise<void> {
    const [member] = served.tenantOf.get(number)?.members ?? []
    if (member !== undefined) await service.ask({ member }, { method: 'PATCH', path: `/orders/${number}`, body })
  }
}

// An agent deletes a conversation that was not spam after all.
function planBin(served: Served, happened: Happened): void {
  const { calendar, schedule, service, acme } = served
  const [, member = acme.tenant.members[0]] = acme.tenant.members
  const customer = acme.tenant.customers.find((one) => one['state'] === 'active' && one !== acme.customer)
  if (customer === undefined || member === undefined) return
  const asked = (path: string, body: unknown) => ({ method: 'POST' as const, path, body })
  schedule.plan(calendar.at(2, '10:02'), async (at) => {
    const body = {
      subject: '계약서 사본을 보내 주세요',
      channel: 'email',
      body: '지난달에 맺은 계약서 사본이 필요합니다.',
    }
    const { id } = await service.ask<{ id: string }>({ customer }, asked('/conversations', body))
    happened.deletedConversation = id
    const path = `/conversations/${id}`
    schedule.plan(at + 40 * minuteMs, async () => {
      await service.ask({ member }, asked(`${path}/messages`, { body: '네, 오늘 중으로 보내 드릴게요.' }))
    })
    schedule.plan(at + 95 * minuteMs, async () => {
      await service.ask({ customer }, asked(`${path}/messages`, { body: '사업자등록증도 함께 부탁드려요.' }))
    })
    schedule.plan(calendar.at(1, '16:20'), async () => void (await service.ask({ member }, { method: 'DELETE', path })))
  })
}

// Failures are in the trail, too: more was to be refunded than was left.
function planRefusedRefund({ calendar, schedule, service, world, tenants }: Served): void {
  const order = world.all('orders').find(({ status }) => status === 'settled')
  const tenant = tenants.find(({ workspace }) => workspace['id'] === order?.['workspace_id'])
  const member = tenant?.members[0]
  if (order === undefined || member === undefined) return
  const path = `/orders/${order['number']}/refund`
  schedule.plan(calendar.at(2, '11:31'), async () => {
    const body = { amount: '99999999', note: '전액 환불 요청' }
    await service.ask({ member }, { method: 'POST', path, body, isRefused: true })
  })
  schedule.plan(calendar.at(2, '11:33'), async () => {
    await service.ask({ member }, { method: 'POST', path, body: { amount: '1000', note: '파손 보상' } })
  })
}

/** For the record: the window of the release, around its one operation. */
export function releaseWindow({ calendar }: Served): { from: string; to: string } {
  const released = calendar.at(1, `${releasedAt}:30`)
  return { from: instant(released - 5 * minuteMs), to: instant(released + 10 * minuteMs) }
}
