// Saved views on a real office: whose they are, who else sees them, and what they never give away.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, type Engine, perform, type Role } from '@steward/engine'
import { migrate, openPool } from '@steward/postgres'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { entities } from '../capability.ts'
import { SavedView } from './saved-view.ts'

const kim = { type: 'staff', id: 'kim', name: '김하늘' } as const
const lee = { type: 'staff', id: 'lee' } as const
const support: Role = {
  name: 'cx',
  permissions: ['entities:*'],
  functions: [],
  entities: { '*': { read: true }, customers: { read: true, mask: { phone: 'last-4' } }, secrets: {} },
}

let office: TestDatabase
let engine: Engine
beforeAll(async () => {
  office = await testDatabase({
    key: 'views',
    template: async (url) => {
      const pool = openPool(url)
      await migrate(pool, { folder: entities.migrations as URL, ledger: 'steward_office.entities_migration' })
      await pool.end()
    },
  })
  engine = {
    capabilities: [entities],
    pool: office.pool,
    office: async () => office.pool,
    permit: ({ role, permission }) =>
      role === null || role.permissions.some((held) => held === '*' || held === permission || held === 'entities:*'),
    leaveOperation: { settings: () => ({}), leave: async () => undefined },
  }
})
afterAll(() => office.drop())
beforeEach(() => office.pool.query('TRUNCATE steward_office.entities_view'))

type Who = { actor?: typeof kim | typeof lee; role?: Role }
const ask = async (procedure: string, input: object, { actor = kim, role = adminRole }: Who = {}) =>
  (await perform(engine, { procedure: `entities.${procedure}`, input, actor, role, source: 'backoffice' })).output
const save = async (input: object, who?: Who) => (await ask('saveView', input, who)) as SavedView
const list = async (entity: string, who?: Who) => (await ask('views', { entity }, who)) as SavedView[]
const large = { entity: 'orders', name: 'Large and open', filter: 'status=eq.open&total=gte.100', order: 'total.desc' }

test('a view is there as it was saved, for its owner alone', async () => {
  const saved = SavedView.parse(await save({ ...large, columns: ['id', 'total'] }))
  expect(saved).toMatchObject({ ...large, columns: ['id', 'total'], isShared: false, isOwn: true, owner: kim })
  expect(await list('orders')).toEqual([saved])
  expect(await list('customers')).toEqual([])
  expect(await list('orders', { actor: lee })).toEqual([])
})

test('what is shared is seen by others, and stays its owner’s', async () => {
  const { id } = await save({ ...large, isShared: true })
  expect(await list('orders', { actor: lee })).toMatchObject([{ id, isOwn: false, owner: { id: 'kim' } }])
  await expect(save({ ...large, id, name: 'Mine' }, { actor: lee })).rejects.toMatchObject({
    code: 'ENTITIES_VIEW_NOT_YOURS',
  })
  await expect(ask('deleteView', { id }, { actor: lee, role: support })).rejects.toMatchObject({
    code: 'ENTITIES_VIEW_NOT_YOURS',
  })
  expect(await list('orders')).toHaveLength(1)
  await ask('deleteView', { id }, { actor: lee })
  expect(await list('orders')).toEqual([])
})

test('saving by its id changes a view, and a name is given once by each person', async () => {
  const { id } = await save(large)
  const other = await save({ ...large, name: 'Other' })
  expect(await save({ ...large, id, name: 'Larger', filter: 'total=gte.500' })).toMatchObject({ id, name: 'Larger' })
  await expect(save({ ...large, name: 'Other' })).rejects.toMatchObject({
    code: 'ENTITIES_VIEW_NAME_TAKEN',
    status: 409,
  })
  await expect(save({ ...large, id, name: 'Other' })).rejects.toMatchObject({ code: 'ENTITIES_VIEW_NAME_TAKEN' })
  await save({ ...large, name: 'Other' }, { actor: lee })
  expect((await list('orders')).map((view) => [view.id, view.name])).toEqual([
    [id, 'Larger'],
    [other.id, 'Other'],
  ])
})

test('a private view of somebody else is not told apart from one that is not there', async () => {
  const { id } = await save(large)
  const absent = '00000000-0000-0000-0000-000000000000'
  for (const each of [id, absent]) {
    await expect(ask('deleteView', { id: each }, { actor: lee })).rejects.toMatchObject({
      code: 'ENTITIES_VIEW_NOT_FOUND',
    })
    await expect(save({ ...large, id: each }, { actor: lee })).rejects.toMatchObject({
      code: 'ENTITIES_VIEW_NOT_FOUND',
    })
  }
})

test('a shared view whose filter names what a role sees masked is not told to it', async () => {
  const who = { actor: lee, role: support }
  const filters = ['phone=eq.0101234', 'and=(phone.like.010*,id.gt.1)', '%70hone=eq.010', 'country=eq.KR']
  for (const filter of filters) await save({ entity: 'customers', name: filter, filter, isShared: true })
  await save({ entity: 'customers', name: 'sorted', order: 'phone.desc', isShared: true })
  expect((await list('customers', who)).map(({ name }) => name)).toEqual(['country=eq.KR'])
  expect(await list('customers', { actor: lee })).toHaveLength(5)
})

test('nor is one whose filter looks into an entity that the role may not read', async () => {
  const filters = [
    'secrets.code=eq.4711',
    'not.and=(id.gt.1,id.lt.9)',
    'customers.country=eq.KR',
    '%73ecrets.or=(code.eq.1)',
  ]
  for (const filter of filters) await save({ entity: 'orders', name: filter, filter, isShared: true })
  const seen = (role: Role) => list('orders', { actor: lee, role })
  expect((await seen(support)).map(({ name }) => name)).toEqual([
    'customers.country=eq.KR',
    'not.and=(id.gt.1,id.lt.9)',
  ])
  const few: Role = { ...support, entities: { orders: { read: true } } }
  expect((await seen(few)).map(({ name }) => name)).toEqual(['not.and=(id.gt.1,id.lt.9)'])
  expect(await seen(adminRole)).toHaveLength(4)
})

test('of an entity that may not be read there are no views, and none is saved', async () => {
  await save({ ...large, entity: 'secrets', isShared: true })
  const who = { actor: lee, role: support }
  expect(await list('secrets', who)).toEqual([])
  await expect(save({ ...large, entity: 'secrets' }, who)).rejects.toMatchObject({ code: 'ENTITIES_NOT_VISIBLE' })
  await expect(list('orders', { actor: lee, role: { ...support, permissions: [] } })).rejects.toMatchObject({
    code: 'ENGINE_NOT_PERMITTED',
  })
})
