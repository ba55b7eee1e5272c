// What the back office is told: everything it needs to draw itself, and nothing that the role may not see.
import type { Role } from '@steward/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop, type Shop } from '../testing/shop.ts'
import { Meta, MetaEntity } from './meta-shape.ts'

const kim = { type: 'staff', id: 'kim' } as const
const support: Role = {
  name: 'support',
  permissions: ['entities:meta'],
  functions: [],
  entities: {
    customer: { read: true, write: ['update'], mask: { email: 'first-letter', country: 'hidden' }, maxRows: 50 },
    orders: { read: true },
    open_orders: { read: true },
  },
}

let shop: Shop
beforeAll(async () => {
  shop = await openShop({
    compat: undefined as never,
    words: {
      customer: {
        label: { en: 'Customers', ko: '고객' },
        list: ['name', 'nothing', 'id'],
        columns: { name: { label: { en: 'Full name', ko: '이름' }, importance: 'high' } },
      },
    },
  })
})
afterAll(() => shop.close())

const meta = async (path = '', role?: Role) => {
  const { status, json } = await shop.ask('GET', `/meta${path}`, { actor: kim, ...(role ? { role } : {}) })
  expect(status).toBe(200)
  return json
}

test('all entities are described in the promised shape', async () => {
  const whole = Meta.strict().parse(await meta())
  const names = whole.entities.map(({ entity }) => entity)
  expect(names).toEqual(expect.arrayContaining(['orders', 'customer', 'Odd Name', 'personal.customer', 'event']))
  expect(names).not.toContain('event_first')
})

test('an entity says how it is keyed, titled, listed and searched when nobody has said so', async () => {
  const orders = MetaEntity.parse(await meta('/orders'))
  expect(orders).toMatchObject({
    kind: 'table',
    label: { en: 'Orders', ko: 'Orders' },
    key: ['id'],
    title: 'ref',
    search: ['id', 'ref'],
    estimatedRows: 15,
    writes: ['insert', 'update', 'delete'],
    isTracked: null,
    hasEtag: true,
  })
  expect(orders.list.slice(0, 2)).toEqual(['id', 'ref'])
  expect(orders.list.length).toBeLessThanOrEqual(7)
  expect(orders.list).toEqual(expect.arrayContaining(['status', 'total', 'placed_at', 'customer_id']))
  expect(orders.list).not.toContain('data')
  expect(orders.columns.find(({ name }) => name === 'ref')).toMatchObject({
    isUnique: true,
    isNullable: true,
    importance: 'high',
  })
  expect(orders.columns.find(({ name }) => name === 'customer_id')).toMatchObject({
    references: { entity: 'customer', column: 'id' },
  })
  expect(orders.columns.find(({ name }) => name === 'data')).toMatchObject({ type: 'jsonb', importance: 'low' })
})

test('the words of the team win, in both languages, and name no column that is not there', async () => {
  const customer = MetaEntity.parse(await meta('/customer'))
  expect(customer.label).toEqual({ en: 'Customers', ko: '고객' })
  expect(customer.list).toEqual(['name', 'id'])
  expect(customer.columns.find(({ name }) => name === 'name')?.label).toEqual({ en: 'Full name', ko: '이름' })
})

test('every relationship that has a name for embedding can be embedded by it', async () => {
  const { entities } = Meta.parse(await meta())
  let asked = 0
  for (const { schema, name, relationships } of entities) {
    for (const { embed } of relationships) {
      if (embed === null) continue
      const target = `/${encodeURIComponent(name)}?limit=1&select=${encodeURIComponent(`${embed}(*)`)}`
      const { status, json } = await shop.ask('GET', target, { actor: kim, headers: { 'Accept-Profile': schema } })
      expect([embed, status, json]).toEqual([embed, 200, expect.anything()])
      asked += 1
    }
  }
  expect(asked).toBeGreaterThan(25)
  const lab = MetaEntity.parse(await meta('/lab'))
  expect(lab.relationships.every(({ embed }) => embed !== null)).toBe(true)
  expect(new Set(lab.relationships.map(({ embed }) => embed)).size).toBe(lab.relationships.length)
})

test('a role is told of what it may read, with its masks, and of relationships to nothing else', async () => {
  const { entities } = Meta.parse(await meta('', support))
  expect(entities.map(({ entity }) => entity).sort()).toEqual(['customer', 'open_orders', 'orders'])
  const customer = entities.find(({ entity }) => entity === 'customer')
  expect(customer).toMatchObject({ writes: ['update'], maxRows: 50 })
  const byName = Object.fromEntries(customer?.columns.map((column) => [column.name, column]) ?? [])
  expect(byName['email']).toMatchObject({ masked: 'first-letter', readable: true, writable: false })
  expect(byName['country']).toMatchObject({ masked: 'hidden', readable: false, writable: false })
  expect(byName['name']).toMatchObject({ masked: null, writable: true })
  expect(customer?.search).not.toContain('email')
  expect(new Set(entities.flatMap(({ relationships }) => relationships.map(({ entity }) => entity)))).toEqual(
    new Set(['customer', 'orders', 'open_orders']),
  )
})

test('what leads through a function is told to those alone who may call it', async () => {
  const leadsTo = async (functions: string[]) => {
    const role: Role = {
      ...support,
      functions,
      entities: { users: { read: true }, message: { read: true, mask: ['body'] } },
    }
    const users = MetaEntity.parse(await meta('/users', role))
    return users.relationships.filter(({ cardinality }) => cardinality === 'computed').map(({ embed }) => embed)
  }
  expect(await leadsTo([])).toEqual([])
  expect(await leadsTo(['get_messages'])).toEqual(['get_messages'])
})

test('how many records there are is not told to who sees some of them', async () => {
  const role: Role = { ...support, entities: { orders: { read: true, where: { status: 'open' } } } }
  expect(MetaEntity.parse(await meta('/orders', role)).estimatedRows).toBeNull()
})

test('what may not be read is not told apart from what is not there', async () => {
  const ask = (entity: string) => shop.ask('GET', `/meta/${entity}`, { actor: kim, role: support })
  const hidden = await ask('secret')
  expect(hidden.status).toBe(404)
  expect(hidden.json.code).toBe('ENTITIES_ENTITY_UNKNOWN')
  const absent = await ask('nowhere')
  expect({ ...absent.json, message: '' }).toEqual({ ...hidden.json, message: '' })
})

test('without the permission there is nothing to see, and nothing to write with it', async () => {
  const reader: Role = { ...support, permissions: [] }
  expect((await shop.ask('GET', '/meta', { actor: kim, role: reader })).status).toBe(403)
  expect((await shop.ask('POST', '/meta', { actor: kim })).status).toBe(405)
})
