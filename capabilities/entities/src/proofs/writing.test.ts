// The dialect's writing, behaviours 31 to 37: insert, upsert, put, update, delete, caps and dry runs.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openEntities } from '../open-entities.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { type Asking, askOf, openShop, type Shop, shopOptions } from '../testing/shop.ts'

let shop: Shop
// each test writes: each has a shop of its own
beforeEach(async () => {
  shop = await openShop()
})
afterEach(() => shop?.close())

const ask = (
  method: string,
  target: string,
  prefer: string | null = null,
  body: Asking['body'] = null,
  type?: string,
) =>
  shop.ask(method, target, {
    headers: {
      ...(prefer === null ? {} : { Prefer: prefer }),
      ...(type === undefined ? {} : { 'Content-Type': type }),
    },
    body,
  })
const seen = async (target: string) => (await ask('GET', target)).json

describe('31 insert', () => {
  it('31 the default answer is 201 and nothing', async () => {
    const { status, body, headers } = await ask('POST', '/orders', null, { ref: 'N-1', total: 3 })
    expect([status, body ?? '']).toEqual([201, ''])
    expect(headers).not.toHaveProperty('content-type')
    expect(headers).not.toHaveProperty('location')
    expect(headers).not.toHaveProperty('preference-applied')
    expect(await seen('/orders?select=id,ref,status,total&id=gt.15')).toEqual([
      { id: 16, ref: 'N-1', status: 'open', total: 3 },
    ])
  })

  it('31 headers-only says where the row is', async () => {
    const { status, body, headers } = await ask('POST', '/orders', 'return=headers-only', { ref: 'N-1' })
    expect([status, body ?? '', headers.location, headers['preference-applied'], headers['content-range']]).toEqual([
      201,
      '',
      '/orders?id=eq.16',
      'return=headers-only',
      '*/*',
    ])
    expect(headers).not.toHaveProperty('content-type')
    const pair = await ask('POST', '/order_item', 'return=headers-only', { order_id: 5, product_id: 2 })
    expect(pair.headers.location).toBe('/order_item?order_id=eq.5&product_id=eq.2')
  })

  it('31 representation gives the rows, with select, embeds and a count', async () => {
    const { status, json, headers } = await ask(
      'POST',
      '/orders?select=id,note,customer(name)',
      'return=representation, count=exact',
      { customer_id: 4, note: 'new' },
    )
    expect([status, json]).toEqual([201, [{ id: 16, note: 'new', customer: { name: 'Dara Kim' } }]])
    expect(headers['preference-applied']).toBe('return=representation, count=exact')
    expect(headers['content-range']).toBe('*/1')
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
  })

  it('31 many rows at once, and none', async () => {
    const many = await ask('POST', '/canary?select=id', 'return=representation', [{ id: 7 }, { id: 8 }])
    expect([many.status, many.json]).toEqual([201, [{ id: 7 }, { id: 8 }]])
    const none = await ask('POST', '/canary', 'return=representation', [])
    expect([none.status, none.json]).toEqual([201, []])
  })

  it('31 an object is asked for by its media type, also from a list of one', async () => {
    const { status, json } = await shop.ask('POST', '/canary', {
      headers: { Accept: 'application/vnd.pgrst.object+json', Prefer: 'return=representation' },
      body: [{ id: 9, song: 'trill' }],
    })
    expect([status, json]).toEqual([201, { id: 9, song: 'trill' }])
  })

  it('31 objects and arrays go into json and array columns as they are', async () => {
    const { json } = await ask('POST', '/orders?select=data,tags,total', 'return=representation', {
      data: { deep: [1, { x: null }] },
      tags: ['a', 'b,c'],
      total: '7.10',
    })
    expect(json).toEqual([{ data: { deep: [1, { x: null }] }, tags: ['a', 'b,c'], total: 7.1 }])
  })

  it('31 numbers reach the database without loss', async () => {
    const { body } = await ask(
      'POST',
      '/product?select=price',
      'return=representation',
      '{"id":50,"name":"x","price":12345678901234567890.12345678901}',
    )
    expect(body).toBe('[{"price":12345678901234567890.12345678901}]')
  })
})

