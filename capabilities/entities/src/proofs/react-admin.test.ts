// A client that exists already: react-admin's data provider for PostgREST, over the pure dialect and over Steward's own.
import provider from '@raphiniert/ra-data-postgrest'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchOf } from '../testing/fetch-of.ts'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop | undefined
afterEach(async () => {
  await shop?.close()
  shop = undefined
})

/** What react-admin's own fetchJson does, as far as the provider looks at it. */
function httpClientOf(send: typeof fetch) {
  return async (url: string, options: RequestInit = {}) => {
    const response = await send(url, options)
    const body = await response.text()
    const json = body === '' ? undefined : JSON.parse(body)
    if (!response.ok) throw Object.assign(new Error(json?.message), { status: response.status, body: json })
    return { status: response.status, headers: response.headers, body, json }
  }
}

type Make = (config: object) => any

async function open(mode: 'compat' | 'steward', headers: Record<string, string> = {}) {
  shop = await openShop(mode === 'steward' ? ({ compat: undefined, maxRows: 1000 } as object) : {})
  // A package of CommonJS: its function stands one floor deeper than its types say.
  const make = ((provider as { default?: unknown }).default ?? provider) as Make
  return make({
    apiUrl: 'http://shop.example',
    httpClient: httpClientOf(fetchOf(shop.entities, { headers })),
    defaultListOp: 'eq',
    primaryKeys: new Map([['order_item', ['order_id', 'product_id']]]),
    schema: () => '',
  })
}

const because = { 'steward-reason': 'TICKET-42' }
const newest = { field: 'id', order: 'DESC' } as const

describe.each([
  ['the pure dialect', 'compat', {}],
  ["Steward's own mode", 'steward', because],
] as const)('over %s', (_, mode, headers) => {
  it('lists with sort, filters, pages and a total', async () => {
    const admin = await open(mode, headers)
    const page = await admin.getList('orders', {
      pagination: { page: 2, perPage: 2 },
      sort: newest,
      filter: { status: 'open' },
    })
    expect([page.total, page.data.map(({ id }: { id: number }) => id)]).toEqual([5, [7, 3]])
    const some = await admin.getList('orders', {
      pagination: { page: 1, perPage: 25 },
      sort: { field: 'total', order: 'ASC' },
      filter: { 'total@gte': 60, 'status@in': '(open,shipped)' },
    })
    expect([some.total, some.data.map(({ id }: { id: number }) => id)]).toEqual([4, [7, 4, 6, 15]])
    const worded = await admin.getList('orders', {
      pagination: { page: 1, perPage: 25 },
      sort: newest,
      filter: { 'note@ilike': 'LATE', status: 'open' },
    })
    expect([worded.total, worded.data.map(({ id }: { id: number }) => id)]).toEqual([1, [3]])
    const embedded = await admin.getList('orders', {
      pagination: { page: 1, perPage: 1 },
      sort: { field: 'id', order: 'ASC' },
      filter: {},
      meta: { columns: ['id', 'customer(name)'] },
    })
    expect(embedded.data).toEqual([{ id: 1, customer: { name: 'Anna Berg' } }])
  })

  it('reads one, many, those of another record, and records with a key of several columns', async () => {
    const admin = await open(mode, headers)
    expect((await admin.getOne('customer', { id: 2 })).data).toMatchObject({ id: 2, name: 'Bruno Costa' })
    const many = await admin.getMany('customer', { ids: [1, 3] })
    expect(many.data.map(({ name }: { name: string }) => name)).toEqual(['Anna Berg', 'Chloe Martin'])
    const theirs = await admin.getManyReference('orders', {
      target: 'customer_id',
      id: 1,
      pagination: { page: 1, perPage: 2 },
      sort: newest,
      filter: {},
    })
    expect([theirs.total, theirs.data.map(({ id }: { id: number }) => id)]).toEqual([3, [10, 2]])
    const item = await admin.getOne('order_item', { id: '[1,3]' })
    expect(item.data).toMatchObject({ id: '[1,3]', quantity: 4 })
    await expect(admin.getOne('customer', { id: 99 })).rejects.toMatchObject({
      status: 406,
      body: { code: 'PGRST116' },
    })
  })

  it('creates, updates and deletes, one and many', async () => {
    const admin = await open(mode, headers)
    const created = await admin.create('canary', { data: { id: 7, song: 'chirp' } })
    expect(created.data).toEqual({ id: 7, song: 'chirp' })
    const updated = await admin.update('canary', { id: 7, data: { id: 7, song: 'trill' }, previousData: created.data })
    expect(updated.data).toEqual({ id: 7, song: 'trill' })
    expect((await admin.updateMany('canary', { ids: [1, 7], data: { song: 'hum' } })).data).toEqual([1, 7])
    const all = await admin.getMany('canary', { ids: [1, 7] })
    expect(all.data.map(({ song }: { song: string }) => song)).toEqual(['hum', 'hum'])
    expect((await admin.delete('canary', { id: 7, previousData: updated.data })).data).toMatchObject({ id: 7 })
    await admin.create('canary', { data: { id: 8 } })
    expect((await admin.deleteMany('canary', { ids: [1, 8] })).data).toEqual([1, 8])
    const left = await admin.getList('canary', { pagination: { page: 1, perPage: 5 }, sort: newest, filter: {} })
    expect([left.total, left.data]).toEqual([0, []])
  })
})

it("in Steward's own mode a write without a reason is refused, in words that react-admin shows", async () => {
  const admin = await open('steward')
  await expect(admin.create('canary', { data: { id: 9 } })).rejects.toMatchObject({
    status: 428,
    message: expect.stringContaining('needs a reason'),
  })
})
