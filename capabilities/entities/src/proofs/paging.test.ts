// The dialect's windows, counts and media types, behaviours 9 to 19.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEntities } from '../open-entities.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { askOf, openShop, type Shop, shopOptions } from '../testing/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

const object = 'application/vnd.pgrst.object+json'
const count = { Prefer: 'count=exact' }

async function page(target: string, headers: Record<string, string> = {}) {
  const answer = await shop.ask('GET', target, { headers })
  const ids = Array.isArray(answer.json) ? answer.json.map((row: { id: number }) => row.id) : answer.json
  return [answer.status, answer.headers['content-range'], ids]
}

describe('9 limit and offset', () => {
  it.each([
    ['limit=3&offset=2', [200, '2-4/*', [3, 4, 5]]],
    ['limit=3&offset=-4', [200, '0-2/*', [1, 2, 3]]],
    ['limit=0', [200, '*/*', []]],
    ['offset=13', [200, '13-14/*', [14, 15]]],
    ['offset=50', [200, '*/*', []]],
  ])('9 limit and offset: %s', async (query, expected) => {
    expect(await page(`/orders?select=id&order=id&${query}`)).toEqual(expected)
  })

  it('9 a negative limit cannot be satisfied', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?limit=-1'))).toEqual({
      status: 416,
      code: 'PGRST103',
      message: 'Requested range not satisfiable',
      details: 'Limit should be greater than or equal to zero.',
    })
  })
})

describe('10 Range', () => {
  it.each([
    ['0-1', '', [200, '0-1/*', [1, 2]]],
    ['0-1', '&limit=5&offset=0', [200, '0-1/*', [1, 2]]],
    ['13-', '', [200, '13-14/*', [14, 15]]],
    ['10-100', '', [200, '10-14/*', [11, 12, 13, 14, 15]]],
  ])('10 the Range header %s wins over the query "%s"', async (range, query, expected) => {
    expect(await page(`/orders?select=id&order=id${query}`, { 'Range-Unit': 'items', Range: range })).toEqual(expected)
  })

  it('10 a range from high to low cannot be satisfied', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders', { headers: { Range: '5-2' } }))).toEqual({
      status: 416,
      code: 'PGRST103',
      message: 'Requested range not satisfiable',
      details: 'The lower boundary must be lower than or equal to the upper boundary in the Range header.',
    })
  })
})

describe('11 exact count', () => {
  it('11 a part of the rows is 206 with the total, all of them is 200', async () => {
    const part = await shop.ask('GET', '/orders?select=id&limit=5', { headers: count })
    expect([part.status, part.headers['content-range'], part.headers['preference-applied']]).toEqual([
      206,
      '0-4/15',
      'count=exact',
    ])
    expect(await page('/orders?select=id&id=lt.4', count)).toEqual([200, '0-2/3', [1, 2, 3]])
    expect(await page('/orders?select=id&id=eq.99', count)).toEqual([200, '*/0', []])
  })

  it('11 an offset past the end is 416 with the total', async () => {
    const answer = await shop.ask('GET', '/orders?offset=100', { headers: count })
    expect(refusalOf(answer)).toEqual({
      status: 416,
      code: 'PGRST103',
      message: 'Requested range not satisfiable',
      details: 'An offset of 100 was requested, but there are only 15 rows.',
    })
    expect(answer.headers['content-range']).toBe('*/15')
  })

  it('11 the count heeds filters, on embeds that are inner too', async () => {
    const answer = await page('/orders?select=id,customer!inner(id)&customer.country=eq.DE&limit=2', count)
    expect(answer).toEqual([206, '0-1/3', [1, 2]])
  })
})

describe('12 planned and estimated count', () => {
  it('12 the planned total is the planner’s', async () => {
    await shop.database.pool.query('ANALYZE orders')
    const all = await shop.ask('GET', '/orders?select=id', { headers: { Prefer: 'count=planned' } })
    expect([all.status, all.headers['content-range'], all.headers['preference-applied']]).toEqual([
      200,
      '0-14/15',
      'count=planned',
    ])
    expect(await page('/orders?select=id&order=id&limit=2', { Prefer: 'count=planned' })).toEqual([
      206,
      '0-1/15',
      [1, 2],
    ])
  })

  it('12 the estimate is exact up to max-rows, and the planner’s above', async () => {
    const estimated = { Prefer: 'count=estimated' }
    expect(await page('/orders?select=id&id=gt.12', estimated)).toEqual([200, '0-2/3', [13, 14, 15]])
    const entities = await openEntities({ ...shopOptions, pool: shop.database.pool, maxRows: 4 })
    try {
      const answer = await askOf(entities)('GET', '/orders?select=id', { headers: estimated })
      expect([answer.status, answer.headers['content-range'], answer.headers['preference-applied']]).toEqual([
        206,
        '0-3/15',
        'count=estimated',
      ])
      const few = await askOf(entities)('GET', '/orders?select=id&id=lt.3', { headers: estimated })
      expect([few.status, few.headers['content-range']]).toEqual([200, '0-1/2'])
    } finally {
      await entities.close()
    }
  })
})