describe('32 bulk', () => {
  it.each([['[{"id":20,"song":"a"},{"id":21}]'], ['[{"id":20},{"song":"a"}]'], ['[{"id":20},5]']])(
    '32 unlike keys are refused: %s',
    async (body) => {
      expect(refusalOf(await ask('POST', '/canary', null, body))).toEqual({
        status: 400,
        code: 'PGRST102',
        message: 'All object keys must match',
      })
      expect(await seen('/canary?select=id')).toEqual([{ id: 1 }])
    },
  )

  it('32 columns= takes those and ignores the rest; what is missing is null', async () => {
    const { status, json } = await ask('POST', '/canary?columns=id,song', 'return=representation', [
      { id: 20, song: 'a', more: 1 },
      { id: 21 },
    ])
    expect([status, json]).toEqual([
      201,
      [
        { id: 20, song: 'a' },
        { id: 21, song: null },
      ],
    ])
  })

  it('32 missing=default uses the defaults', async () => {
    const { status, json, headers } = await ask(
      'POST',
      '/orders?columns=ref,status,total&select=ref,status,total',
      'missing=default, return=representation',
      [
        { ref: 'A', status: 'paid' },
        { ref: 'B', total: 4 },
      ],
    )
    expect([status, json]).toEqual([
      201,
      [
        { ref: 'A', status: 'paid', total: 0 },
        { ref: 'B', status: 'open', total: 4 },
      ],
    ])
    expect(headers['preference-applied']).toBe('missing=default, return=representation')
  })

  it('32 an unknown column is refused', async () => {
    const refusal = { code: 'PGRST204', message: "Could not find the 'wings' column of 'canary' in the schema cache" }
    expect(refusalOf(await ask('POST', '/canary', null, { id: 20, wings: 2 }))).toEqual({ status: 400, ...refusal })
    expect(refusalOf(await ask('POST', '/canary?columns=id,wings', null, { id: 20 }))).toEqual({
      status: 400,
      ...refusal,
    })
    expect(refusalOf(await ask('PATCH', '/canary?id=eq.1', null, { wings: 2 }))).toEqual({ status: 400, ...refusal })
  })

  it('32 CSV and forms are accepted', async () => {
    const csv = await ask('POST', '/canary', 'return=representation', 'id,song\n30,"la, la"\n31,NULL', 'text/csv')
    expect([csv.status, csv.json]).toEqual([
      201,
      [
        { id: 30, song: 'la, la' },
        { id: 31, song: null },
      ],
    ])
    const form = await ask(
      'POST',
      '/canary',
      'return=representation',
      'id=32&song=do+re%20mi',
      'application/x-www-form-urlencoded',
    )
    expect([form.status, form.json]).toEqual([201, [{ id: 32, song: 'do re mi' }]])
  })

  it('32 CSV lines of unlike length are refused', async () => {
    expect(refusalOf(await ask('POST', '/canary', null, 'id,song\n30,a,b\n31', 'text/csv'))).toEqual({
      status: 400,
      code: 'PGRST102',
      message: 'All lines must have same number of fields',
    })
  })

  it.each([['}{ x = 2'], [''], ['{"id":']])('32 what is no JSON is refused: "%s"', async (body) => {
    expect(refusalOf(await ask('POST', '/canary', null, body))).toEqual({
      status: 400,
      code: 'PGRST102',
      message: 'Empty or invalid json',
    })
  })

  it('32 another media type is refused', async () => {
    expect(refusalOf(await ask('POST', '/canary', null, 'id: 1', 'application/yaml'))).toEqual({
      status: 400,
      code: 'PGRST102',
      message: 'Content-Type not acceptable: application/yaml',
    })
  })
})

