// The last days: what customers and members do while the service really runs.
import { type Calendar, dayMs, hourMs, minuteMs, servedDays } from './calendar.ts'
import type { Imagined } from './imagine-past.ts'
import { goods, somebody, someCompany, somePhone } from './names.ts'
import { amounts } from './past.ts'
import type { Tenant } from './past-workspaces.ts'
import type { RunningService } from './running-service.ts'
import type { Schedule } from './schedule.ts'
import { articleTopics, type Matter, matters, notes } from './talk.ts'
import type { Row } from './world.ts'

/** The service, what is planned with it, and whom there is. */
export type Served = Imagined & {
  service: RunningService
  schedule: Schedule<Promise<void>>
  calendar: Calendar
  scale: number
  /** Whose the orders are that somebody may still do something with, by their numbers. */
  tenantOf: Map<string, Tenant>
}

/** Plans three days of everyday work. */
export function planServedDays(served: Served): void {
  const { calendar, random, schedule, world, tenants } = served
  for (let daysAgo = servedDays; daysAgo >= 0; daysAgo -= 1) {
    schedule.plan(calendar.at(daysAgo, '03:00'), () => nightly(served))
    const often = (amount: keyof typeof amounts) =>
      Math.round(((amounts[amount] * served.scale) / 72) * calendar.busyness(daysAgo))
    const plan = (count: number, work: (at: number) => Promise<void>) => {
      for (let number = 0; number < count; number += 1) schedule.plan(workingInstant(served, daysAgo), work)
    }
    plan(often('orders'), (at) => order(served, at))
    plan(often('conversations'), (at) => talk(served, at))
    plan(often('customers') / 2, () => welcome(served))
    plan(often('customerEdits'), () => editCustomer(served))
    plan(often('articles'), (at) => publish(served, at))
  }
  // What is not paid yet when the trail begins is paid now.
  for (const open of world.all('orders').filter(({ status }) => status === 'placed')) {
    const tenant = tenants.find(({ workspace }) => workspace['id'] === open['workspace_id'])
    if (tenant === undefined) continue
    const number = String(open['number'])
    served.tenantOf.set(number, tenant)
    const waitMs = Math.min(random.wait(9 * hourMs), 30 * hourMs)
    if (!hasTime(tenant)) planPayment(served, number, calendar.trailBegins + waitMs)
  }
}

/** An instant of the working hours of a day in Seoul. */
function workingInstant({ calendar, random }: Served, daysAgo: number): number {
  return calendar.at(daysAgo, '09:00') + random.integer(0, 9.5 * 60) * minuteMs + random.integer(0, 59) * 1000
}

// On the plan `team` orders are paid by transfer, within a week: these are open when the release comes.
function hasTime({ subscription }: Tenant): boolean {
  return subscription['plan'] === 'team'
}

async function nightly({ service }: Served): Promise<void> {
  await service.run({ program: 'nightly', procedure: 'jobs.nightly' }, async (billing) => {
    await billing.settle()
    await billing.renew()
  })
}

/** Somebody of the workspaces who is still there, and not of a story. */
function someCustomerOf(served: Served): { tenant: Tenant; customer: Row; member: Row } {
  const { random, acme } = served
  for (;;) {
    const tenant = random.pickEarly(served.tenants)
    const customers = tenant.customers.filter((one) => one['state'] === 'active' && one !== acme.customer)
    if (customers.length > 0)
      return { tenant, customer: random.pickEarly(customers), member: random.pick(tenant.members) }
  }
}

/** What somebody buys, as the service wants it told. */
export function someBasket(
  { random }: Served,
  lines: number,
): { sku: string; product: string; quantity: number; unitPrice: string }[] {
  const chosen = new Set<(typeof goods)[number]>()
  while (chosen.size < lines) chosen.add(random.pick(goods))
  return [...chosen].map(({ sku, product, won }) => ({
    sku,
    product,
    quantity: random.integer(1, 4),
    unitPrice: `${won}.00`,
  }))
}

async function order(served: Served, at: number): Promise<void> {
  const { random, service } = served
  const { tenant, customer, member } = someCustomerOf(served)
  const body = { customer: String(customer['id']), items: someBasket(served, random.integer(1, 4)) }
  const asker = random.chance(0.75) ? { customer } : { member }
  const { number } = await service.ask<{ number: string }>(asker, { method: 'POST', path: '/orders', body })
  served.tenantOf.set(number, tenant)
  if (hasTime(tenant)) return
  if (random.chance(0.9)) planPayment(served, number, at + 5 * minuteMs + random.wait(8 * hourMs))
  else served.schedule.plan(at + random.wait(dayMs), () => cancel(served, { number, member }))
  if (random.chance(0.1)) {
    const note = random.pick(['부분 출고', '담당자 부재, 내일 다시 연락', 'Called, no answer'])
    const asked = { method: 'PATCH' as const, path: `/orders/${number}`, body: { note } }
    served.schedule.plan(at + random.wait(6 * hourMs), async () => void (await service.ask({ member }, asked)))
  }
}