it('13 HEAD gives the headers of GET and no body', async () => {
  const get = await shop.ask('GET', '/orders?limit=5', { headers: count })
  const head = await shop.ask('HEAD', '/orders?limit=5', { headers: count })
  expect([head.status, head.headers['content-range'], head.headers['content-type']]).toEqual([
    206,
    '0-4/15',
    'application/json; charset=utf-8',
  ])
  expect(head.body ?? '').toBe('')
  expect(get.json).toHaveLength(5)
})

describe('14 singular', () => {
  it('14 one row is an object with the media type that was asked for', async () => {
    const { status, headers, json } = await shop.ask('GET', '/orders?select=id,status&id=eq.5', {
      headers: { Accept: object },
    })
    expect([status, headers['content-type'], json]).toEqual([
      200,
      `${object}; charset=utf-8`,
      { id: 5, status: 'paid' },
    ])
  })

  it.each([
    ['id=eq.99', 'The result contains 0 rows'],
    ['id=lt.5', 'The result contains 4 rows'],
  ])('14 none or many rows are refused: %s', async (query, details) => {
    expect(refusalOf(await shop.ask('GET', `/orders?${query}`, { headers: { Accept: object } }))).toEqual({
      status: 406,
      code: 'PGRST116',
      message: 'Cannot coerce the result to a single JSON object',
      details,
    })
  })

  it('14 a write that touched more than one row is undone', async () => {
    const answer = await shop.ask('PATCH', '/orders?id=lt.3', {
      headers: { Accept: object, Prefer: 'return=representation' },
      body: { note: 'both' },
    })
    expect(refusalOf(answer)).toEqual({
      status: 406,
      code: 'PGRST116',
      message: 'Cannot coerce the result to a single JSON object',
      details: 'The result contains 2 rows',
    })
    expect((await shop.ask('GET', '/orders?note=eq.both')).json).toEqual([])
  })
})