describe('33 upsert', () => {
  it('33 merge-duplicates updates what is there: 201 when one was inserted, 200 when none was', async () => {
    const both = await ask('POST', '/canary', 'resolution=merge-duplicates, return=representation', [
      { id: 1, song: 'merged' },
      { id: 2, song: 'fresh' },
    ])
    expect([both.status, both.json, both.headers['preference-applied']]).toEqual([
      201,
      [
        { id: 1, song: 'merged' },
        { id: 2, song: 'fresh' },
      ],
      'resolution=merge-duplicates, return=representation',
    ])
    const known = await ask('POST', '/canary', 'resolution=merge-duplicates, return=representation', [
      { id: 1, song: 'again' },
    ])
    expect([known.status, known.json]).toEqual([200, [{ id: 1, song: 'again' }]])
  })

  it('33 ignore-duplicates keeps what is there', async () => {
    const { status, json, headers } = await ask(
      'POST',
      '/canary',
      'resolution=ignore-duplicates, return=representation',
      [
        { id: 1, song: 'lost' },
        { id: 2, song: 'fresh' },
      ],
    )
    expect([status, json]).toEqual([201, [{ id: 2, song: 'fresh' }]])
    expect(headers['preference-applied']).toBe('resolution=ignore-duplicates, return=representation')
    expect(await seen('/canary?id=eq.1')).toEqual([{ id: 1, song: 'tweet' }])
  })

  it('33 on_conflict names the target', async () => {
    const { status, json } = await ask(
      'POST',
      '/orders?on_conflict=ref&select=id,note',
      'resolution=merge-duplicates, return=representation',
      { ref: 'R-7', note: 'by its ref' },
    )
    expect([status, json]).toEqual([200, [{ id: 7, note: 'by its ref' }]])
  })

  it('33 a table of nothing but keys can be merged', async () => {
    const { status, json } = await ask('POST', '/only_key', 'resolution=merge-duplicates, return=representation', [
      { id: 1 },
      { id: 4 },
    ])
    expect([status, json]).toEqual([201, [{ id: 1 }, { id: 4 }]])
  })

  it('33 without a primary key the preference is dropped and not echoed', async () => {
    const { status, json, headers } = await ask(
      'POST',
      '/no_key',
      'resolution=merge-duplicates, return=representation',
      {
        a: 'x',
        b: 1,
      },
    )
    expect([status, json, headers['preference-applied']]).toEqual([201, [{ a: 'x', b: 1 }], 'return=representation'])
  })

  it('33 a target without a unique key is refused by PostgreSQL', async () => {
    expect(
      refusalOf(await ask('POST', '/canary?on_conflict=song', 'resolution=merge-duplicates', { id: 1, song: 'a' })),
    ).toEqual({
      status: 400,
      code: '42P10',
      message: 'there is no unique or exclusion constraint matching the ON CONFLICT specification',
    })
  })
})

