// The dialect's errors, behaviour 38: each with its status, code, texts and Proxy-Status.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/refusal-of.ts'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

describe('38 constraints', () => {
  it('38 a broken unique or foreign key is 409', async () => {
    expect(refusalOf(await shop.ask('POST', '/customer', { body: { id: 1, name: 'Twin' } }))).toEqual({
      status: 409,
      code: '23505',
      message: 'duplicate key value violates unique constraint "customer_pkey"',
      details: 'Key (id)=(1) already exists.',
    })
    expect(refusalOf(await shop.ask('POST', '/orders', { body: { customer_id: 99 } }))).toEqual({
      status: 409,
      code: '23503',
      message: 'insert or update on table "orders" violates foreign key constraint "orders_customer_id_fkey"',
      details: 'Key (customer_id)=(99) is not present in table "customer".',
    })
    const deleted = await shop.ask('DELETE', '/customer?id=eq.1')
    expect([deleted.status, deleted.json.code]).toEqual([409, '23503'])
  })

  it('38 a missing or refused value is 400', async () => {
    expect(refusalOf(await shop.ask('POST', '/customer', { body: { id: 9 } }))).toEqual({
      status: 400,
      code: '23502',
      message: 'null value in column "name" of relation "customer" violates not-null constraint',
      details: 'Failing row contains (9, null, null, null).',
    })
    expect(refusalOf(await shop.ask('PATCH', '/orders?id=eq.8', { body: { total: -1 } }))).toEqual({
      status: 400,
      code: '23514',
      message: 'new row for relation "orders" violates check constraint "orders_total_check"',
      details: expect.stringMatching(/^Failing row contains \(8, R-8, 4, cancelled, -1\.00, /),
    })
    expect(refusalOf(await shop.ask('PATCH', '/orders?id=eq.8', { body: { total: 'much' } }))).toEqual({
      status: 400,
      code: '22P02',
      message: 'invalid input syntax for type numeric: "much"',
    })
  })
})

describe('38 rights', () => {
  it('38 what the anonymous role may not do is 401 and asks for a bearer', async () => {
    const answer = await shop.ask('GET', '/secret')
    expect(refusalOf(answer)).toEqual({ status: 401, code: '42501', message: 'permission denied for table secret' })
    expect(answer.headers['www-authenticate']).toBe('Bearer')
  })

  it('38 row security hides rows, and refuses those that it would hide', async () => {
    expect((await shop.ask('GET', '/diary')).json).toEqual([{ id: 1, owner: 'shop_anonymous' }])
    expect(refusalOf(await shop.ask('POST', '/diary', { body: { id: 3, owner: 'somebody' } }))).toEqual({
      status: 401,
      code: '42501',
      message: 'new row violates row-level security policy for table "diary"',
    })
  })

  it('38 a write in a reading request is 405', async () => {
    expect(refusalOf(await shop.ask('GET', '/rpc/close_orders?minimum=1'))).toEqual({
      status: 405,
      code: '25006',
      message: 'cannot execute UPDATE in a read-only transaction',
    })
  })
})

describe('38 raised', () => {
  it('38 PTnnn is the status nnn', async () => {
    const quota = { code: 'PT402', message: 'Payment Required', details: 'Quota exceeded', hint: 'Upgrade your plan' }
    expect(refusalOf(await shop.ask('POST', '/rpc/quota'))).toEqual({ status: 402, ...quota })
    expect(refusalOf(await shop.ask('GET', '/rpc/quota'))).toEqual({ status: 402, ...quota })
  })

  it('38 a plain exception is 400', async () => {
    expect(refusalOf(await shop.ask('POST', '/rpc/refuse'))).toEqual({
      status: 400,
      code: 'P0001',
      message: 'closed on Sundays',
    })
  })

  it('38 PGRST gives the whole answer', async () => {
    const answer = await shop.ask('POST', '/rpc/full_control')
    expect(refusalOf(answer)).toEqual({
      status: 402,
      code: '123',
      message: 'Payment Required',
      details: 'Quota exceeded',
      hint: 'Upgrade your plan',
    })
    expect(answer.headers['x-powered-by']).toBe('Nerd Rage')
  })
})

describe('38 names and forms', () => {
  it('38 an unknown table is 404 with the nearest name, where one is near', async () => {
    expect(refusalOf(await shop.ask('GET', '/orderss'))).toEqual({
      status: 404,
      code: 'PGRST205',
      message: "Could not find the table 'public.orderss' in the schema cache",
      hint: "Perhaps you meant the table 'public.orders'",
    })
    for (const method of ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE']) {
      const answer = await shop.ask(method, '/xyz', { body: method === 'GET' || method === 'HEAD' ? null : {} })
      expect([method, answer.status, answer.headers['proxy-status']]).toEqual([
        method,
        404,
        'PostgREST; error=PGRST205',
      ])
      if (method !== 'HEAD') expect(answer.json.hint).toBe(null)
    }
  })

  it.each(['/a/b', '/rpc', '/rpc/add_them/x', '/orders/1'])('38 a bad path is 404: %s', async (path) => {
    const { status, json } = await shop.ask('GET', path)
    if (path === '/rpc') expect(status).toBe(404)
    else {
      expect([status, json]).toEqual([
        404,
        { code: 'PGRST125', message: 'Invalid path specified in request URL', details: null, hint: null },
      ])
    }
  })

  it('38 a bad filter is 400', async () => {
    const { status, json } = await shop.ask('GET', '/orders?id=equal.1')
    expect([status, json.code, json.message, json.hint]).toEqual([
      400,
      'PGRST100',
      expect.stringMatching(/^"failed to parse filter \(equal\.1\)" \(line 1, column \d+\)$/),
      null,
    ])
    const order = await shop.ask('GET', '/orders?order=id.up')
    expect([order.status, order.json.code, order.json.message]).toEqual([
      400,
      'PGRST100',
      expect.stringMatching(/^"failed to parse order \(id\.up\)" \(line 1, column \d+\)$/),
    ])
  })

  it('38 a media type that we do not have is 406', async () => {
    expect(refusalOf(await shop.ask('GET', '/orders', { headers: { Accept: 'image/png' } }))).toEqual({
      status: 406,
      code: 'PGRST107',
      message: 'None of these media types are available: image/png',
    })
    const wildcard = await shop.ask('GET', '/canary', { headers: { Accept: 'image/png, */*;q=0.1' } })
    expect([wildcard.status, wildcard.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
  })

  it('38 a method that the dialect does not know is 405', async () => {
    expect(refusalOf(await shop.ask('TRACE', '/orders'))).toEqual({
      status: 405,
      code: 'PGRST117',
      message: 'Unsupported HTTP method: TRACE',
    })
    expect(refusalOf(await shop.ask('PATCH', '/rpc/add_them', { body: {} }))).toEqual({
      status: 405,
      code: 'PGRST101',
      message: 'Cannot use the PATCH method on RPC',
    })
  })
})
