// The dialect's reading, behaviours 1 to 8: what is selected, filtered and ordered.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/refusal-of.ts'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

/** The ids of the orders that a query finds, as they come. */
async function ids(query: string, table = 'orders'): Promise<number[]> {
  const { status, json } = await shop.ask('GET', `/${table}?select=id&${query}`)
  expect([query, status, status === 200 ? '' : json]).toEqual([query, 200, ''])
  return json.map(({ id }: { id: number }) => id)
}

describe('1 a list says its range', () => {
  it('1 a plain list is a JSON array in the order of the heap, with its range and an unknown total', async () => {
    const { status, headers, json } = await shop.ask('GET', '/orders')
    expect(status).toBe(200)
    expect(headers['content-range']).toBe('0-14/*')
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(headers['preference-applied']).toBeUndefined()
    expect(json).toHaveLength(15)
    expect(json[0]).toEqual({
      id: 1,
      ref: 'R-1',
      customer_id: 1,
      status: 'open',
      total: 12.5,
      note: 'call before delivery',
      tags: ['vip', 'new'],
      period: expect.stringContaining('2026-01-'),
      data: { channel: 'web', items: 3 },
      placed_at: '2026-01-05T09:00:00+00:00',
    })
    expect(Object.keys(json[0])).toEqual([
      'id',
      'ref',
      'customer_id',
      'status',
      'total',
      'note',
      'tags',
      'period',
      'data',
      'placed_at',
    ])
  })

  it('1 an empty list is [] and */*', async () => {
    const { status, headers, body } = await shop.ask('GET', '/orders?id=eq.99')
    expect([status, headers['content-range'], body]).toEqual([200, '*/*', '[]'])
  })

  it('1 numbers leave as PostgreSQL prints them, whatever their size', async () => {
    const { body } = await shop.ask('GET', '/orders?select=total,big:id::bigint,price:total::float8&id=eq.1')
    expect(body).toBe('[{"total":12.50,"big":1,"price":12.5}]')
  })
})

describe('2 columns', () => {
  it('2 columns have aliases, casts and paths into JSON, whose last key names the result', async () => {
    const { status, body } = await shop.ask(
      'GET',
      '/orders?select=nr:id,total::text,data->>channel,data->items&id=eq.1',
    )
    expect([status, body]).toEqual([200, '[{"nr":1,"total":"12.50","channel":"web","items":3}]'])
  })

  it('2 a JSON path goes through arrays, takes an alias and a cast', async () => {
    const { json } = await shop.ask('GET', '/orders?select=data->b->0,second:data->b->>1,n:data->>a::int&id=eq.6')
    expect(json).toEqual([{ b: 10, second: '20', n: 1 }])
  })

  it('2 quoted names carry dots, spaces and quotes', async () => {
    const { status, json } = await shop.ask('GET', '/Odd%20Name?select="Key",x:"a.b","say%20\\"hi\\""&"a.b"=eq.dot')
    expect([status, json]).toEqual([200, [{ Key: 1, x: 'dot', 'say "hi"': 'quote' }]])
  })

  it('2 * stands beside other columns, and a column may come twice under other names', async () => {
    const { json } = await shop.ask('GET', '/customer?select=*,again:name&id=eq.1')
    expect(json).toEqual([{ id: 1, name: 'Anna Berg', email: 'anna@berg.example', country: 'DE', again: 'Anna Berg' }])
  })

  it('2 an unknown column is left to PostgreSQL', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?select=id,xyzzy'))).toEqual({
      status: 400,
      code: '42703',
      message: 'column orders.xyzzy does not exist',
    })
    expect(refusalOf(await shop.ask('GET', '/orders?xyzzy=eq.1'))).toEqual({
      status: 400,
      code: '42703',
      message: 'column orders.xyzzy does not exist',
    })
  })

  it('2 what cannot be read as a select is refused with the place', async () => {
    const { status, json } = await shop.ask('GET', '/orders?select=id,,total')
    expect([status, json.code]).toEqual([400, 'PGRST100'])
    expect(json.message).toBe('"failed to parse select parameter (id,,total)" (line 1, column 4)')
  })
})