describe('34 PUT', () => {
  it('34 PUT inserts with 201 and updates with 200', async () => {
    const inserted = await ask('PUT', '/canary?id=eq.7', 'return=representation', { id: 7, song: 'new' })
    expect([inserted.status, inserted.json]).toEqual([201, [{ id: 7, song: 'new' }]])
    const updated = await ask('PUT', '/canary?id=eq.7', 'return=representation', [{ id: 7, song: 'newer' }])
    expect([updated.status, updated.json, updated.headers['preference-applied']]).toEqual([
      200,
      [{ id: 7, song: 'newer' }],
      'return=representation',
    ])
    const minimal = await ask('PUT', '/canary?id=eq.7', null, { id: 7, song: 'newest' })
    expect([minimal.status, minimal.body ?? '']).toEqual([204, ''])
  })

  it.each([
    '/canary?song=eq.a',
    '/canary',
    '/canary?id=gt.1',
    '/canary?id=eq.1&song=eq.a',
    '/canary?id=not.eq.1',
    '/order_item?order_id=eq.1',
  ])('34 any other filter than the full key is refused: %s', async (target) => {
    expect(refusalOf(await ask('PUT', target, null, { id: 1, song: 'a' }))).toEqual({
      status: 405,
      code: 'PGRST105',
      message: "Filters must include all and only primary key columns with 'eq' operators",
    })
  })

  it('34 the key in the body is the key in the filter', async () => {
    expect(refusalOf(await ask('PUT', '/canary?id=eq.7', null, { id: 8, song: 'a' }))).toEqual({
      status: 400,
      code: 'PGRST115',
      message: 'Payload values do not match URL in primary key column(s)',
    })
    expect(await seen('/canary?select=id')).toEqual([{ id: 1 }])
  })

  it.each(['limit=1', 'offset=1'])('34 windows are refused: %s', async (query) => {
    expect(refusalOf(await ask('PUT', `/canary?id=eq.7&${query}`, null, { id: 7 }))).toEqual({
      status: 400,
      code: 'PGRST114',
      message: 'limit/offset querystring parameters are not allowed for PUT',
    })
  })
})

describe('35 update and delete', () => {
  it('35 minimal is 204 and nothing', async () => {
    const { status, body, headers } = await ask('PATCH', '/orders?id=eq.7', null, { note: 'x' })
    expect([status, body ?? '']).toEqual([204, ''])
    expect(headers).not.toHaveProperty('content-type')
    expect(await seen('/orders?select=id&note=eq.x')).toEqual([{ id: 7 }])
    const deleted = await ask('DELETE', '/canary?id=eq.1')
    expect([deleted.status, deleted.body ?? '']).toEqual([204, ''])
    expect(await seen('/canary')).toEqual([])
  })

  it('35 representation is 200 and the rows, also when none matched', async () => {
    const changed = await ask('PATCH', '/orders?id=in.(1,2)&select=id,note', 'return=representation', { note: 'y' })
    expect([changed.status, changed.json, changed.headers['preference-applied']]).toEqual([
      200,
      [
        { id: 1, note: 'y' },
        { id: 2, note: 'y' },
      ],
      'return=representation',
    ])
    const none = await ask('PATCH', '/orders?id=eq.99', 'return=representation', { note: 'y' })
    expect([none.status, none.json]).toEqual([200, []])
    const gone = await ask('DELETE', '/orders?id=eq.13&select=id,customer(name)', 'return=representation')
    expect([gone.status, gone.json]).toEqual([200, [{ id: 13, customer: null }]])
  })

  it('35 the range counts what was touched', async () => {
    const changed = await ask('PATCH', '/orders?id=lt.4', 'count=exact', { note: 'z' })
    expect([changed.status, changed.headers['content-range'], changed.headers['preference-applied']]).toEqual([
      204,
      '0-2/3',
      'count=exact',
    ])
    const gone = await ask('DELETE', '/orders?id=in.(13,14)', 'count=exact')
    expect([gone.status, gone.headers['content-range']]).toEqual([204, '*/2'])
  })

  it('35 an empty object changes nothing', async () => {
    const minimal = await ask('PATCH', '/orders?id=eq.7', null, {})
    expect(minimal.status).toBe(204)
    const rows = await ask('PATCH', '/orders', 'return=representation', {})
    expect([rows.status, rows.json]).toEqual([200, []])
    expect(await seen('/orders?select=note&id=eq.7')).toEqual([{ note: 'bring a bag' }])
  })

  it('35 filters on embeds and logic trees choose rows too', async () => {
    await ask('PATCH', '/orders?or=(id.eq.1,total.gt.200)', null, { note: 'chosen' })
    expect(await seen('/orders?select=id&note=eq.chosen&order=id')).toEqual([{ id: 1 }, { id: 15 }])
  })
})

