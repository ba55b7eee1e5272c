// Injections in every place where a name can stand: all are refused or harmless, and the canary sings on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fingerprint } from '../testing/fingerprint.ts'
import { openShop, type Shop } from '../testing/shop.ts'

let shop: Shop
let before: string
beforeAll(async () => {
  shop = await openShop()
  before = await fingerprint(shop.database.pool)
})
afterAll(() => shop?.close())

const attacks = [
  'id; DROP TABLE canary; --',
  'id"; DROP TABLE canary; --',
  'id""; DROP TABLE canary; --',
  "id'; DROP TABLE canary; --",
  "id') ; DROP TABLE canary; --",
  'id) FROM orders; DROP TABLE canary; --',
  'id"" FROM orders; DELETE FROM canary; --',
  'id/**/;/**/DROP/**/TABLE/**/canary',
  'id\\"; DROP TABLE canary; --',
  'id\\\\"; DROP TABLE canary; --',
  '$1; DROP TABLE canary',
  '$$; DROP TABLE canary; $$',
  '(SELECT word FROM secret LIMIT 1)',
  'pg_sleep(5)',
  'id, (SELECT word FROM secret)',
  'id\u0000; DROP TABLE canary',
  'id\n; DROP TABLE canary; --',
  'id" OR "1"="1',
  'id::text || (SELECT word FROM secret)',
  'public.canary',
  'public"."canary',
  'pg_catalog.pg_authid',
  'x" AS (DELETE FROM canary RETURNING *) SELECT * FROM "x',
  '\uFF02; DROP TABLE canary; --',
  '\u02BA; DROP TABLE canary; --',
  'U&"\\0022; DROP TABLE canary',
  '%22; DROP TABLE canary; --',
  `${'a'.repeat(70)}"; DROP TABLE canary`,
]
const raw = (text: string) => encodeURIComponent(text)
const quoted = (text: string) => encodeURIComponent(`"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`)