describe('3 comparisons', () => {
  it.each([
    ['id=eq.3', [3]],
    ['id=neq.3&id=lte.4', [1, 2, 4]],
    ['id=gt.13', [14, 15]],
    ['id=gte.14', [14, 15]],
    ['id=lt.3', [1, 2]],
    ['id=lte.2', [1, 2]],
    ['note=like.late*', [3, 4]],
    ['note=like.late%25', [3, 4]],
    ['note=ilike.bring*', [7, 12]],
    ['note=match.^bring', [7]],
    ['note=imatch.^bring', [7, 12]],
    ['id=in.(1,3,99)', [1, 3]],
    ['status=in.(open,"a,b")&note=is.null&total=gte.10', [10]],
    ['ref=in.("R-1","R-2")', [1, 2]],
    ['id=in.()', []],
    ['customer_id=is.null', [13, 14]],
    ['customer_id=is.not_null&id=gt.11', [12, 15]],
    ['note=isdistinct.gift&id=in.(8,9)', [8]],
    ['placed_at=gte.2026-02-10T00:00:00%2B00', [13, 14, 15]],
    ['data->>channel=eq.phone', [7]],
    ['data->items=gt.4', [7, 11]],
    ['status=eq.a,b', [10]],
  ])('3 comparison operators: %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  it('3 is knows true, false and unknown', async () => {
    expect((await shop.ask('GET', '/orders?select=id&id=is.true')).json.code).toBe('42804')
    await shop.database.pool.query(`
      CREATE TABLE flag (id int PRIMARY KEY, is_on boolean);
      INSERT INTO flag VALUES (1, true), (2, false), (3, NULL);
      GRANT SELECT ON flag TO shop_anonymous`)
    await shop.entities.reload()
    expect(await ids('is_on=is.true', 'flag')).toEqual([1])
    expect(await ids('is_on=is.false', 'flag')).toEqual([2])
    expect(await ids('is_on=is.unknown', 'flag')).toEqual([3])
    expect(await ids('is_on=not.is.true', 'flag')).toEqual([2, 3])
    expect(await ids('is_on=is.NULL', 'flag')).toEqual([3])
  })

  it('3 a filter without an operator is refused with what was expected', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?id=0'))).toEqual({
      status: 400,
      code: 'PGRST100',
      message: '"failed to parse filter (0)" (line 1, column 1)',
      details: 'unexpected "0" expecting "not" or operator (eq, gt, ...)',
    })
  })

  it('3 a value of the wrong type is told in the words of PostgreSQL', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?id=eq.abc'))).toEqual({
      status: 400,
      code: '22P02',
      message: 'invalid input syntax for type integer: "abc"',
    })
  })

  it('3 the value is of unknown type, so that the index of the column is used', async () => {
    const { json } = await shop.ask('GET', '/orders?id=eq.1', {
      headers: { Accept: 'application/vnd.pgrst.plan+json; options=verbose' },
    })
    expect(JSON.stringify(json)).toMatch(/orders\.id = 1\b/)
  })
})

it.each([
  ['status=not.eq.open&id=lt.6', [2, 4, 5]],
  ['id=not.in.(1,2,3)&id=lt.6', [4, 5]],
  ['note=not.is.null&id=lt.4', [1, 3]],
  ['note=like(any).{late*,call*}', [1, 3, 4]],
  ['note=like(all).{*late*,*refund*}', [4]],
  ['note=ilike(any).{BRING*,GIFT}', [7, 9, 12]],
  ['note=ilike(all).{BRING*,*bag}', [7]],
  ['id=eq(any).{1,2}', [1, 2]],
  ['id=gt(all).{3,12}', [13, 14, 15]],
  ['id=lte(any).{1,2}', [1, 2]],
  ['note=match(any).{^late,^gift}', [3, 4, 9]],
  ['id=not.eq(any).{1,2}&id=lt.5', [3, 4]],
])('4 negation and modifiers: %s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected)
})

describe('5 logic', () => {
  it.each([
    ['or=(status.eq.shipped,and(total.gt.30,note.is.null))', [2, 4, 6, 15]],
    ['or=(status.eq.open,and(total.gt.5,note.not.is.null))&not.and=(id.gte.1,id.lte.3)&id=lt.10', [4, 6, 7, 9]],
    ['not.or=(id.gt.2,id.lt.2)', [2]],
    ['and=(id.gte.2,not.or(id.eq.3,id.eq.4),id.lt.6)', [2, 5]],
    ['or=(id.in.(1,2),ref.eq."R-3")', [1, 2, 3]],
    ['or=(data->>channel.eq.phone,tags.cs.{bulk})', [4, 6, 7]],
    ['or=(note.like.late*,note.wfts(english).fragile)', [3, 4, 15]],
    ['or=(status.eq."a,b",id.eq.1)', [1, 10]],
  ])('5 logic trees, nested and negated: %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  it('5 logic stands on an embed too, by its alias', async () => {
    const { json } = await shop.ask(
      'GET',
      '/customer?select=id,o:orders(id)&o.or=(id.eq.1,total.gt.39)&o.not.and=(id.gte.5,id.lte.9)&id=in.(1,3)',
    )
    expect(json).toEqual([
      { id: 1, o: [{ id: 1 }, { id: 2 }] },
      { id: 3, o: [{ id: 12 }] },
    ])
  })

  it('5 an empty tree is refused', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?or=()'))).toEqual({
      status: 400,
      code: 'PGRST100',
      message: '"failed to parse logic tree (())" (line 1, column 4)',
      details:
        'unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)',
    })
  })
})

