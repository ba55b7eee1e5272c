// The imagined past of customers: loaded on the first day, won over time, edited, merged.
import { instant, minuteMs, toldDays } from './calendar.ts'
import { type Company, someAddress, somebody, someCompany, somePhone, someResidentNumber } from './names.ts'
import { amounts, byProgram, type Past } from './past.ts'
import type { Tenant } from './past-workspaces.ts'
import { salesNotes } from './talk.ts'
import type { Row } from './world.ts'

/** Brings customers to the workspaces. */
export function pastCustomers(past: Past, tenants: readonly Tenant[]): void {
  const half = Math.round((amounts.customers * past.scale) / 2)
  planImports(past, tenants, half)
  for (let day = toldDays - 1; day >= 0; day -= 1) {
    for (let count = past.dailyCount('customers', day) / 2; count > 0; count -= 1) {
      past.plan(past.workingInstant(day), (at) => create(past, past.random.pickEarly(tenants), at))
    }
    for (let count = past.dailyCount('customerEdits', day); count > 0; count -= 1) {
      past.plan(past.workingInstant(day), (at) => edit(past, past.random.pickEarly(tenants), at))
    }
    if (past.random.chance(0.2 * past.scale)) {
      past.plan(past.workingInstant(day), (at) => merge(past, past.random.pickEarly(tenants), at))
    }
  }
}

// On the first day every workspace brings its address book along.
function planImports(past: Past, tenants: readonly Tenant[], count: number): void {
  const { calendar } = past
  const books = tenants.map((tenant) => ({ tenant, left: Math.max(3, Math.round(count / tenants.length)) }))
  for (const [place, { tenant, left }] of books.entries()) {
    const opened = Date.parse(String(tenant.workspace['created_at']))
    past.plan(Math.max(opened + minuteMs, calendar.at(toldDays, '08:50') + place * minuteMs), (at) => {
      const actor = past.by('member', tenant.members[0] as Row)
      past.world.act(
        { at, actor, procedure: 'customers.import', params: { rows: left, file: 'customers.csv' } },
        (hand) => {
          for (let number = 0; number < left; number += 1)
            tenant.customers.push(hand.insert('customers', someCustomer(past, tenant, at)))
        },
      )
    })
  }
}

function create(past: Past, tenant: Tenant, at: number): void {
  if (!past.world.has('workspaces', tenant.workspace)) return
  const customer = someCustomer(past, tenant, at)
  const actor = past.random.chance(0.5) ? byProgram('portal') : past.by('member', past.random.pick(tenant.members))
  const params = { company: customer['company'], email: customer['email'] }
  past.world.act({ at, actor, procedure: 'customers.create', params }, (hand) => {
    tenant.customers.push(hand.insert('customers', customer))
  })
}

function someCustomer(past: Past, tenant: Tenant, at: number): Row {
  const { random } = past
  const company = someCompany(random)
  const who = somebody(random, company.language)
  const id = past.nextId.customers++
  return customerRow(past, { id, tenant, company, name: who.name, address: `${who.address}${id}`, at })
}

type Coming = { id: number; tenant: Tenant; company: Company; name: string; address: string; at: number }

/** A customer as the database would hold it. */
export function customerRow({ random }: Past, { id, tenant, company, name, address, at }: Coming): Row {
  const { language } = company
  return {
    id,
    workspace_id: tenant.workspace['id'],
    company: company.name,
    name,
    email: `${address}@${company.domain}`,
    phone: random.chance(0.9) ? somePhone(random, language) : null,
    language,
    state: 'active',
    tags: random.chance(0.3) ? [random.pick(['VIP', '신규', '재계약', '연체', 'partner'])] : [],
    address: random.chance(0.7) ? someAddress(random, language) : null,
    resident_number: language === 'ko' && random.chance(0.25) ? someResidentNumber(random) : null,
    card_last4: random.chance(0.6) ? random.digits(4) : null,
    internal_note: random.chance(0.15) ? random.pick(salesNotes) : null,
    merged_into: null,
    created_at: instant(at),
  }
}

function edit(past: Past, tenant: Tenant, at: number): void {
  const { random, world } = past
  const open = tenant.customers.filter((one) => one['state'] === 'active' && !past.spared.has(one))
  if (open.length === 0) return
  const customer = random.pick(open)
  const language = customer['language'] === 'en' ? 'en' : 'ko'
  const values: Row = random.pick([
    () => ({ phone: somePhone(random, language) }),
    () => ({
      tags: [...new Set([...(customer['tags'] as string[]), random.pick(['VIP', '재계약', '연체', 'partner'])])],
    }),
    () => ({ address: someAddress(random, language) }),
    () => ({ name: somebody(random, language).name }),
    () => ({ internal_note: random.pick(salesNotes) }),
    () => ({ card_last4: random.digits(4) }),
  ])()
  const actor = past.by('member', random.pick(tenant.members))
  const params = { customer: String(customer['id']), fields: Object.keys(values) }
  world.act({ at, actor, procedure: 'customers.update', params }, (hand) => hand.update('customers', customer, values))
}

function merge(past: Past, { customers, members }: Tenant, at: number): void {
  const { random, world } = past
  if (customers.length < 2) return
  const [winner, loser] = [random.pick(customers), random.pick(customers)]
  if (winner === loser || [winner, loser].some((one) => one['state'] === 'closed' || past.spared.has(one))) return
  const params = { into: String(winner['id']), from: String(loser['id']) }
  world.act(
    { at, actor: past.by('member', members[0] as Row), procedure: 'customers.merge', params, reason: '같은 고객' },
    (hand) => {
      for (const table of ['conversations', 'orders'] as const) {
        for (const row of world.all(table)) {
          if (row['customer_id'] === loser['id']) hand.update(table, row, { customer_id: winner['id'] })
        }
      }
      hand.update('customers', loser, { state: 'closed', merged_into: winner['id'] })
    },
  )
}
