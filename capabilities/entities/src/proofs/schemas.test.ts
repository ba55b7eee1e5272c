// The dialect's rest, behaviour 40: profiles, OPTIONS, the OpenAPI document, the fresh catalog and what SQL sees and says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openEntities } from '../open-entities.ts'
import { refusalOf } from '../testing/refusal-of.ts'
import { askOf, openShop, type Shop, shopOptions } from '../testing/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

describe('40 profiles', () => {
  it('40 Accept-Profile reads another schema, and the answer says which', async () => {
    const answer = await shop.ask('GET', '/customer', { headers: { 'Accept-Profile': 'personal' } })
    expect([answer.status, answer.headers['content-profile'], answer.json]).toEqual([
      200,
      'personal',
      [
        { id: 1, nickname: 'Annie' },
        { id: 2, nickname: 'Bru' },
      ],
    ])
    const usual = await shop.ask('GET', '/customer?select=name&id=eq.1')
    expect([usual.headers['content-profile'], usual.json]).toEqual(['public', [{ name: 'Anna Berg' }]])
  })

  it('40 Content-Profile writes into another schema', async () => {
    const answer = await shop.ask('POST', '/customer', {
      headers: { 'Content-Profile': 'personal', Prefer: 'return=representation' },
      body: { id: 3, nickname: 'Clo' },
    })
    expect([answer.status, answer.json, answer.headers['content-profile']]).toEqual([
      201,
      [{ id: 3, nickname: 'Clo' }],
      'personal',
    ])
    // which header counts is the method's affair
    const other = await shop.ask('GET', '/customer?id=eq.3&select=name', { headers: { 'Content-Profile': 'personal' } })
    expect(other.json).toEqual([{ name: 'Chloe Martin' }])
  })

  it.each([
    ['GET', 'Accept-Profile'],
    ['POST', 'Content-Profile'],
  ])('40 with %s an unknown %s is refused, and the exposed ones are listed', async (method, header) => {
    const answer = await shop.ask(method, '/customer', {
      headers: { [header]: 'pg_catalog' },
      body: method === 'GET' ? null : {},
    })
    expect(refusalOf(answer)).toEqual({
      status: 406,
      code: 'PGRST106',
      message: 'Invalid schema: pg_catalog',
      hint: 'Only the following schemas are exposed: public, personal',
    })
  })

  it('40 with one schema exposed the answer names none', async () => {
    const entities = await openEntities({ ...shopOptions, schemas: ['public'], pool: shop.database.pool })
    try {
      expect((await askOf(entities)('GET', '/canary')).headers).not.toHaveProperty('content-profile')
    } finally {
      await entities.close()
    }
  })
})

describe('40 OPTIONS', () => {
  it.each([
    ['/orders', 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE'],
    ['/event', 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE'],
    ['/open_orders', 'OPTIONS,GET,HEAD,POST,PUT,PATCH,DELETE'],
    ['/no_key', 'OPTIONS,GET,HEAD,POST,PATCH,DELETE'],
    ['/order_summary', 'OPTIONS,GET,HEAD'],
    ['/rpc/add_them', 'OPTIONS,GET,HEAD,POST'],
    ['/rpc/quota', 'OPTIONS,POST'],
    ['/', 'OPTIONS,GET,HEAD'],
  ])('40 OPTIONS %s allows %s', async (path, allow) => {
    const { status, headers, body } = await shop.ask('OPTIONS', path)
    expect([status, headers.allow, headers['access-control-allow-origin'], body ?? '']).toEqual([200, allow, '*', ''])
  })

  it('40 OPTIONS of an unknown table is 404', async () => {
    expect((await shop.ask('OPTIONS', '/nowhere')).status).toBe(404)
  })

  it('40 a preflight is answered for every method', async () => {
    const { status, headers } = await shop.ask('OPTIONS', '/orders', {
      headers: {
        Origin: 'http://example.com',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'Foo,Bar',
      },
    })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD',
      'access-control-allow-headers': 'Authorization, Foo, Bar, Accept, Accept-Language, Content-Language',
      'access-control-max-age': '86400',
    })
  })
})

