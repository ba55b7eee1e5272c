// A client that exists already: Refine's data provider for Supabase, over the pure dialect and over Steward's own.
import { dataProvider } from '@refinedev/supabase'
import { createClient } from '@supabase/supabase-js'
import { afterEach, describe, expect, it } from 'vitest'
import { fetchOf } from '../testing/fetch-of.ts'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop | undefined
afterEach(async () => {
  await shop?.close()
  shop = undefined
})

async function open(mode: 'compat' | 'steward', headers: Record<string, string> = {}): Promise<any> {
  shop = await openShop(mode === 'steward' ? ({ compat: undefined, maxRows: 1000 } as object) : {})
  // supabase-js asks below /rest/v1: a proxy in front of us takes it off, or we are mounted there.
  const send = fetchOf(shop.entities, { prefix: '/rest/v1', headers })
  const auth = { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false }
  // Without types of a database the two packages' own types do not meet.
  const client: any = createClient('http://shop.example', 'any-key', { auth, global: { fetch: send } })
  return dataProvider(client)
}

const because = { 'steward-reason': 'TICKET-42' }
const idsOf = (data: { id: number }[]) => data.map(({ id }) => id)

describe.each([
  ['the pure dialect', 'compat', {}],
  ["Steward's own mode", 'steward', because],
] as const)('over %s', (_, mode, headers) => {
  it('lists with sorters, filters, pages and a total', async () => {
    const refine = await open(mode, headers)
    const page = await refine.getList({
      resource: 'orders',
      pagination: { currentPage: 2, pageSize: 2 },
      sorters: [{ field: 'id', order: 'desc' }],
      filters: [{ field: 'status', operator: 'eq', value: 'open' }],
    })
    expect([page.total, idsOf(page.data)]).toEqual([5, [7, 3]])
    const some = await refine.getList({
      resource: 'orders',
      sorters: [{ field: 'total', order: 'asc' }],
      filters: [
        { field: 'total', operator: 'gte', value: 60 },
        {
          operator: 'or',
          value: [
            { field: 'status', operator: 'eq', value: 'open' },
            { field: 'note', operator: 'contains', value: 'alarm' },
          ],
        },
      ],
    })
    expect([some.total, idsOf(some.data)]).toEqual([2, [7, 6]])
    const embedded = await refine.getList({
      resource: 'orders',
      pagination: { currentPage: 1, pageSize: 1 },
      sorters: [{ field: 'id', order: 'asc' }],
      meta: { select: 'id, customer(name)' },
    })
    expect(embedded.data).toEqual([{ id: 1, customer: { name: 'Anna Berg' } }])
  })

  it('reads one and many, by another column, and in another schema', async () => {
    const refine = await open(mode, headers)
    expect((await refine.getOne({ resource: 'customer', id: 2 })).data).toMatchObject({ name: 'Bruno Costa' })
    expect(idsOf((await refine.getMany({ resource: 'customer', ids: [1, 3] })).data)).toEqual([1, 3])
    const byRef = await refine.getOne({ resource: 'orders', id: 'R-5', meta: { idColumnName: 'ref' } })
    expect(byRef.data).toMatchObject({ id: 5 })
    const elsewhere = await refine.getOne({ resource: 'customer', id: 2, meta: { schema: 'personal' } })
    expect(elsewhere.data).toEqual({ id: 2, nickname: 'Bru' })
    await expect(refine.getOne({ resource: 'nothing', id: 1 })).rejects.toMatchObject({ code: 'PGRST205' })
  })

  it('creates, updates and deletes, one and many', async () => {
    const refine = await open(mode, headers)
    const resource = 'canary'
    const songs = async () => (await refine.getList({ resource, sorters: [{ field: 'id', order: 'asc' }] })).data
    expect((await refine.create({ resource, variables: { id: 7, song: 'chirp' } })).data).toEqual({
      id: 7,
      song: 'chirp',
    })
    expect((await refine.createMany({ resource, variables: [{ id: 8 }, { id: 9 }] })).data).toHaveLength(2)
    expect((await refine.update({ resource, id: 7, variables: { song: 'trill' } })).data).toEqual({
      id: 7,
      song: 'trill',
    })
    expect((await refine.updateMany({ resource, ids: [8, 9], variables: { song: 'hum' } })).data).toEqual([
      { id: 8, song: 'hum' },
      { id: 9, song: 'hum' },
    ])
    await refine.deleteOne({ resource, id: 7 })
    await refine.deleteMany({ resource, ids: [1, 8] })
    expect(await songs()).toEqual([{ id: 9, song: 'hum' }])
    await expect(refine.create({ resource, variables: { id: 9 } })).rejects.toMatchObject({ code: '23505' })
  })
})

it("in Steward's own mode a write without a reason is refused, in words that Refine shows", async () => {
  const refine = await open('steward')
  await expect(refine.create({ resource: 'canary', variables: { id: 9 } })).rejects.toMatchObject({
    code: 'ENTITIES_REASON_REQUIRED',
    message: expect.stringContaining('needs a reason'),
  })
})
