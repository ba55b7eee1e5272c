// Malformed requests by the thousand: never a 500, never a word of ours or of SQL in the answer, and nothing written.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fingerprint } from '../testing/fingerprint.ts'
import { openShop, type Shop } from '../testing/shop.ts'

const runs = process.env.STEWARD_SCALE === 'full' ? 100_000 : 2000
const seed = Number(process.env.STEWARD_SEED ?? 20_261_122)

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

/** Reproducible: the same seed asks the same (mulberry32). */
function chance(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

const odd = [
  '%00',
  '%FF%FE',
  '%ED%A0%80',
  '%C3%28',
  '%',
  '%zz',
  '%F0%9F%98%80',
  '""',
  '"',
  '\\',
  '(',
  ')',
  '((',
  '))',
  ',',
  ',,',
  '.',
  '..',
  ':',
  '::',
  ':::',
  '->',
  '->>',
  '->-1',
  '!',
  '!!',
  '...',
  '*',
  '{',
  '}',
  '{}',
  '[',
  ']',
  "'",
  "';--",
  '%27%20OR%201=1',
  '$1',
  '-- ',
  '/*',
  'null',
  'true',
  '__proto__',
  'constructor',
  'toString',
  '9'.repeat(40),
  '-1',
  '1e400',
  'NaN',
  'Infinity',
  '0x1',
  '+',
  '%2B',
  '%0A',
  '%09',
  '%7F',
  '%E2%80%AE',
  '&',
  '&&',
  '=',
  '==',
  '?',
  ';',
  'x'.repeat(300),
]
const words = [
  'id',
  'total',
  'note',
  'status',
  'tags',
  'period',
  'data',
  'customer',
  'customer_id',
  'order_item',
  'product',
  'orders',
  'name',
  'full_name',
  'select',
  'order',
  'limit',
  'offset',
  'and',
  'or',
  'not',
  'eq',
  'neq',
  'in',
  'is',
  'like',
  'any',
  'all',
  'cs',
  'ov',
  'fts',
  'wfts',
  'sum()',
  'count()',
  'asc',
  'desc',
  'nullslast',
  'text',
  'int',
  'json',
  'inner',
  'left',
  'columns',
  'on_conflict',
  '1',
  '2',
  'open',
]
const glue = ['.', ',', '(', ')', '=', '&', '!', ':', '::', '->', '->>', '...', '"', '', '{', '}']
const real = [
  'select=id,customer(name)&order=id.desc',
  'select=*,order_item(product(name))&order_item.limit=1',
  'or=(id.eq.1,and(total.gt.3,note.is.null))',
  'note=like(any).{a*,b*}',
  'status=in.(open,"a,b")',
  'data->a=eq.1',
  'select=total.sum(),status',
  'period=ov.[2026-01-01,2026-02-01)',
  'select=...customer(cname:name)',
  'limit=3&offset=2',
  'note=wfts(english).late',
  'tags=cs.{vip}',
  'id=not.in.(1,2)',
  'customer.country=eq.DE',
]
const paths = [
  '/orders',
  '/customer',
  '/users',
  '/friends',
  '/lab',
  '/open_orders',
  '/Odd%20Name',
  '/no_key',
  '/secret',
  '/',
  '/rpc/add_them',
  '/rpc/find_orders',
  '/rpc/echo_json',
  '/rpc/join_words',
  '/rpc/same_name',
  '/nothere',
  '/rpc/nothere',
  '/%00',
  '/%ED%A0%80',
  '/a/b/c',
  '//',
  '/rpc/',
  '/orders/',
  '/__proto__',
]
const bodies = [
  '',
  '{',
  '}{',
  'null',
  '1',
  '"text"',
  '[]',
  '[[]]',
  '[1]',
  '[null]',
  '[{}]',
  '{"id":1e400}',
  '{"id":1,"id":2}',
  '{"__proto__":{"a":1}}',
  '{"constructor":1}',
  '{"id":"\\u0000"}',
  '{"id":"\\ud800"}',
  '{"\\u0000":1}',
  '{"id":{}}',
  '{"":1}',
  `${'['.repeat(20_000)}`,
  `{"id":${'['.repeat(3000)}${']'.repeat(3000)}}`,
  `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`,
  '{"id":-}',
  '{"id":01}',
  '[{"id":1},{"total":2}]',
  '{"id":1}{',
  '\uFEFF{"id":1}',
  '{"nothere":1}',
  `{"id":${'9'.repeat(500)}}`,
  'id,total\n1',
  'id\n"',
  'id=1&id=2&=&%',
  '{"note":"a","total":"b"}',
]
const rawBodies = [
  Buffer.from([0xff, 0xfe, 0x00]),
  Buffer.from([0x22, 0xc3, 0x28, 0x22]),
  Buffer.from('{"id":"\xed\xa0\x80"}', 'latin1'),
  Buffer.alloc(64),
]
const headerValues: Record<string, string[]> = {
  accept: [
    '*/*',
    'image/png',
    ';;',
    'application/json;q=x',
    'text/csv',
    'application/vnd.pgrst.object+json',
    'application/vnd.pgrst.plan',
    'application/vnd.pgrst.plan+json; for="',
    'a/b, c',
    '\u00ff',
    'x'.repeat(3000),
  ],
  'content-type': [
    'application/json',
    'text/csv',
    'application/x-www-form-urlencoded',
    'text/plain',
    'application/octet-stream',
    'text/xml',
    'application/json; charset=latin1',
    ';',
    'x',
    'multipart/form-data',
  ],
  prefer: [
    'count=exact',
    'count=planned',
    'count=banana',
    'return=representation',
    'handling=strict',
    'handling=strict, x=y',
    'max-affected=-1',
    'max-affected=99999999999999999999, handling=strict',
    "timezone='; DROP",
    ',,,=',
    'resolution=merge-duplicates',
    'missing=default',
    'tx=rollback',
    'tx=commit, tx=rollback',
  ],
  range: ['0-', '-1', '5-2', 'a-b', '0-99999999999999999999', 'items=0-5', '', '1.5-2', '99999999999999999999-'],
  'range-unit': ['items', 'bytes'],
  'accept-profile': ['public', 'personal', 'pg_catalog', '__proto__', '"', ''],
  'content-profile': ['public', 'personal', 'pg_catalog', '__proto__'],
  'steward-reason': ['%', '%ff', 'a b'],
  'steward-diff': ['1'],
}

it(`${runs} malformed requests get an answer that gives nothing away, and change nothing`, async () => {
  const random = chance(seed)
  const one = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)]!
  const some = (count: number, make: () => string) => Array.from({ length: Math.ceil(random() * count) }, make).join('')
  const broken = () => {
    const text = one(real)
    const place = Math.floor(random() * text.length)
    return text.slice(0, place) + one(random() < 0.5 ? odd : glue) + text.slice(place + Math.floor(random() * 3))
  }
  const query = () => {
    const kind = random()
    if (kind < 0.45) return broken()
    if (kind < 0.75) return some(12, () => one(random() < 0.5 ? words : random() < 0.6 ? glue : odd))
    if (kind < 0.8) return `select=${'customer('.repeat(1 + random() * 400)}`
    if (kind < 0.83) return `or=${'(and'.repeat(1 + random() * 2000)}`
    if (kind < 0.85) return `id=in.(${'1,'.repeat(1 + random() * 4000)}1)`
    if (kind < 0.87) return `select=${'id,'.repeat(1 + random() * 3000)}id`
    return `${one(words)}=${one(words)}.${one(odd)}&${one(real)}`
  }
  const before = await fingerprint(shop.database.pool)
  const statuses = new Map<number, number>()
  for (let run = 0; run < runs; run += 1) {
    // writes are among them, but never one that could be kept: what is well-formed by chance is rolled back
    const method = one([
      'GET',
      'GET',
      'GET',
      'GET',
      'HEAD',
      'POST',
      'POST',
      'PATCH',
      'PUT',
      'DELETE',
      'OPTIONS',
      'TRACE',
      'get',
    ])
    const headers: Record<string, string> = {}
    for (const name of Object.keys(headerValues)) if (random() < 0.12) headers[name] = one(headerValues[name]!)
    const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(method)
    if (!isRead) headers.prefer = 'tx=rollback'
    const request = {
      method,
      path: one(paths),
      query: query(),
      headers,
      body: isRead && random() < 0.9 ? null : random() < 0.15 ? one(rawBodies) : Buffer.from(one(bodies)),
      requestId: `fuzz-${run}`,
      actor: null,
      role: null,
      key: null,
    }
    const { status, body, headers: sent } = await shop.entities.answer(request)
    const told = JSON.stringify({
      ...request,
      query: request.query.slice(0, 300),
      body: request.body?.toString('latin1').slice(0, 200),
    })
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    expect(status, `${told} → ${body}`).toBeLessThan(500)
    if (status >= 400 || status === 300) {
      const refusal = method === 'HEAD' && !body ? null : JSON.parse(body ?? '')
      if (refusal) expect(Object.keys(refusal), told).toEqual(['code', 'message', 'details', 'hint'])
      expect(sent['Proxy-Status'] ?? sent['proxy-status'], told).toMatch(/^PostgREST; error=/)
    }
    // a stack, a file of ours, a statement of ours; a plan shows its statement, and was asked to
    const isPlan = status === 200 && /pgrst\.plan/.test(sent['Content-Type'] ?? '')
    const telling = /\bat .+:\d+:\d+|node_modules|\w\.ts:\d|json_agg\(|current_setting\(|steward page/
    if (!isPlan) expect(body ?? '', told).not.toMatch(telling)
  }
  expect(await fingerprint(shop.database.pool)).toBe(before)
  // the attack is worth something only when much is refused and something is understood
  expect(statuses.get(200) ?? 0).toBeGreaterThan(runs / 100)
  expect(statuses.get(400) ?? 0).toBeGreaterThan(runs / 10)
}, 1_100_000)
