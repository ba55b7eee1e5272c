// Tests of plan and query together: requests as clients send them, and the rows that the shop answers with.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPlannedShop, type PlannedShop, type SentPlan } from '../testing/plan-of.ts'
import type { AnswerRow } from './query.ts'
import { writeEstimate, writeQuery } from './write-query.ts'

let shop: PlannedShop

beforeAll(async () => {
  shop = await openPlannedShop('query')
})
afterAll(() => shop.database.drop())

const planOf: PlannedShop['planOf'] = (...asked) => shop.planOf(...asked)

/** Runs one request and keeps nothing of it. */
async function run(method: string, target: string, sent: SentPlan = {}): Promise<AnswerRow> {
  const query = writeQuery(planOf(method, target, sent))
  const client = await shop.database.pool.connect()
  try {
    await client.query('BEGIN')
    const { rows } = await client.query(query.text, query.values)
    expect(rows).toHaveLength(1)
    return rows[0]
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${query.text}`, { cause: error })
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

const represented = { prefer: 'return=representation' }

async function rowsOf(method: string, target: string, sent: SentPlan = {}) {
  const { body } = await run(method, target, { headers: method === 'GET' ? {} : represented, ...sent })
  return JSON.parse(body!)
}

const get = (target: string, sent: SentPlan = {}) => rowsOf('GET', target, sent)

test.each<[string, unknown]>([
  [
    '/orders?select=nr:id,total::text,data->>channel,data->items&id=eq.1',
    [{ nr: 1, total: '12.50', channel: 'web', items: 3 }],
  ],
  ['/orders?select=id&status=in.(open,"a,b")&note=not.is.null&total=gte.10', [{ id: 1 }, { id: 7 }, { id: 11 }]],
  ['/orders?select=id&status=in.()', []],
  ['/orders?select=id&note=like(any).{late*,gift}', [{ id: 3 }, { id: 4 }, { id: 9 }]],
  ['/orders?select=id&id=eq(any).{1,2}', [{ id: 1 }, { id: 2 }]],
  ['/orders?select=id&note=ilike(all).{bring*,*it}', [{ id: 12 }]],
  [
    '/orders?select=id&or=(status.eq.cancelled,and(total.gt.100,note.not.is.null))&not.and=(id.gte.1,id.lte.8)',
    [{ id: 14 }, { id: 15 }],
  ],
  ['/orders?select=id&tags=cs.{vip,bulk}', [{ id: 6 }]],
  ['/orders?select=id&period=ov.[2026-01-01,2026-01-06)', [{ id: 1 }]],
  ['/orders?select=id&period=adj.[2026-03-10 00:00%2B00,2026-03-12 00:00%2B00)', [{ id: 5 }]],
  ['/orders?select=id&data=cs.{"a":1}', [{ id: 4 }, { id: 6 }]],
  ['/orders?select=id,data->b->1&data->b->>0=eq.10', [{ id: 6, b: 20 }]],
  ['/orders?select=id&note=wfts(english).late -refund', [{ id: 3 }]],
  ['/orders?select=id&note=fts.delivery&order=id.desc', [{ id: 3 }, { id: 1 }]],
  ['/product?select=id&search=plfts(english).lamp', [{ id: 1 }]],
  ['/orders?select=id&data->>channel=fts.phone', [{ id: 7 }]],
  ['/orders?select=id&note=isdistinct.gift&status=eq.paid', [{ id: 2 }, { id: 5 }, { id: 12 }]],
  ['/orders?select=id&status=match.^s&note=imatch.LATE', [{ id: 4 }]],
  ['/orders?select=id&order=id&limit=3&offset=2', [{ id: 3 }, { id: 4 }, { id: 5 }]],
  ['/orders?select=id&limit=0', []],
  ['/orders?select=id&order=note.desc.nullslast,id&limit=2', [{ id: 13 }, { id: 4 }]],
  ['/orders?select=id&order=data->items.desc.nullslast&limit=1', [{ id: 11 }]],
  ['/open_orders?select=id,customer(name)&id=eq.3', [{ id: 3, customer: { name: 'Bruno Costa' } }]],
  ['/order_summary?customer_id=eq.1', [{ customer_id: 1, orders: 3, total: 74.5 }]],
  ['/Odd%20Name?select="Key","a.b"', [{ Key: 1, 'a.b': 'dot' }]],
  ['/users?select=id,full_name&full_name=eq.Mina Lee', [{ id: 1, full_name: 'Mina Lee' }]],
  ['/users?select=id&order=full_name.desc&limit=1', [{ id: 3 }]],
])('GET %s', async (target, expected) => {
  expect(await get(target)).toEqual(expected)
})

test.each<[string, unknown]>([
  [
    '/orders?select=id,customer(name),product(name)&id=in.(1,13)',
    [
      { id: 1, customer: { name: 'Anna Berg' }, product: [{ name: 'Lamps' }, { name: 'Desk' }, { name: 'Chair' }] },
      { id: 13, customer: null, product: [] },
    ],
  ],
  [
    '/channel?select=id,channel_detail(details)',
    [
      { id: 1, channel_detail: { details: 'open day and night' } },
      { id: 2, channel_detail: null },
    ],
  ],
  ['/channel_detail?select=channel(name)', [{ channel: { name: 'web' } }]],
  [
    '/orders?select=id,customer!inner(name)&customer.country=eq.FR',
    [
      { id: 5, customer: { name: 'Chloe Martin' } },
      { id: 6, customer: { name: 'Chloe Martin' } },
      { id: 12, customer: { name: 'Chloe Martin' } },
    ],
  ],
  [
    '/orders?select=id,order_item(product_id)&order_item.limit=2&order_item.order=product_id.desc&id=eq.1',
    [{ id: 1, order_item: [{ product_id: 3 }, { product_id: 2 }] }],
  ],
  [
    '/orders?select=id,order_item!inner(product_id)&order_item.product_id=eq.4&order=id',
    [
      { id: 3, order_item: [{ product_id: 4 }] },
      { id: 6, order_item: [{ product_id: 4 }] },
      { id: 15, order_item: [{ product_id: 4 }] },
    ],
  ],
  ['/customer?select=id,orders()&orders=is.null', [{ id: 5 }]],
  ['/customer?select=id,orders()&orders=not.is.null&orders.status=eq.shipped', [{ id: 2 }, { id: 3 }, { id: 4 }]],
  ['/customer?select=id,orders(id)&orders=is.null', [{ id: 5, orders: [] }]],
  ['/orders?select=id,customer()&customer=is.null', [{ id: 13 }, { id: 14 }]],
  [
    '/orders?select=id,customer(email)&customer=is.null',
    [
      { id: 13, customer: null },
      { id: 14, customer: null },
    ],
  ],
  ['/customer?select=id,orders(),event()&or=(orders.is.null,event.not.is.null)', [{ id: 1 }, { id: 2 }, { id: 5 }]],
  [
    '/orders?select=id,...customer(cname:name),...order_item(product_id)&id=in.(1,13)',
    [
      { id: 1, cname: 'Anna Berg', product_id: [1, 2, 3] },
      { id: 13, cname: null, product_id: [] },
    ],
  ],
  [
    '/orders?select=ref,...product(*)&id=eq.2',
    [{ ref: 'R-2', id: [1], price: [25], name: ['Lamps'], search: ["'lamp':1"] }],
  ],
  ['/orders?select=id,...order_item(...product(name))&id=eq.1', [{ id: 1, name: ['Lamps', 'Desk', 'Chair'] }]],
  ['/orders?select=id,...order_item(product(name))&id=eq.2', [{ id: 2, product: [{ name: 'Lamps' }] }]],
  [
    '/lab?select=id,children:lab!parent(id)&order=id',
    [
      { id: 1, children: [{ id: 2 }] },
      { id: 2, children: [{ id: 3 }, { id: 4 }] },
      { id: 3, children: [] },
      { id: 4, children: [] },
    ],
  ],
  ['/lab?select=id,parent(id,parent(id))&id=eq.4', [{ id: 4, parent: { id: 2, parent: { id: 1 } } }]],
  [
    '/lab?select=id,one:lab!parent(id),two:lab!main(id)&one.id=eq.2&two.id=eq.3&id=eq.1',
    [{ id: 1, one: [{ id: 2 }], two: [{ id: 3 }] }],
  ],
  [
    '/users?select=id,get_messages(id),first_message(body)&order=id&limit=2',
    [
      { id: 1, get_messages: [{ id: 1 }, { id: 3 }], first_message: { body: 'hello' } },
      { id: 2, get_messages: [{ id: 2 }], first_message: { body: 'good morning' } },
    ],
  ],
  ['/orders?select=id,customer()&customer.country=eq.FR&customer=not.is.null&limit=1', [{ id: 5 }]],
  [
    '/orders?select=id,customer(name)&order=customer(country).desc.nullslast,id.desc&limit=2',
    [
      { id: 11, customer: { name: 'Bruno Costa' } },
      { id: 4, customer: { name: 'Bruno Costa' } },
    ],
  ],
  [
    '/orders?select=id,...customer(name)&order=customer(country).desc.nullslast,id.desc&limit=1',
    [{ id: 11, name: 'Bruno Costa' }],
  ],
  ['/orders?select=id,customer()&order=customer(country).desc.nullslast,id.desc&limit=1', [{ id: 11 }]],
  [
    '/customer?select=id,orders(id,order_item(quantity,product(name)))&orders.order_item.quantity=gt.5&orders.id=in.(4,3)&id=eq.2',
    [
      {
        id: 2,
        orders: [
          { id: 3, order_item: [] },
          { id: 4, order_item: [{ quantity: 8, product: { name: 'Chair' } }] },
        ],
      },
    ],
  ],
])('embeds: GET %s', async (target, expected) => {
  expect(await get(target)).toEqual(expected)
})

test.each<[string, unknown]>([
  [
    '/orders?select=status,total.sum(),n:count()&status=in.(open,cancelled)&order=status',
    [
      { status: 'cancelled', sum: 11, n: 2 },
      { status: 'open', sum: 113.85, n: 5 },
    ],
  ],
  ['/orders?select=count()', [{ count: 15 }]],
  ['/orders?select=count', [{ count: 15 }]],
  [
    '/orders?select=channel:data->>channel,count()&data->>channel=not.is.null&order=data->>channel',
    [
      { channel: 'phone', count: 1 },
      { channel: 'shop', count: 2 },
      { channel: 'web', count: 5 },
    ],
  ],
  ['/orders?select=data->items::int.sum(),total.avg()::int', [{ sum: 19, avg: 52 }]],
  ['/orders?select=total.sum(),customer(country)&customer_id=in.(1,3)&order=sum', []],
  [
    '/orders?select=total.max(),...customer(country)&customer_id=in.(1,3)',
    [
      { max: 40, country: 'DE' },
      { max: 150, country: 'FR' },
    ],
  ],
  [
    '/orders?select=status,...customer(name.max(),count())&status=eq.cancelled',
    [{ status: 'cancelled', max: 'Dara Kim', count: 1 }],
  ],
  [
    '/customer?select=id,orders(status,total.sum())&id=eq.2&orders.order=status',
    [
      {
        id: 2,
        orders: [
          { status: 'open', sum: 38.35 },
          { status: 'shipped', sum: 99.99 },
        ],
      },
    ],
  ],
])('aggregates: GET %s', async (target, expected) => {
  if (target.endsWith('order=sum')) {
    const rows = await get(target.replace('&order=sum', ''))
    expect(rows).toContainEqual({ sum: 74.5, customer: { country: 'DE' } })
    expect(rows).toContainEqual({ sum: 230.75, customer: { country: 'FR' } })
    return
  }
  const rows = await get(target)
  expect(rows).toHaveLength((expected as unknown[]).length)
  expect(rows).toEqual(expect.arrayContaining(expected as unknown[]))
})

test('formats', async () => {
  const accept = (type: string) => ({ headers: { accept: type } })
  const object = await run('GET', '/orders?select=id,note&id=eq.2', accept('application/vnd.pgrst.object+json'))
  expect(object).toMatchObject({ page: '1', body: '{"id":2,"note":null}' })
  const stripped = await run(
    'GET',
    '/orders?select=id,note&id=eq.2',
    accept('application/vnd.pgrst.array+json;nulls=stripped'),
  )
  expect(stripped.body).toBe('[{"id":2}]')
  const csv = await run('GET', '/orders?select=id,note,status&id=in.(10,11)&order=id', accept('text/csv'))
  expect(csv.body).toBe('id,note,status\n10,,"a,b"\n11,"100% silk",open')
})

test('counts', async () => {
  const exact = { headers: { prefer: 'count=exact' } }
  expect(await run('GET', '/orders?limit=5', exact)).toMatchObject({ total: '15', page: '5' })
  expect(await run('GET', '/orders', exact)).toMatchObject({ total: '15', page: '15' })
  expect(await run('GET', '/orders?select=id,customer!inner()&customer.country=eq.FR&limit=1', exact)).toMatchObject({
    total: '3',
    page: '1',
  })
  expect(await run('HEAD', '/customer?select=id,orders()&orders=is.null&limit=1', exact)).toMatchObject({
    total: '1',
    body: null,
  })
  expect(await run('GET', '/orders?limit=5')).toMatchObject({ total: null, page: '5' })
  const estimated = { headers: { prefer: 'count=estimated' }, settings: { maxRows: 3 } }
  expect(await run('GET', '/orders', estimated)).toMatchObject({ total: '4', page: '3' })
  const { text, values } = writeEstimate(planOf('GET', '/orders?id=lt.8&limit=2', estimated))
  const { rows } = await shop.database.pool.query(text, values)
  expect(rows[0]['QUERY PLAN'][0].Plan['Plan Rows']).toBeGreaterThan(3)
})

test('writes', async () => {
  expect(await run('POST', '/orders', { body: { ref: 'N' } })).toMatchObject({ page: '1', body: null, location: null })
  expect(
    await run('POST', '/orders', { body: { id: 70, ref: 'N' }, headers: { prefer: 'return=headers-only' } }),
  ).toMatchObject({
    location: '[["id", "eq.70"]]',
    body: null,
  })
  expect(
    await rowsOf('POST', '/orders?select=id,customer(name),total', {
      body: [
        { id: 71, customer_id: 2, total: 1 },
        { id: 72, customer_id: null, total: 2 },
      ],
    }),
  ).toEqual([
    { id: 71, customer: { name: 'Bruno Costa' }, total: 1 },
    { id: 72, customer: null, total: 2 },
  ])
  expect(
    await rowsOf('POST', '/orders?columns=id,note,status&select=id,status,note', {
      body: [{ id: 71, note: 'x' }, { id: 72 }],
      headers: { prefer: 'return=representation,missing=default' },
    }),
  ).toEqual([
    { id: 71, status: 'open', note: 'x' },
    { id: 72, status: 'open', note: null },
  ])
  expect(
    await rowsOf('POST', '/orders?columns=id,note,status&select=id', {
      body: [{ note: 'x' }, { id: 72 }],
      headers: { prefer: 'return=representation,missing=default' },
    }),
  ).toEqual([{ id: expect.any(Number) }, { id: 72 }])
  expect(await rowsOf('POST', '/orders?select=status', { body: {} })).toEqual([{ status: 'open' }])
  expect(await rowsOf('POST', '/orders?select=status', { body: [{}, {}] })).toEqual([
    { status: 'open' },
    { status: 'open' },
  ])
  expect(await rowsOf('POST', '/orders', { body: [] })).toEqual([])
  expect(await rowsOf('PATCH', '/orders?id=eq.7&select=id,note,customer(name)', { body: { note: 'y' } })).toEqual([
    { id: 7, note: 'y', customer: { name: 'Dara Kim' } },
  ])
  expect(await rowsOf('PATCH', '/orders?id=eq.7', { body: {} })).toEqual([])
  expect(await run('PATCH', '/orders?id=lt.7', { body: { note: null } })).toMatchObject({ page: '6', body: null })
  expect(await rowsOf('DELETE', '/orders?or=(id.eq.8,id.eq.9)&select=id&order=id.desc')).toEqual([{ id: 9 }, { id: 8 }])
  expect(await run('DELETE', '/orders?id=eq.99')).toMatchObject({ page: '0' })
  expect(
    await rowsOf('PATCH', '/users?id=eq.1&select=full_name,get_messages(id)', { body: { last_name: 'Li' } }),
  ).toEqual([{ full_name: 'Mina Li', get_messages: [{ id: 1 }, { id: 3 }] }])
})

test('upserts', async () => {
  const merge = { prefer: 'return=representation,resolution=merge-duplicates' }
  expect(
    await run('POST', '/orders?on_conflict=ref&select=id,note', {
      body: [
        { ref: 'R-1', note: 'm' },
        { ref: 'new', note: 'n' },
      ],
      headers: merge,
    }),
  ).toMatchObject({ inserted: '1', page: '2' })
  expect(await run('POST', '/only_key', { body: [{ id: 1 }], headers: merge })).toMatchObject({
    inserted: '0',
    page: '1',
  })
  expect(
    await run('POST', '/only_key', {
      body: [{ id: 1 }, { id: 9 }],
      headers: { prefer: 'return=representation,resolution=ignore-duplicates' },
    }),
  ).toMatchObject({ page: '1', body: '[{"id":9}]' })
  expect(await run('POST', '/no_key', { body: [{ a: 'x' }], headers: merge })).toMatchObject({
    inserted: null,
    page: '1',
  })
  expect(
    await run('POST', '/event', {
      body: [
        { id: 1, kind: 'z' },
        { id: 2, kind: 'z' },
      ],
      headers: merge,
    }),
  ).toMatchObject({ inserted: '1', page: '2' })
  expect(await run('PUT', '/category?id=eq.1', { body: { id: 1, name: 'L' }, headers: represented })).toMatchObject({
    inserted: '0',
    page: '1',
    body: '[{"id":1,"name":"L"}]',
  })
  expect(await run('PUT', '/category?id=eq.7', { body: [{ id: 7, name: 'L' }] })).toMatchObject({
    inserted: '1',
    page: '1',
  })
  expect(await run('PUT', '/category?id=eq.7', { body: { id: 8, name: 'L' } })).toMatchObject({ page: '0' })
  expect(await run('PUT', '/category?id=eq.7', { body: { name: 'L' } })).toMatchObject({ page: '0' })
})

test.each<[string, string, unknown, unknown]>([
  ['POST', '/rpc/add_them', { a: 1, b: 2 }, 3],
  ['GET', '/rpc/add_them?a=1&b=2', undefined, 3],
  ['GET', '/rpc/greet', undefined, 'hello world'],
  ['POST', '/rpc/greet', {}, 'hello world'],
  ['GET', '/rpc/join_words?words=a&words=b,c', undefined, 'a-b,c'],
  ['POST', '/rpc/join_words', { words: ['a', 'b'] }, 'a-b'],
  [
    'GET',
    '/rpc/find_orders?minimum=100&select=id,customer(name)&order=id.desc',
    undefined,
    [
      { id: 15, customer: { name: 'Dara Kim' } },
      { id: 6, customer: { name: 'Chloe Martin' } },
    ],
  ],
  ['POST', '/rpc/find_orders?select=id&status=eq.shipped&limit=1', {}, [{ id: 4 }]],
  ['GET', '/rpc/one_order?number=2&select=id,ref', undefined, { id: 2, ref: 'R-2' }],
  ['GET', '/rpc/order_totals?status=eq.open', undefined, [{ status: 'open', sales: 113.85 }]],
  ['GET', '/rpc/order_ids?minimum=100', undefined, [6, 15]],
  ['GET', '/rpc/extremes', undefined, { smallest: 0, largest: 240.4 }],
  ['POST', '/rpc/area', { side: 3 }, 9],
  ['POST', '/rpc/echo_json', { a: [1] }, { a: [1] }],
  [
    'POST',
    '/rpc/close_orders?select=id,status&order=id',
    { minimum: 100 },
    [
      { id: 6, status: 'closed' },
      { id: 15, status: 'closed' },
    ],
  ],
])('calls: %s %s', async (method, target, body, expected) => {
  expect(await rowsOf(method, target, body === undefined ? {} : { body })).toEqual(expected)
})

test('functions that answer nothing, or answer about the answer', async () => {
  expect(await run('POST', '/rpc/set_status', { body: { id: 1 } })).toMatchObject({ body: null })
  expect(await run('POST', '/rpc/teapot', { body: {} })).toMatchObject({ body: '{"tea":true}', response_status: '418' })
  expect(
    await run('POST', '/rpc/echo_text', { body: 'as it is', headers: { 'content-type': 'text/plain' } }),
  ).toMatchObject({ body: '"as it is"' })
  expect(await run('GET', '/rpc/find_orders?limit=2', { headers: { prefer: 'count=exact' } })).toMatchObject({
    total: '15',
    page: '2',
  })
})
