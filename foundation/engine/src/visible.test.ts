// What roles see: nothing that was not said.
import { expect, test } from 'vitest'
import { adminRole, isPermitted, mayCall, type Role, readerRole, visible } from './index.ts'

const kim = { type: 'staff', id: 'kim' } as const
const support: Role = {
  name: 'cx',
  permissions: ['trail:*', 'entities:meta'],
  functions: ['refund_order'],
  maxAffected: 50,
  entities: {
    '*': { read: true },
    customers: { read: true, write: ['update'], where: { workspace_id: 7, state: ['open', null] }, mask: ['phone'] },
    orders: { read: true, write: true, where: ({ id }) => ({ owner: id }), mask: { card: 'last-4' }, maxAffected: 5 },
    secrets: {},
  },
}

test('an entity has its own rule and nothing of the one for all others', () => {
  const customers = visible(support, 'customers', kim)
  expect(customers.canRead).toBe(true)
  expect([...customers.writes]).toEqual(['update'])
  expect(customers.where).toEqual([
    { column: 'workspace_id', values: ['7'] },
    { column: 'state', values: ['open', null] },
  ])
  expect(customers.masks.get('phone')).toBe('hidden')
  expect(customers.maxAffected).toBe(50)
  expect(visible(support, 'secrets', kim)).toMatchObject({ canRead: false, writes: new Set() })
  expect(visible(support, 'invoices', kim)).toMatchObject({ canRead: true, writes: new Set(), where: [] })
})

test('without a rule for all others nothing is seen that is not named', () => {
  const role = { ...support, entities: { orders: { read: true } } }
  expect(visible(role, 'customers', kim).canRead).toBe(false)
  expect(visible(role, 'constructor', kim).canRead).toBe(false)
})

test('rows can depend on who asks, and are nobody’s who is not known', () => {
  expect(visible(support, 'orders', kim).where).toEqual([{ column: 'owner', values: ['kim'] }])
  expect(visible(support, 'orders', kim).masks.get('card')).toBe('last-4')
  expect(visible(support, 'orders', null)).toMatchObject({ canRead: false, writes: new Set() })
})

test('a value that was forgotten fits no row', () => {
  const where = () => ({ owner: undefined }) as never
  const role = { ...support, entities: { orders: { read: true, where } } }
  expect(visible(role, 'orders', kim).where).toEqual([{ column: 'owner', values: [] }])
})

test.each([
  ['a promise', async () => ({ owner: 'kim' })],
  ['nothing', () => undefined],
  ['a list', () => ['owner']],
  ['a Map', () => new Map([['owner', 'kim']])],
])('a row filter that turns out to be %s lets no row through', (_what, where) => {
  const role = { ...support, entities: { orders: { read: true, write: true, where: where as never } } }
  expect(visible(role, 'orders', kim)).toMatchObject({ canRead: false, writes: new Set() })
})

test('a permission is held by name, by capability, or with all others', () => {
  expect(isPermitted(support, 'trail:revert')).toBe(true)
  expect(isPermitted(support, 'trails:revert')).toBe(false)
  expect(isPermitted(support, 'entities:meta')).toBe(true)
  expect(isPermitted(support, 'entities:calls')).toBe(false)
  expect(isPermitted(adminRole, 'access:create-key')).toBe(true)
  expect(isPermitted(readerRole, 'trail:revert')).toBe(false)
  expect(mayCall(support, 'refund_order')).toBe(true)
  expect(mayCall(support, 'drop_everything')).toBe(false)
  expect(mayCall(adminRole, 'drop_everything')).toBe(true)
})

test('people must say why and services need not, unless a role or its rule for an entity says so', () => {
  const robot = { type: 'service', id: 'robot' } as const
  const needed = (role: Role, entity = 'orders') =>
    [kim, robot, null].map((actor) => visible(role, entity, actor).requiresReason)
  expect(needed(readerRole)).toEqual([true, false, true])
  expect(needed({ ...readerRole, requiresReason: false })).toEqual([false, false, false])
  expect(needed({ ...readerRole, requiresReason: true })).toEqual([true, true, true])
  const role = { ...readerRole, requiresReason: true, entities: { orders: { requiresReason: false }, '*': {} } }
  expect(needed(role)).toEqual([false, false, false])
  expect(needed(role, 'customers')).toEqual([true, true, true])
})
