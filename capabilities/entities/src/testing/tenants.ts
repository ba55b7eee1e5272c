// A service with two tenants and roles that see more or less of it, for proofs that nothing else is seen.
import { readFile } from 'node:fs/promises'
import { adminRole, type Role, readerRole } from '@steward/engine'
import { type Answered, type Asking, openFilled, type Shop } from './shop.ts'

const fixture = await readFile(new URL('../fixtures/tenants.sql', import.meta.url), 'utf8')

/** What may stand nowhere in an answer to the tenant. */
export const forbidden = /SECRET|FOREIGN|BURIED|98765|49382/

/** Support of workspace 7: masks, row filters, and what it may not see at all. */
const tenantRole: Role = {
  name: 'tenant',
  permissions: [],
  functions: ['find_customers', 'one_customer', 'all_secrets', 'all_keys', 'greeting', 'neighbours'],
  entities: {
    '*': { read: true },
    customers: {
      read: true,
      write: true,
      where: { workspace_id: 7 },
      mask: { email: 'first-letter', phone: 'hidden', card: 'last-4', salary: 'hidden', profile: 'hidden' },
    },
    customers_old: { read: true, write: true },
    customer_cards: { read: true, write: true },
    orders: { read: true, write: true, where: ({ id }) => (id === 'kim' ? { workspace_id: [7, null] } : {}) },
    order_products: { read: true, where: { workspace_id: [7, 70] } },
    visits: { read: true, where: { workspace_id: 7 }, mask: ['place'] },
    remarks: { read: true, maxRows: 2 },
    tokens: { read: true, write: true, mask: ['code'] },
    inbox: { write: ['insert', 'update'] },
    hashes_trusted: { read: true, isTrusted: true },
    secrets: {},
    wishes: {},
    'hidden.keys': {},
  },
}

/** Whoever nobody gave anything. */
const emptyRole: Role = { name: 'empty', permissions: [], functions: [], entities: {} }

/** By name; null is nobody. */
const roles: Readonly<Record<string, Role | null>> = {
  admin: adminRole,
  reader: readerRole,
  tenant: tenantRole,
  empty: emptyRole,
  nobody: null,
}

/** The service with its door open in Steward's own mode; no reason is asked for. */
export type Tenants = Shop

/** Opens it in a database of its own. */
export function openTenants(): Promise<Tenants> {
  return openFilled(
    { name: 'tenants', script: fixture },
    {
      schemas: ['public'],
      requiresReason: false,
      allowsPlan: true,
      onError: (error) => {
        throw error
      },
    },
  )
}

const kim = { type: 'staff', id: 'kim' } as const

/** Asks as somebody of this role; `prefer` is added to what the request prefers. */
export function askAs(
  { ask }: Tenants,
  { method, target, sent }: { method: string; target: string; sent?: Asking },
  { role, prefer = '' }: { role: string; prefer?: string },
): Promise<Answered> {
  const headers: Record<string, string> = { ...sent?.headers }
  if (prefer !== '') headers.Prefer = [headers.Prefer, prefer].filter(Boolean).join(',')
  return ask(method, target, { ...sent, headers, role: roles[role] ?? null, actor: kim })
}

/** All that a client hears, but for the request's own address. */
export function heard({ status, headers, body }: Answered): string {
  const { 'content-location': _, ...others } = headers
  return `${status} ${JSON.stringify(others)} ${body}`
}