describe('15 CSV', () => {
  it('15 CSV has a header line and the rows, quoted where it must be', async () => {
    const { status, headers, body } = await shop.ask('GET', '/orders?select=id,status,note&id=in.(2,10,11)', {
      headers: { Accept: 'text/csv' },
    })
    expect([status, headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8'])
    expect(headers['content-range']).toBe('0-2/*')
    expect(body).toBe('id,status,note\n2,paid,\n10,"a,b",\n11,open,"100% silk"')
  })
})

describe('15 CSV of columns called as words of ours', () => {
  it.each(['key', 'name', 'value'])('15 CSV has a column that is called %s', async (name) => {
    const target = `/orders?select=${name}:id,status&id=eq.2`
    const { status, body } = await shop.ask('GET', target, { headers: { Accept: 'text/csv' } })
    expect([status, body]).toEqual([200, `${name},status\n2,paid`])
  })
})

describe('16 nulls stripped', () => {
  it('16 keys with null are left out of arrays', async () => {
    const accept = 'application/vnd.pgrst.array+json;nulls=stripped'
    const { status, headers, json } = await shop.ask('GET', '/customer?id=gte.4', { headers: { Accept: accept } })
    expect([status, json]).toEqual([
      200,
      [
        { id: 4, name: 'Dara Kim', email: 'dara@kim.example', country: 'KR' },
        { id: 5, name: 'Emil Vogt', country: 'DE' },
      ],
    ])
    expect(headers['content-type']).toBe('application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8')
  })

  it('16 keys with null are left out of an object', async () => {
    const accept = 'application/vnd.pgrst.object+json;nulls=stripped'
    const { headers, json } = await shop.ask('GET', '/customer?id=eq.5', { headers: { Accept: accept } })
    expect(json).toEqual({ id: 5, name: 'Emil Vogt', country: 'DE' })
    expect(headers['content-type']).toBe('application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8')
  })
})

describe('17 the plan', () => {
  it('17 the plan comes as JSON with what was asked of it', async () => {
    const { status, headers, json } = await shop.ask('GET', '/orders?id=eq.1', {
      headers: { Accept: 'application/vnd.pgrst.plan+json; for="application/json"; options=verbose|settings' },
    })
    expect(status).toBe(200)
    expect(headers['content-type']).toBe(
      'application/vnd.pgrst.plan+json; for="application/json"; options=verbose|settings; charset=utf-8',
    )
    expect(json[0].Plan['Node Type']).toBe('Aggregate')
    expect(json[0].Plan.Output).toBeInstanceOf(Array)
    expect(json[0].Settings).toBeTypeOf('object')
  })

  it('17 the text form begins with the aggregate', async () => {
    const { status, headers, body } = await shop.ask('GET', '/orders', {
      headers: { Accept: 'application/vnd.pgrst.plan' },
    })
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('application/vnd.pgrst.plan+text; for="application/json"; charset=utf-8')
    expect(body).toMatch(/^Aggregate {2}\(cost=/)
  })

  it('17 the plan of a write is told, and the write is not done', async () => {
    const { status, body } = await shop.ask('DELETE', '/canary?id=eq.1', {
      headers: { Accept: 'application/vnd.pgrst.plan', Prefer: 'return=representation' },
    })
    expect([status, body]).toEqual([200, expect.stringMatching(/Delete on canary/)])
    expect((await shop.ask('GET', '/canary?select=id')).json).toEqual([{ id: 1 }])
  })

  it('17 where plans are not enabled the media type is not available', async () => {
    const entities = await openEntities({ ...shopOptions, pool: shop.database.pool, allowsPlan: false })
    try {
      const accept = 'application/vnd.pgrst.plan+json'
      const answer = await askOf(entities)('GET', '/orders', { headers: { Accept: accept } })
      expect([answer.status, answer.json.code]).toEqual([406, 'PGRST107'])
      expect(answer.json.message).toMatch(
        /^None of these media types are available: application\/vnd\.pgrst\.plan\+json/,
      )
    } finally {
      await entities.close()
    }
  })
})

describe('18 aggregates', () => {
  it('18 aggregates group by the other columns', async () => {
    const { json } = await shop.ask('GET', '/orders?select=status,total.sum(),n:count()&order=status')
    expect(json).toEqual([
      { status: 'a,b', sum: 22, n: 1 },
      { status: 'cancelled', sum: 11, n: 2 },
      { status: 'open', sum: 113.85, n: 5 },
      { status: 'paid', sum: 139.05, n: 4 },
      { status: 'shipped', sum: 490.39, n: 3 },
    ])
  })

  it('18 aggregates take casts before and after, and paths into JSON', async () => {
    const { json } = await shop.ask(
      'GET',
      '/orders?select=total.max()::int,low:total::int.min(),items:data->items::int.sum(),id.count()',
    )
    expect(json).toEqual([{ max: 240, low: 0, items: 19, count: 15 }])
  })

  it('18 aggregates stand in embeds and are hoisted by a spread', async () => {
    const { json } = await shop.ask('GET', '/customer?select=id,orders(total.sum())&id=in.(1,5)&order=id')
    expect(json).toEqual([
      { id: 1, orders: [{ sum: 74.5 }] },
      { id: 5, orders: [{ sum: null }] },
    ])
    const spread = await shop.ask('GET', '/orders?select=...customer(country),total.sum()&id=in.(1,2,3)')
    expect(spread.json).toEqual(
      expect.arrayContaining([
        { country: 'DE', sum: 52.5 },
        { country: 'PT', sum: 7.25 },
      ]),
    )
  })

  it('18 aggregates are refused where they are not allowed', async () => {
    const entities = await openEntities({ ...shopOptions, pool: shop.database.pool, allowsAggregates: false })
    try {
      expect(refusalOf(await askOf(entities)('GET', '/orders?select=total.sum()'))).toEqual({
        status: 400,
        code: 'PGRST123',
        message: 'Use of aggregate functions is not allowed',
      })
    } finally {
      await entities.close()
    }
  })
})

it('19 the cap of rows holds for lists, embeds and functions, and not for writes', async () => {
  const capped = await openShop({ maxRows: 3 })
  try {
    const { ask } = capped
    const list = await ask('GET', '/orders?select=id&order=id', { headers: count })
    expect([list.status, list.headers['content-range'], list.json.length]).toEqual([206, '0-2/15', 3])
    expect((await ask('GET', '/orders?select=id&limit=10')).json).toHaveLength(3)
    expect((await ask('GET', '/orders?select=id&limit=2')).json).toHaveLength(2)
    expect((await ask('GET', '/orders?select=id,order_item(product_id)&id=eq.15')).json[0].order_item).toHaveLength(3)
    expect((await ask('GET', '/rpc/find_orders?select=id')).json).toHaveLength(3)
    const written = await ask('PATCH', '/orders?id=lt.6', {
      headers: { Prefer: 'return=representation' },
      body: { note: 'all' },
    })
    expect(written.json).toHaveLength(5)
  } finally {
    await capped.close()
  }
})
