// Many records at once: exactly those that were chosen are written, and none where there are more by now.
import { createClient, type MetaEntity, type StewardClient } from '@steward/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchOf } from '../../testing/fetch-of.ts'
import { openShop, type Shop } from '../../testing/shop.ts'
import { noSelection, type Selection } from '../list/selection.ts'
import { type BulkWrite, bulkRequest, reachedBy } from './bulk-request.ts'

let shop: Shop
let client: StewardClient
let entities: MetaEntity[]
beforeAll(async () => {
  shop = await openShop({ compat: undefined as never, maxRows: 1000 })
  client = createClient({ url: 'http://shop.example', fetch: fetchOf(shop.entities), exact: true })
  entities = (await client.meta()).entities
})
afterAll(() => shop.close())

const entityOf = (name: string) => entities.find(({ entity }) => entity === name) as MetaEntity
const chosen = (...keys: Record<string, unknown>[]): Selection => ({
  ...noSelection,
  keys: new Map(keys.map((key) => [JSON.stringify(key), key])),
})
const write = (name: string, selection: Selection, what: BulkWrite, dryRun = false) =>
  client.changeset([bulkRequest(entityOf(name), selection, what)], { reason: 'a test', dryRun })
const select = async (sql: string) => (await shop.database.pool.query(sql)).rows

test('the chosen records get the values, and no other', async () => {
  const tried = await write(
    'orders',
    chosen({ id: 1 }, { id: 3 }),
    { method: 'PATCH', values: { note: null, data: '{"n": 1}' } },
    true,
  )
  expect(reachedBy(tried)).toBe(2)
  expect(await select('SELECT note FROM orders WHERE id = 1')).toEqual([{ note: 'call before delivery' }])
  await write('orders', chosen({ id: 1 }, { id: 3 }), { method: 'PATCH', values: { note: null, data: '{"n": 1}' } })
  expect(await select(`SELECT id FROM orders WHERE data = '{"n": 1}' AND note IS NULL ORDER BY id`)).toEqual([
    { id: 1 },
    { id: 3 },
  ])
})

test('a key of several columns names its records one by one', async () => {
  await write('order_item', chosen({ order_id: 1, product_id: 2 }, { order_id: 2, product_id: 1 }), {
    method: 'DELETE',
  })
  expect(await select('SELECT order_id, product_id FROM order_item WHERE order_id IN (1, 2) ORDER BY 1, 2')).toEqual([
    { order_id: 1, product_id: 1 },
    { order_id: 1, product_id: 3 },
  ])
})

test('all that match are written only while they are as many as were counted', async () => {
  const matching = { filters: [['status', 'eq.shipped'] as const], count: 2 }
  const values = { note: 'changed' }
  await expect(write('orders', { ...noSelection, matching }, { method: 'PATCH', values })).rejects.toMatchObject({
    status: 400,
  })
  expect(await select(`SELECT id FROM orders WHERE note = 'changed'`)).toEqual([])
  const done = await write(
    'orders',
    { ...noSelection, matching: { ...matching, count: 3 } },
    { method: 'PATCH', values },
  )
  expect(reachedBy(done)).toBe(3)
})

test('an entity of another schema is written there', async () => {
  const other = entityOf('personal.customer')
  const [first] = await select(`SELECT * FROM personal.customer LIMIT 1`)
  const key = Object.fromEntries(other.key.map((name) => [name, first[name]]))
  expect(
    reachedBy(
      await write('personal.customer', chosen(key), { method: 'PATCH', values: { nickname: 'Another' } }, true),
    ),
  ).toBe(1)
})
