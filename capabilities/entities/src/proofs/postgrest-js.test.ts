// The client that people have already: @supabase/postgrest-js works over the room, without knowing what answers it.
import { PostgrestClient } from '@supabase/postgrest-js'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop
let client: PostgrestClient<any, { PostgrestVersion: '14' }>
beforeEach(async () => {
  shop = await openShop()
  client = new PostgrestClient('http://shop.example', { fetch: fetchOf(shop) })
})
afterEach(() => shop?.close())

// What fetch would send, handed to the room; what the room answers, as a Response.
function fetchOf({ entities }: Shop): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
    const {
      status,
      headers,
      body: text,
    } = await entities.answer({
      method: request.method,
      path: url.pathname,
      query: url.search.slice(1),
      headers: Object.fromEntries(request.headers),
      body,
      requestId: 'postgrest-js',
      actor: null,
      role: null,
      key: null,
    })
    return new Response(status === 204 ? null : text, { status, headers })
  }
}

it('selects with columns, embeds, filters, order and range', async () => {
  const { data, error, status } = await client
    .from('orders')
    .select('id, total, customer!inner ( name ), items:order_item ( product ( name ) )')
    .eq('customer.country', 'DE')
    .in('status', ['open', 'a,b', 'paid'])
    .or('note.is.null,id.eq.1')
    .not('id', 'eq', 99)
    .order('id', { ascending: false })
    .order('product_id', { referencedTable: 'order_item' })
    .range(0, 1)
  // the order is of order_item and the embed has an alias: the client is told
  expect([status, data, error?.code]).toEqual([400, null, 'PGRST108'])
  const again = await client
    .from('orders')
    .select('id, total, customer!inner ( name ), items:order_item ( product ( name ) )')
    .eq('customer.country', 'DE')
    .in('status', ['open', 'a,b', 'paid'])
    .or('note.is.null,id.eq.1')
    .order('id', { ascending: false })
    .order('product_id', { referencedTable: 'items' })
    .range(1, 2)
  expect([again.error, again.status, again.data]).toEqual([
    null,
    200,
    [
      { id: 2, total: 40, customer: { name: 'Anna Berg' }, items: [{ product: { name: 'Lamps' } }] },
      {
        id: 1,
        total: 12.5,
        customer: { name: 'Anna Berg' },
        items: [{ product: { name: 'Lamps' } }, { product: { name: 'Desk' } }, { product: { name: 'Chair' } }],
      },
    ],
  ])
})

it('has every filter', async () => {
  const ids = async (filter: (from: any) => any) => {
    const { data, error } = await filter(client.from('orders').select('id')).order('id')
    expect(error).toBe(null)
    return data.map(({ id }: { id: number }) => id)
  }
  expect(await ids((q) => q.neq('status', 'open').gt('total', 100))).toEqual([6, 15])
  expect(await ids((q) => q.gte('id', 3).lt('id', 5))).toEqual([3, 4])
  expect(await ids((q) => q.lte('id', 2))).toEqual([1, 2])
  expect(await ids((q) => q.like('note', 'late%'))).toEqual([3, 4])
  expect(await ids((q) => q.ilike('note', '%BRING%'))).toEqual([7, 12])
  expect(await ids((q) => q.likeAnyOf('note', ['late%', 'gift']))).toEqual([3, 4, 9])
  expect(await ids((q) => q.ilikeAllOf('note', ['%LATE%', '%refund%']))).toEqual([4])
  expect(await ids((q) => q.is('customer_id', null))).toEqual([13, 14])
  expect(await ids((q) => q.isDistinct('note', 'gift').in('id', [8, 9]))).toEqual([8])
  expect(await ids((q) => q.in('ref', ['R-1', 'a(b)"c']))).toEqual([1])
  expect(await ids((q) => q.contains('tags', ['vip', 'bulk']))).toEqual([6])
  expect(await ids((q) => q.containedBy('tags', ['vip', 'new']).lt('id', 3))).toEqual([1, 2])
  expect(await ids((q) => q.overlaps('tags', ['gift', 'bulk']))).toEqual([4, 6, 9])
  expect(await ids((q) => q.contains('data', { a: 1 }))).toEqual([4, 6])
  expect(await ids((q) => q.rangeLt('period', '[2026-02-01,2026-02-02)'))).toEqual([1, 7])
  expect(await ids((q) => q.rangeGt('period', '[2026-01-01,2026-02-15)'))).toEqual([5, 9])
  expect(await ids((q) => q.textSearch('note', 'late -refund', { type: 'websearch', config: 'english' }))).toEqual([3])
  expect(await ids((q) => q.match({ status: 'open', customer_id: 2 }))).toEqual([3, 11])
  expect(await ids((q) => q.filter('data->>channel', 'eq', 'phone'))).toEqual([7])
  expect(await ids((q) => q.regexMatch('note', '^bring'))).toEqual([7])
})

