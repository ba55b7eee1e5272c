// The imagined past of workspaces: they open, their people join, their subscriptions grow and renew.
import { createHash } from 'node:crypto'
import { type Plan, priceList } from '../billing/price-list.ts'
import { dateOf, dayMs, hourMs, instant, toldDays } from './calendar.ts'
import { Money } from './money.ts'
import { type Named, somebody, someCompany } from './names.ts'
import { amounts, byProgram, type Past } from './past.ts'
import type { Hand, Row } from './world.ts'

/** A workspace with its people; who is early in the list has more to do. */
export type Tenant = { workspace: Row; subscription: Row; members: Row[]; customers: Row[]; domain: string }

/** The token of a member of the demo; a real one is random and told once. */
export function demoToken(memberId: unknown): string {
  return `demo-token-of-member-${String(memberId)}`
}

/** Opens the workspaces, Acme first; most are there from the first day. */
export function pastWorkspaces(past: Past): Tenant[] {
  const { random, calendar } = past
  const count = Math.max(6, Math.round(amounts.workspaces * past.scale))
  return Array.from({ length: count }, (_each, place) => {
    const isLate = place >= 3 && random.chance(0.12)
    const at = isLate
      ? past.workingInstant(random.integer(35, toldDays - 10))
      : calendar.at(toldDays, '08:00') + place * 60_000
    const company =
      place === 0 ? { name: '에이크미 (Acme)', domain: 'acme.co.kr', language: 'ko' as const } : someCompany(random)
    const plan: Plan =
      place === 0 ? 'business' : ((['team', 'starter', 'team', 'business', 'team'] as const)[place % 5] ?? 'team')
    const slug = place === 0 ? 'acme' : `${company.domain.split('.')[0]}-${place}`
    const workspace = workspaceRow({ id: random.uuid(at), name: company.name, slug, domain: company.domain, at })
    const subscription = subscriptionRow(past, { workspace: workspace['id'], plan, at })
    const admin =
      place === 0 ? { name: '김하나', address: 'hana', language: 'ko' as const } : somebody(random, company.language)
    const tenant: Tenant = { workspace, subscription, members: [], customers: [], domain: company.domain }
    // Known before the first morning is over, so that everything else can refer to them.
    past.slugs.set(workspace['id'], slug)
    tenant.members.push(memberRow(past, { tenant, who: admin, role: 'admin', at }))
    past.plan(at, (when) => openWorkspace(past, tenant, when))
    planPeople(past, tenant, at)
    planBilling(past, tenant, at)
    return tenant
  })
}

function openWorkspace(past: Past, { workspace, subscription, members }: Tenant, at: number): void {
  const params = { slug: workspace['slug'], plan: subscription['plan'] }
  past.world.act({ at, actor: byProgram('signup'), procedure: 'workspaces.open', params }, (hand) => {
    hand.insert('workspaces', workspace)
    hand.insert('subscriptions', subscription)
    hand.insert('members', members[0] as Row)
  })
}

type Opening = { id: string; name: string; slug: string; domain: string; at: number }

function workspaceRow({ id, name, slug, domain, at }: Opening): Row {
  return {
    id,
    name,
    slug,
    country: 'KR',
    locale: 'ko',
    domains: [domain],
    settings: { greeting: `${name}입니다. 무엇을 도와드릴까요?`, officeHours: { from: '09:00', to: '18:00' } },
    created_at: instant(at),
    closed_at: null,
  }
}

function subscriptionRow(
  { random }: Past,
  { workspace, plan, at }: { workspace: unknown; plan: Plan; at: number },
): Row {
  return {
    id: random.uuid(at),
    workspace_id: workspace,
    plan,
    state: 'active',
    seats: random.integer(3, plan === 'business' ? 60 : 15),
    price_per_seat: new Money(Math.round(Number(priceList[plan].pricePerSeat) * 100)),
    add_ons: plan === 'starter' ? [] : random.pick([[], ['chatbot'], ['alimtalk', 'chatbot'], ['alimtalk']]),
    renews_on: dateOf(at + random.integer(1, 30) * dayMs),
    started_at: instant(at),
  }
}

type Joining = { tenant: Tenant; who: Named; role: 'admin' | 'agent'; at: number }

function memberRow(past: Past, { tenant, who, role, at }: Joining): Row {
  const id = past.nextId.members++
  // Names repeat in a country; addresses must not.
  const address = id === 1 ? who.address : `${who.address}${id}`
  return {
    id,
    workspace_id: tenant.workspace['id'],
    name: who.name,
    email: `${address}@${tenant.domain}`,
    role,
    languages: who.language === 'ko' ? ['ko'] : ['en', 'ko'],
    token_hash: createHash('sha256').update(demoToken(id)).digest('hex'),
    created_at: instant(at),
    left_at: null,
  }
}

function planPeople(past: Past, tenant: Tenant, openedAt: number): void {
  const { random } = past
  for (let number = random.integer(3, 8); number > 0; number -= 1) {
    const isFirst = number > 3
    const at = openedAt + (isFirst ? random.integer(1, 50) * 60_000 : random.integer(1, 70) * dayMs + 3 * hourMs)
    past.plan(at, (when) => {
      const admin = tenant.members[0] as Row
      const member = memberRow(past, {
        tenant,
        who: somebody(random),
        role: random.chance(0.15) ? 'admin' : 'agent',
        at: when,
      })
      const params = { email: member['email'], role: member['role'] }
      past.world.act({ at: when, actor: past.by('member', admin), procedure: 'members.invite', params }, (hand) => {
        tenant.members.push(hand.insert('members', member))
      })
    })
  }
}

function planBilling(past: Past, { members, subscription, workspace }: Tenant, openedAt: number): void {
  const { random } = past
  for (let day = 1; day < toldDays; day += 1) {
    past.plan(openedAt + day * dayMs, (at) => {
      const admin = past.by('member', members[0] as Row)
      if (String(subscription['renews_on']) <= dateOf(at)) renew(past, subscription, at)
      if (random.chance(0.03)) {
        const seats = Number(subscription['seats']) + random.integer(1, 4)
        past.world.act({ at, actor: admin, procedure: 'billing.changePlan', params: { seats } }, (hand) =>
          hand.update('subscriptions', subscription, { seats }),
        )
      }
      if (random.chance(0.02)) {
        const settings = { ...(workspace['settings'] as Row), theme: random.pick(['light', 'dark', 'indigo']) }
        past.world.act({ at, actor: admin, procedure: 'workspaces.configure', params: { settings } }, (hand: Hand) =>
          hand.update('workspaces', workspace, { settings }),
        )
      }
    })
  }
}

function renew(past: Past, subscription: Row, at: number): void {
  past.world.act({ at, actor: byProgram('nightly'), procedure: 'billing.renew' }, (hand) =>
    hand.update('subscriptions', subscription, { renews_on: dateOf(at + 30 * dayMs) }),
  )
}