type Place = [name: string, ask: (attack: string, as: (text: string) => string) => Parameters<Shop['ask']>]
const insert = { body: { id: 700 }, headers: { Prefer: 'tx=rollback, return=representation' } }
const places: Place[] = [
  ['select', (attack, as) => ['GET', `/orders?select=${as(attack)}`]],
  ['alias', (attack, as) => ['GET', `/orders?select=${as(attack)}:id`]],
  ['cast', (attack, as) => ['GET', `/orders?select=id::${as(attack)}`]],
  ['cast of an aggregate', (attack, as) => ['GET', `/orders?select=id.sum()::${as(attack)}`]],
  ['JSON key', (attack, as) => ['GET', `/orders?select=data->>${as(attack)}`]],
  ['filter', (attack, as) => ['GET', `/orders?${as(attack)}=eq.1`]],
  ['filter on JSON', (attack, as) => ['GET', `/orders?data->>${as(attack)}=eq.1`]],
  ['value', (attack, as) => ['GET', `/orders?ref=eq.${as(attack)}`]],
  ['list value', (attack, as) => ['GET', `/orders?ref=in.(${as(attack)})`]],
  ['array value', (attack, as) => ['GET', `/orders?ref=eq(any).{${as(attack)}}`]],
  ['is', (attack, as) => ['GET', `/orders?note=is.${as(attack)}`]],
  ['operator', (attack, as) => ['GET', `/orders?id=${as(attack)}.1`]],
  ['language of a full text search', (attack, as) => ['GET', `/orders?note=fts(${as(attack)}).late`]],
  ['order', (attack, as) => ['GET', `/orders?order=${as(attack)}`]],
  ['order direction', (attack, as) => ['GET', `/orders?order=id.${as(attack)}`]],
  ['order by a relation', (attack, as) => ['GET', `/orders?select=id,customer(id)&order=customer(${as(attack)})`]],
  ['embed', (attack, as) => ['GET', `/orders?select=${as(attack)}(id)`]],
  ['embedded column', (attack, as) => ['GET', `/orders?select=customer(${as(attack)})`]],
  ['alias of an embed', (attack, as) => ['GET', `/orders?select=${as(attack)}:customer(id)`]],
  ['hint', (attack, as) => ['GET', `/orders?select=customer!${as(attack)}(id)`]],
  ['filter on an embed', (attack, as) => ['GET', `/orders?select=id,customer(id)&customer.${as(attack)}=eq.1`]],
  ['order of an embed', (attack, as) => ['GET', `/orders?select=id,product(id)&product.order=${as(attack)}`]],
  ['spread', (attack, as) => ['GET', `/orders?select=id,...customer(${as(attack)}:name)`]],
  ['logic', (attack, as) => ['GET', `/orders?or=(${as(attack)}.eq.1,id.eq.1)`]],
  ['limit', (attack, as) => ['GET', `/orders?limit=${as(attack)}`]],
  ['table', (attack) => ['GET', `/${raw(attack)}`]],
  ['columns', (attack, as) => ['POST', `/canary?columns=${as(attack)}`, insert]],
  ['key of the body', (attack) => ['POST', '/canary', { ...insert, body: { [attack]: 1 } }]],
  [
    'CSV header',
    (attack) => [
      'POST',
      '/canary',
      { headers: { ...insert.headers, 'Content-Type': 'text/csv' }, body: `"${attack.replaceAll('"', '""')}"\n1` },
    ],
  ],
  ['key of a change', (attack) => ['PATCH', '/canary?id=eq.1', { ...insert, body: { [attack]: 1 } }]],
  [
    'on_conflict',
    (attack, as) => [
      'POST',
      `/canary?on_conflict=${as(attack)}`,
      { ...insert, headers: { Prefer: 'tx=rollback, resolution=merge-duplicates' } },
    ],
  ],
  ['returned column', (attack, as) => ['POST', `/canary?select=${as(attack)}`, insert]],
  ['profile', (attack) => ['GET', '/orders', { headers: { 'Accept-Profile': attack } }]],
  ['function', (attack) => ['GET', `/rpc/${raw(attack)}`]],
  ['argument', (attack, as) => ['GET', `/rpc/greet?${as(attack)}=1`]],
  ['value of an argument', (attack, as) => ['GET', `/rpc/greet?name=${as(attack)}`]],
  [
    'argument in the body',
    (attack) => ['POST', '/rpc/greet', { headers: { Prefer: 'tx=rollback' }, body: { [attack]: 1 } }],
  ],
  ['time zone', (attack) => ['GET', '/canary', { headers: { Prefer: `timezone=${attack}` } }]],
  [
    'media type of a plan',
    (attack) => [
      'GET',
      '/canary',
      { headers: { Accept: `application/vnd.pgrst.plan; for="${attack}"; options=${attack}` } },
    ],
  ],
]

describe.each(places)('in the place of: %s', (_name, ask) => {
  it('an injection is refused or harmless', async () => {
    for (const attack of attacks) {
      for (const as of [raw, quoted]) {
        const started = performance.now()
        const answer = await shop.ask(...ask(attack, as))
        const told = `${JSON.stringify(ask(attack, as))} → ${answer.status} ${answer.body}`
        expect(answer.status, told).toBeLessThan(500)
        expect(answer.body ?? '', told).not.toContain('sesame')
        // no statement was cut in two: PostgreSQL's own complaint of a syntax error would show that a name had got through
        expect(answer.json?.code ?? '', told).not.toBe('42601')
        expect(performance.now() - started, told).toBeLessThan(4500)
      }
    }
    expect(await fingerprint(shop.database.pool)).toBe(before)
  }, 120_000)
})

it('a quoted name with quotes in it is a name like any other', async () => {
  const answer = await shop.ask('GET', `/Odd%20Name?select=${quoted('say "hi"')},x:${quoted('a.b')}`)
  expect([answer.status, answer.json]).toEqual([200, [{ 'say "hi"': 'quote', x: 'dot' }]])
})
