// The dialect's functions, behaviour 39: what they are given, how they are chosen and what comes back.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/refusal-of.ts'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

const json = 'application/json; charset=utf-8'
const call = (name: string, body: object | string | null = {}, headers: Record<string, string> = {}) =>
  shop.ask('POST', `/rpc/${name}`, { body, headers })
const get = (target: string, headers: Record<string, string> = {}) => shop.ask('GET', `/rpc/${target}`, { headers })

describe('39 what comes back', () => {
  it('39 a scalar is bare JSON, by POST and by GET', async () => {
    const posted = await call('add_them', { a: 3, b: 4 })
    expect([posted.status, posted.body, posted.headers['content-type']]).toEqual([200, '7', json])
    const got = await get('add_them?a=3&b=4', { Prefer: 'count=exact' })
    expect([got.status, got.body, got.headers['content-range']]).toEqual([200, '7', '0-0/1'])
    expect((await get('greet?name=a%26b')).body).toBe('"hello a&b"')
  })

  it('39 void is 204 and nothing, and its work is kept', async () => {
    const { status, body, headers } = await call('set_status', { id: 1 })
    expect([status, body ?? '', headers['content-type']]).toEqual([204, '', undefined])
    expect((await shop.ask('GET', '/orders?select=status&id=eq.1')).json).toEqual([{ status: 'paid' }])
    await call('set_status', { id: 1, status: 'open' })
    expect((await shop.ask('GET', '/orders?select=status&id=eq.1')).json).toEqual([{ status: 'open' }])
  })

  it('39 a row is an object, with select', async () => {
    const { status, json: row } = await get('one_order?number=5&select=id,status,customer(name)')
    expect([status, row]).toEqual([200, { id: 5, status: 'paid', customer: { name: 'Chloe Martin' } }])
    expect((await get('extremes')).body).toBe('{"smallest":0.00,"largest":240.40}')
  })

  it('39 a set is an array with all that lists can', async () => {
    const target = 'find_orders?minimum=90&total=lt.200&select=id,customer(name)&order=id.desc&limit=1'
    const got = await get(target, { Prefer: 'count=exact' })
    expect([got.status, got.headers['content-range'], got.json]).toEqual([
      206,
      '0-0/2',
      [{ id: 6, customer: { name: 'Chloe Martin' } }],
    ])
    const posted = await call('find_orders?total=lt.200&select=id&order=id.desc', { minimum: 90 })
    expect([posted.status, posted.headers['content-range'], posted.json]).toEqual([
      200,
      '0-1/*',
      [{ id: 6 }, { id: 4 }],
    ])
    const inner = await get('find_orders?select=id,customer!inner(id)&customer.country=eq.PT&order=id')
    expect(inner.json.map(({ id }: { id: number }) => id)).toEqual([3, 4, 11])
  })

  it('39 a table and a set of scalars', async () => {
    expect((await get('order_totals?sales=gt.100&order=sales.desc')).json).toEqual([
      { status: 'shipped', sales: 490.39 },
      { status: 'paid', sales: 139.05 },
      { status: 'open', sales: 113.85 },
    ])
    expect((await get('order_ids?minimum=100')).json).toEqual([6, 15])
    expect((await call('order_ids', { minimum: 1000 })).json).toEqual([])
  })

  it('39 CSV, an object and no body come as from a table', async () => {
    const csv = await get('order_totals?sales=gt.100&order=sales', { Accept: 'text/csv' })
    expect([csv.headers['content-type'], csv.body]).toEqual([
      'text/csv; charset=utf-8',
      'status,sales\nopen,113.85\npaid,139.05\nshipped,490.39',
    ])
    const object = { Accept: 'application/vnd.pgrst.object+json' }
    expect((await get('find_orders?minimum=200&select=id', object)).json).toEqual({ id: 15 })
    expect((await get('find_orders?minimum=90&select=id', object)).json.details).toBe('The result contains 3 rows')
    const head = await shop.ask('HEAD', '/rpc/find_orders?minimum=90', { headers: { Prefer: 'count=exact' } })
    expect([head.status, head.headers['content-range'], head.body ?? '']).toEqual([200, '0-2/3', ''])
  })
})