/** The payment provider tells the service, at that instant, that the money is there. */
export function planPayment({ schedule, service }: Served, number: string, at: number): void {
  const asked = { method: 'POST' as const, path: `/orders/${number}/pay` }
  schedule.plan(at, async () => void (await service.ask({ program: 'payments' }, asked)))
}

async function cancel({ service }: Served, { number, member }: { number: string; member: Row }): Promise<void> {
  await service.ask({ member }, { method: 'POST', path: `/orders/${number}/cancel`, body: { reason: '고객 요청' } })
}

async function talk(served: Served, at: number): Promise<void> {
  const { random, service, schedule } = served
  const { customer, member, tenant } = someCustomerOf(served)
  const matter = random.pick(matters.filter(({ language }) => language === customer['language']))
  const channel = random.pick(['email', 'email', 'chat', 'web'])
  const body = { subject: matter.subject, channel, body: matter.asks }
  const { id } = await service.ask<{ id: string }>({ customer }, { method: 'POST', path: '/conversations', body })
  const path = `/conversations/${id}`
  const assignedAt = at + random.wait(15 * minuteMs)
  const answeredAt = assignedAt + 2 * minuteMs + random.wait(50 * minuteMs)
  const thankedAt = answeredAt + 5 * minuteMs + random.wait(3 * hourMs)
  const plan = (
    when: number,
    asker: { member: Row } | { customer: Row },
    asked: Parameters<RunningService['ask']>[1],
  ) => schedule.plan(when, async () => void (await service.ask(asker, asked)))
  plan(assignedAt, { member: random.pick(tenant.members) }, { method: 'PATCH', path, body: assignment(matter, member) })
  if (random.chance(0.25)) plan(assignedAt + minuteMs, { member }, note(path, random.pick(notes)))
  plan(answeredAt, { member }, { method: 'POST', path: `${path}/messages`, body: { body: matter.answers } })
  if (random.chance(0.8))
    plan(thankedAt, { customer }, { method: 'POST', path: `${path}/messages`, body: { body: matter.thanks } })
  plan(thankedAt + random.wait(2 * hourMs), { member }, { method: 'POST', path: `${path}/close` })
}

function assignment({ tag }: Matter, member: Row): { assignee: string; tags: string[] } {
  return { assignee: String(member['id']), tags: [tag] }
}

function note(path: string, body: string): Parameters<RunningService['ask']>[1] {
  return { method: 'POST', path: `${path}/messages`, body: { body, isInternal: true } }
}

async function welcome(served: Served): Promise<void> {
  const { random, service } = served
  const { member } = someCustomerOf(served)
  const company = someCompany(random)
  const who = somebody(random, company.language)
  const body = {
    company: company.name,
    name: who.name,
    email: `${who.address}.${random.digits(4)}@${company.domain}`,
    phone: somePhone(random, who.language),
    language: who.language,
  }
  await service.ask({ member }, { method: 'POST', path: '/customers', body })
}

async function editCustomer(served: Served): Promise<void> {
  const { random, service } = served
  const { customer, member } = someCustomerOf(served)
  const body = random.pick([
    { phone: somePhone(random, customer['language'] === 'en' ? 'en' : 'ko') },
    { tags: [random.pick(['VIP', '재계약', '연체', 'partner'])] },
    { internalNote: random.pick(['견적 재발송함', '결제 조건 협의 중', 'Asked for a discount']) },
  ])
  await service.ask({ member }, { method: 'PATCH', path: `/customers/${customer['id']}`, body })
}

async function publish(served: Served, at: number): Promise<void> {
  const { random, service, schedule } = served
  const { member } = someCustomerOf(served)
  const { title, body, language, slug: topic } = random.pick(articleTopics)
  const slug = `${topic}-${random.digits(6)}`
  await service.ask({ member }, { method: 'POST', path: '/articles', body: { slug, title, body, language } })
  const asked = { method: 'PATCH' as const, path: `/articles/${slug}`, body: { state: 'published' } }
  schedule.plan(at + random.wait(3 * hourMs), async () => void (await service.ask({ member }, asked)))
}