it.each([
  ['tags=cs.{vip}', [1, 2, 6]],
  ['tags=cd.{vip,new}&id=lt.4', [1, 2, 3]],
  ['tags=ov.{bulk,gift}', [4, 6, 9]],
  ['period=ov.[2026-01-01,2026-01-30)', [1, 2, 7]],
  ['period=cs.[2026-02-15,2026-02-16)', [4]],
  ['period=cd.[2026-01-01,2026-01-30)', [1, 7]],
  ['period=sl.[2026-02-01,2026-02-02)', [1, 7]],
  ['period=sr.[2026-01-01,2026-02-15)', [5, 9]],
  ['period=nxr.[2026-01-01,2026-01-21)', [1, 7]],
  ['period=nxl.[2026-02-01 00:00Z,2026-12-01)', [4, 5, 9]],
  ['period=adj.[2026-03-01 00:00Z,2026-05-01)', [4]],
  ['data=cs.{"a":1}', [4, 6]],
  ['data=cd.{"channel":"web","items":3,"x":1}', [1]],
])('6 array, range and jsonb operators: %s', async (query, expected) => {
  expect(await ids(query)).toEqual(expected)
})

describe('7 full text', () => {
  it.each([
    ['note=wfts(english).late -refund', [3]],
    ['note=fts.late %26 refund', [4]],
    ['note=plfts(english).delivery late', [3]],
    ['note=phfts.late refund', [4]],
    ['note=not.fts(english).late&id=in.(1,3)', [1]],
  ])('7 full text, with and without a configuration: %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  it('7 a tsvector column is searched as it is', async () => {
    expect(await ids('search=fts(english).lamp', 'product')).toEqual([1])
  })
})

describe('8 order', () => {
  it.each([
    ['id=lt.4&order=id.desc', [3, 2, 1]],
    ['id=lt.5&order=status.desc.nullslast,id.asc', [4, 2, 1, 3]],
    ['id=in.(1,2,3)&order=note', [1, 3, 2]],
    ['id=in.(1,2,3)&order=note.nullsfirst', [2, 1, 3]],
    ['id=in.(1,2,3)&order=note.desc.nullslast', [3, 1, 2]],
    ['id=in.(1,3,7)&order=data->items.desc', [7, 1, 3]],
    ['id=in.(1,2,7)&order=data->>channel.asc', [7, 2, 1]],
  ])('8 ordering by several keys, with the place of nulls and by JSON: %s', async (query, expected) => {
    expect(await ids(query)).toEqual(expected)
  })

  it('8 a to-one relation orders by its column', async () => {
    const { json } = await shop.ask('GET', '/orders?select=id,customer(name)&id=in.(1,3,7)&order=customer(name).desc')
    expect(json).toEqual([
      { id: 7, customer: { name: 'Dara Kim' } },
      { id: 3, customer: { name: 'Bruno Costa' } },
      { id: 1, customer: { name: 'Anna Berg' } },
    ])
  })

  it('8 a to-many relation cannot order', async () => {
    expect(refusalOf(await shop.ask('GET', '/customer?select=id,orders(id)&order=orders(id)'))).toEqual({
      status: 400,
      code: 'PGRST118',
      message: "A related order on 'orders' is not possible",
      details: "'customer' and 'orders' do not form a many-to-one or one-to-one relationship",
    })
  })

  it('8 a relation that is not embedded cannot order', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders?select=id&order=customer(name)'))).toEqual({
      status: 400,
      code: 'PGRST108',
      message: "'customer' is not an embedded resource in this request",
      hint: "Verify that 'customer' is included in the 'select' query parameter.",
    })
  })
})