describe('36 affected rows', () => {
  it('36 a write over the cap is refused and undone', async () => {
    const strict = 'handling=strict, max-affected=10'
    expect(refusalOf(await ask('DELETE', '/order_item?quantity=gt.0', strict))).toEqual({
      status: 400,
      code: 'PGRST124',
      message: 'Query result exceeds max-affected preference constraint',
      details: 'The query affects 15 rows',
    })
    expect(await seen('/order_item?select=order_id')).toHaveLength(15)
    const few = await ask('PATCH', '/orders?id=lt.3', `${strict}, return=representation`, { note: 'few' })
    expect([few.status, few.headers['preference-applied']]).toEqual([
      200,
      'return=representation, handling=strict, max-affected=10',
    ])
  })

  it('36 without strict handling the cap is not heeded', async () => {
    expect((await ask('DELETE', '/order_item?quantity=gt.0', 'max-affected=10')).status).toBe(204)
    expect(await seen('/order_item')).toEqual([])
  })

  it('36 functions keep the cap when they return a set, and are refused when they do not', async () => {
    expect(
      refusalOf(await ask('POST', '/rpc/close_orders', 'handling=strict, max-affected=2', { minimum: 50 })),
    ).toEqual({
      status: 400,
      code: 'PGRST124',
      message: 'Query result exceeds max-affected preference constraint',
      details: 'The query affects 5 rows',
    })
    expect(await seen('/orders?status=eq.closed')).toEqual([])
    expect(refusalOf(await ask('POST', '/rpc/set_status', 'handling=strict, max-affected=2', { id: 1 }))).toEqual({
      status: 400,
      code: 'PGRST128',
      message: 'Function must return SETOF or TABLE when max-affected preference is used with handling=strict',
    })
  })

  it('36 an unknown preference is refused under strict handling, and ignored otherwise', async () => {
    expect(refusalOf(await ask('GET', '/orders', 'handling=strict, anything=1, other'))).toEqual({
      status: 400,
      code: 'PGRST122',
      message: 'Invalid preferences given with handling=strict',
      details: 'Invalid preferences: anything=1, other',
    })
    expect((await ask('GET', '/orders', 'handling=lenient, anything=1')).status).toBe(200)
  })
})

describe('37 dry run', () => {
  it('37 the rows are given as they would be, and nothing is kept', async () => {
    const { status, json, headers } = await ask(
      'PATCH',
      '/orders?id=eq.7&select=id,note',
      'tx=rollback, return=representation',
      {
        note: 'dry',
      },
    )
    expect([status, json, headers['preference-applied']]).toEqual([
      200,
      [{ id: 7, note: 'dry' }],
      'return=representation, tx=rollback',
    ])
    expect(await seen('/orders?note=eq.dry')).toEqual([])
    const inserted = await ask('POST', '/canary', 'tx=rollback', { id: 5 })
    expect([inserted.status, inserted.headers['preference-applied']]).toEqual([201, 'tx=rollback'])
    expect(await seen('/canary?select=id')).toEqual([{ id: 1 }])
  })

  it('37 deferred constraints are checked before the rollback', async () => {
    const answer = await ask('PATCH', '/seat?id=eq.1', 'tx=rollback', { place: 20 })
    expect(refusalOf(answer)).toEqual({
      status: 409,
      code: '23505',
      message: 'duplicate key value violates unique constraint "seat_place_key"',
      details: 'Key (place)=(20) already exists.',
    })
  })

  it('37 where the server does not allow it the preference is not applied', async () => {
    const entities = await openEntities({ ...shopOptions, pool: shop.database.pool, allowsTxOverride: false })
    try {
      const answer = await askOf(entities)('POST', '/canary', { headers: { Prefer: 'tx=rollback' }, body: { id: 6 } })
      expect([answer.status, answer.headers['preference-applied']]).toEqual([201, undefined])
      expect(await seen('/canary?select=id&id=eq.6')).toEqual([{ id: 6 }])
    } finally {
      await entities.close()
    }
  })
})