it('counts, with and without rows', async () => {
  const page = await client.from('orders').select('id', { count: 'exact' }).limit(3)
  expect([page.status, page.count, page.data?.length]).toEqual([206, 15, 3])
  const head = await client.from('orders').select('*', { count: 'exact', head: true }).eq('status', 'open')
  expect([head.status, head.count, head.error]).toEqual([200, 5, null])
  expect((await client.from('orders').select('id', { count: 'planned' })).count).toBeTypeOf('number')
  expect((await client.from('orders').select('id', { count: 'estimated' })).count).toBe(15)
})

it('single and maybeSingle', async () => {
  expect((await client.from('customer').select('name').eq('id', 1).single()).data).toEqual({ name: 'Anna Berg' })
  const none = await client.from('customer').select('name').eq('id', 99).single()
  expect([none.status, none.error?.code, none.error?.details]).toEqual([406, 'PGRST116', 'The result contains 0 rows'])
  const maybe = await client.from('customer').select('name').eq('id', 99).maybeSingle()
  expect([maybe.data, maybe.error]).toEqual([null, null])
  expect((await client.from('customer').select('name').eq('id', 2).maybeSingle()).data).toEqual({ name: 'Bruno Costa' })
})

it('inserts, updates, upserts and deletes', async () => {
  const inserted = await client
    .from('canary')
    .insert([{ id: 2, song: 'a' }, { id: 3 }], { defaultToNull: false })
    .select()
  expect([inserted.status, inserted.data]).toEqual([
    201,
    [
      { id: 2, song: 'a' },
      { id: 3, song: null },
    ],
  ])
  const bare = await client.from('canary').insert({ id: 4, song: 'b' })
  expect([bare.status, bare.data, bare.error]).toEqual([201, null, null])
  const counted = await client.from('canary').update({ song: 'c' }, { count: 'exact' }).gte('id', 3).select('id')
  expect([counted.status, counted.count, counted.data]).toEqual([200, 2, [{ id: 3 }, { id: 4 }]])
  const merged = await client.from('canary').upsert({ id: 4, song: 'd' }).select().single()
  expect([merged.status, merged.data]).toEqual([200, { id: 4, song: 'd' }])
  const kept = await client
    .from('orders')
    .upsert(
      [
        { ref: 'R-1', note: 'no' },
        { ref: 'N-1', note: 'yes' },
      ],
      {
        onConflict: 'ref',
        ignoreDuplicates: true,
      },
    )
    .select('ref,note')
  expect([kept.status, kept.data]).toEqual([201, [{ ref: 'N-1', note: 'yes' }]])
  const deleted = await client.from('canary').delete({ count: 'exact' }).lt('id', 3)
  expect([deleted.status, deleted.count, deleted.error]).toEqual([204, 2, null])
  expect((await client.from('canary').select('id').order('id')).data).toEqual([{ id: 3 }, { id: 4 }])
})

it('caps what a write may touch, and rolls back on request', async () => {
  const over = await client.from('orders').update({ note: 'x' }).gt('id', 0).maxAffected(3)
  expect([over.status, over.error?.code, over.error?.details]).toEqual([400, 'PGRST124', 'The query affects 15 rows'])
  const dry = await client.from('orders').update({ note: 'x' }).eq('id', 1).rollback().select('note')
  expect(dry.data).toEqual([{ note: 'x' }])
  expect((await client.from('orders').select('id').eq('note', 'x')).data).toEqual([])
})

it('calls functions', async () => {
  expect((await client.rpc('add_them', { a: 1, b: 2 })).data).toBe(3)
  expect((await client.rpc('add_them', { a: 1, b: 2 }, { get: true })).data).toBe(3)
  const rows = await client
    .rpc('find_orders', { minimum: 90 }, { count: 'exact' })
    .select('id')
    .lt('total', 200)
    .limit(1)
  expect([rows.status, rows.count, rows.data]).toEqual([206, 2, [{ id: 4 }]])
  const head = await client.rpc('find_orders', { minimum: 90 }, { head: true, count: 'exact' })
  expect([head.data, head.count]).toEqual([null, 3])
  expect((await client.rpc('set_status', { id: 1 })).status).toBe(204)
  const wrong = await client.rpc('nothing_like_it')
  expect([wrong.status, wrong.error?.code]).toEqual([404, 'PGRST202'])
})

it('gives CSV, plans and stripped nulls', async () => {
  expect((await client.from('canary').select().csv()).data).toBe('id,song\n1,tweet')
  expect((await client.from('orders').select('id').explain()).data).toMatch(/^Aggregate {2}\(cost=/)
  const plan = await client.from('orders').select('id').explain({ format: 'json', verbose: true, analyze: true })
  expect((plan.data as any)[0].Plan['Node Type']).toBe('Aggregate')
  const { data } = await client.from('customer').select('id,email').eq('id', 5).stripNulls()
  expect(data).toEqual([{ id: 5 }])
})

it('reads another schema, and is told errors whole', async () => {
  expect((await client.schema('personal').from('customer').select().eq('id', 1)).data).toEqual([
    { id: 1, nickname: 'Annie' },
  ])
  const { error } = await client.from('friends').select('users(*)')
  expect(error).toMatchObject({ code: 'PGRST201', hint: expect.stringContaining("'users!friends_inviter_fkey'") })
})