describe('40 the document', () => {
  it('40 GET / is the OpenAPI document', async () => {
    const { status, headers, json } = await shop.ask('GET', '/')
    expect([status, headers['content-type'], json.swagger]).toEqual([
      200,
      'application/openapi+json; charset=utf-8',
      '2.0',
    ])
    expect(Object.keys(json.paths)).toEqual(expect.arrayContaining(['/orders', '/open_orders', '/rpc/add_them']))
    expect(json.definitions.orders.properties.total).toMatchObject({ format: 'numeric', type: 'number' })
    expect(Object.keys(json.paths)).not.toContain('/event_first')
  })
})

describe('40 the catalog stays fresh', () => {
  it('40 NOTIFY pgrst makes a new table and a new column known', async () => {
    const { pool } = shop.database
    await pool.query(
      `CREATE TABLE late (id int PRIMARY KEY); GRANT ALL ON late TO shop_anonymous; NOTIFY pgrst, 'reload schema'`,
    )
    await expect.poll(async () => (await shop.ask('GET', '/late')).status, { timeout: 20_000, interval: 50 }).toBe(200)
    await pool.query(`ALTER TABLE late ADD song text; NOTIFY pgrst, 'reload schema'`)
    await expect
      .poll(
        async () =>
          (await shop.ask('POST', '/late', { body: { id: Math.floor(Math.random() * 1e9), song: 'a' } })).status,
        {
          timeout: 20_000,
          interval: 50,
        },
      )
      .toBe(201)
  })
})

describe('40 what SQL sees and says', () => {
  it('40 the transaction carries role, claims, method, path and headers, and reads only', async () => {
    const { json } = await shop.ask('GET', '/rpc/asked', { headers: { 'X-Shop': 'number "7"' } })
    expect(json).toEqual({
      role: 'shop_anonymous',
      claims: { role: 'shop_anonymous' },
      method: 'GET',
      path: '/rpc/asked',
      shop: 'number "7"',
      searchPath: expect.stringMatching(/^"?public"?(, "?public"?)?$/),
      readOnly: 'on',
    })
    const posted = await shop.ask('POST', '/rpc/asked', { body: {} })
    expect(posted.json).toMatchObject({ method: 'POST', readOnly: 'on', shop: null })
  })

  it('40 nothing of a request stays behind on the connection', async () => {
    await shop.ask('GET', '/rpc/asked')
    const { rows } = await shop.database.pool.query(
      `SELECT current_user <> 'shop_anonymous' AS is_free, coalesce(current_setting('request.method', true), '') AS method`,
    )
    expect(rows).toEqual([{ is_free: true, method: '' }])
  })

  it('40 status and headers that SQL has set are honoured', async () => {
    const { status, headers, json } = await shop.ask('POST', '/rpc/teapot')
    expect([status, headers['x-shop'], headers['cache-control'], json]).toEqual([
      418,
      'open',
      'no-store',
      { tea: true },
    ])
  })

  it('40 what is no header or no status is refused', async () => {
    expect(refusalOf(await shop.ask('POST', '/rpc/wrong_headers'))).toEqual({
      status: 500,
      code: 'PGRST111',
      message: 'response.headers guc must be a JSON array composed of objects with a single key and a string value',
    })
    expect(refusalOf(await shop.ask('POST', '/rpc/wrong_status'))).toEqual({
      status: 500,
      code: 'PGRST112',
      message: 'response.status guc must be a valid status code',
    })
  })

  it('40 Prefer: timezone is the zone of the answer', async () => {
    const { json, headers } = await shop.ask('GET', '/orders?select=placed_at&id=eq.1', {
      headers: { Prefer: 'timezone=America/Lima' },
    })
    expect([json, headers['preference-applied']]).toEqual([
      [{ placed_at: '2026-01-05T04:00:00-05:00' }],
      'timezone=America/Lima',
    ])
    const strict = await shop.ask('GET', '/orders', { headers: { Prefer: 'handling=strict, timezone=Moon/Sea' } })
    expect(refusalOf(strict)).toEqual({
      status: 400,
      code: 'PGRST122',
      message: 'Invalid preferences given with handling=strict',
      details: 'Invalid preferences: timezone=Moon/Sea',
    })
    expect((await shop.ask('GET', '/canary', { headers: { Prefer: 'timezone=Moon/Sea' } })).status).toBe(200)
  })
})