describe('39 what they are given', () => {
  it('39 defaults and variadics may be left out', async () => {
    expect((await get('greet')).json).toBe('hello world')
    expect((await call('greet')).json).toBe('hello world')
    expect((await call('greet', null)).json).toBe('hello world')
    expect((await get('join_words')).json).toBe('')
    expect((await get('join_words?words=a')).json).toBe('a')
    expect((await get('join_words?words=a&words=b')).json).toBe('a-b')
    expect((await call('join_words', { words: ['a', 'b', 'c'] })).json).toBe('a-b-c')
  })

  it('39 of an argument that is said twice the last counts, and columns= takes those alone', async () => {
    expect((await get('greet?name=first&name=last')).json).toBe('hello last')
    expect((await call('greet?columns=name', { name: 'Mina', more: 1 })).json).toBe('hello Mina')
  })

  it('39 a form is arguments too', async () => {
    expect((await call('add_them', 'a=2&b=5', { 'Content-Type': 'application/x-www-form-urlencoded' })).body).toBe('7')
  })

  it('39 one unnamed argument takes the whole body', async () => {
    expect((await call('echo_json', '{"x":[1,{"y":null}]}')).body?.replaceAll(' ', '')).toBe('{"x":[1,{"y":null}]}')
    const text = await call('echo_text', 'a "text"', { 'Content-Type': 'text/plain' })
    expect([text.status, text.json]).toEqual([200, 'a "text"'])
    const plain = await call('echo_text', 'as it is', { 'Content-Type': 'text/plain', Accept: 'text/plain' })
    expect([plain.status, plain.headers['content-type'], plain.body]).toEqual([
      200,
      'text/plain; charset=utf-8',
      'as it is',
    ])
  })

  it('39 a wrong value is told in the words of PostgreSQL', async () => {
    expect(refusalOf(await get('add_them?a=1&b=x'))).toEqual({
      status: 400,
      code: '22P02',
      message: 'invalid input syntax for type integer: "x"',
    })
  })
})

describe('39 overloads', () => {
  it('39 the names of the arguments choose', async () => {
    expect((await get('area?side=3')).body).toBe('9')
    expect((await get('area?side=3&other=2')).body).toBe('6')
    expect((await call('area', { side: 3, other: 2 })).body).toBe('6')
  })

  it('39 a tie is 300', async () => {
    const answer = await get('same_name?arg=1')
    expect(refusalOf(answer)).toEqual({
      status: 300,
      code: 'PGRST203',
      message:
        'Could not choose the best candidate function between: public.same_name(arg => integer), public.same_name(arg => text)',
      hint: 'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
    })
  })

  it('39 none is 404, with the nearest name', async () => {
    expect(refusalOf(await get('greett'))).toEqual({
      status: 404,
      code: 'PGRST202',
      message: 'Could not find the function public.greett without parameters in the schema cache',
      details:
        'Searched for the function public.greett without parameters, but no matches were found in the schema cache.',
      hint: 'Perhaps you meant to call the function public.greet',
    })
    expect(refusalOf(await call('nothing_like_it'))).toEqual({
      status: 404,
      code: 'PGRST202',
      message: 'Could not find the function public.nothing_like_it without parameters in the schema cache',
      details:
        'Searched for the function public.nothing_like_it without parameters or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.',
    })
  })

  it('39 none for these arguments is 404, with those that there are', async () => {
    expect(refusalOf(await get('add_them?a=1&b=2&smthelse=blabla'))).toEqual({
      status: 404,
      code: 'PGRST202',
      message: 'Could not find the function public.add_them(a, b, smthelse) in the schema cache',
      details:
        'Searched for the function public.add_them with parameters a, b, smthelse, but no matches were found in the schema cache.',
      hint: 'Perhaps you meant to call the function public.add_them(a, b)',
    })
    expect(refusalOf(await call('add_them', { a: 1 }))).toEqual({
      status: 404,
      code: 'PGRST202',
      message: 'Could not find the function public.add_them(a) in the schema cache',
      details:
        'Searched for the function public.add_them with parameter a or with a single unnamed json/jsonb parameter, but no matches were found in the schema cache.',
      hint: 'Perhaps you meant to call the function public.add_them(a, b)',
    })
    expect(refusalOf(await call('add_them', 'text', { 'Content-Type': 'text/plain' }))).toEqual({
      status: 404,
      code: 'PGRST202',
      message: 'Could not find the function public.add_them in the schema cache',
      details:
        'Searched for the function public.add_them with a single unnamed text parameter, but no matches were found in the schema cache.',
    })
  })
})

describe('39 writing functions', () => {
  it('39 a dry run of a function keeps nothing', async () => {
    const answer = await call('close_orders?select=id,status', { minimum: 100 }, { Prefer: 'tx=rollback' })
    expect([answer.status, answer.json, answer.headers['preference-applied']]).toEqual([
      200,
      [
        { id: 6, status: 'closed' },
        { id: 15, status: 'closed' },
      ],
      'tx=rollback',
    ])
    expect((await shop.ask('GET', '/orders?status=eq.closed')).json).toEqual([])
  })

  it('39 a volatile function that writes nothing may be asked by GET', async () => {
    const { status, json: body } = await get('teapot')
    expect([status, body]).toEqual([418, { tea: true }])
  })
})
