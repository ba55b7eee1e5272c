// Optimistic concurrency: ETag and If-Match, alone, in races, and a thousand times.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import type { Role } from '@steward/engine'
import { openTrail } from '@steward/trail'
import { installTrail, leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import { type Ask, askOf } from '../testing/shop.ts'

const edits = process.env.STEWARD_SCALE === 'full' ? 1000 : 120

let database: TestDatabase
let entities: Entities
let ask: Ask

beforeAll(async () => {
  database = await testDatabase({ name: 'lost-update' })
  await installTrail(database.pool)
  await database.pool.query(`
    CREATE TABLE counter (id int PRIMARY KEY, value int NOT NULL, note text);
    CREATE TABLE stamped (id int PRIMARY KEY, value int NOT NULL);
    CREATE TABLE pair (one int, other int, value int, PRIMARY KEY (one, other)) PARTITION BY LIST (one);
    CREATE TABLE pair_1 PARTITION OF pair FOR VALUES IN (1);
    CREATE TABLE keyless (value int);
    CREATE VIEW counters AS SELECT id, value FROM counter;
    CREATE FUNCTION touch() RETURNS void LANGUAGE sql AS $$ UPDATE counter SET value = value + 1 WHERE id = 1 $$`)
  await openTrail({ pool: database.pool }).stamp('stamped')
  await database.pool.query('CREATE VIEW stamped_view AS SELECT * FROM stamped')
  entities = await openEntities({
    pool: database.pool,
    schemas: ['public'],
    requiresReason: false,
    leaveOperation: leaveInTrail,
  })
  ask = askOf(entities)
})
beforeEach(() =>
  database.pool.query(`
    TRUNCATE counter, stamped, pair, keyless;
    INSERT INTO counter VALUES (1, 0), (2, 0);
    INSERT INTO stamped VALUES (1, 0);
    INSERT INTO pair VALUES (1, 1, 0)`),
)
afterAll(async () => {
  await entities?.close()
  await database?.drop()
})

const object = { Accept: 'application/vnd.pgrst.object+json' }
const tagOf = async (target: string, headers = {}) => (await ask('GET', target, { headers })).headers.etag
const valueOf = async (table: string) =>
  (await database.pool.query(`SELECT value FROM ${table} LIMIT 1`)).rows[0]?.value
const patch = (target: string, tag: string, body: object = { value: 7 }, more: Record<string, string> = {}) =>
  ask('PATCH', target, { headers: { 'If-Match': tag, ...more }, body })

test('a record that is named by its key has an ETag, and nothing else has', async () => {
  const tag = await tagOf('/counter?id=eq.1')
  expect(tag).toMatch(/^"x\d+"$/)
  expect(await tagOf('/counter?id=eq.1&select=value', object)).toBe(tag)
  expect((await ask('HEAD', '/counter?id=eq.1')).headers.etag).toBe(tag)
  expect(await tagOf('/pair?one=eq.1&other=eq.1')).toMatch(/^"x\d+"$/)
  const without = ['/counter', '/counter?id=eq.9', '/counter?id=in.(1)', '/pair?one=eq.1', '/counters?id=eq.1']
  for (const target of [...without, '/counter?id=not.eq.1', '/counter?id=eq.1&select=value.sum()', '/keyless'])
    expect([target, await tagOf(target)]).toEqual([target, undefined])
  expect((await ask('GET', '/counter?id=eq.1', { headers: { Accept: 'text/csv' } })).headers).not.toHaveProperty('etag')
})

test('a write holds while the record is as it was read, and is refused when it is not', async () => {
  const tag = (await tagOf('/counter?id=eq.1')) as string
  const first = await patch('/counter?id=eq.1', tag, { value: 1 }, { Prefer: 'return=representation' })
  expect([first.status, first.json[0].value]).toEqual([200, 1])
  expect(first.headers.etag).toBe(await tagOf('/counter?id=eq.1'))
  expect(first.headers.etag).not.toBe(tag)
  const second = await patch('/counter?id=eq.1', tag, { value: 2 })
  expect([second.status, second.json.code]).toEqual([412, 'ENTITIES_CHANGED_SINCE'])
  expect(second.json.hint).toContain('Read it again')
  expect((await ask('DELETE', '/counter?id=eq.1', { headers: { 'If-Match': tag } })).status).toBe(412)
  const put = { headers: { 'If-Match': tag }, body: { id: 1, value: 3 } }
  expect((await ask('PUT', '/counter?id=eq.1', put)).status).toBe(412)
  expect(await valueOf('counter WHERE id = 1')).toBe(1)
  const fresh = { headers: { 'If-Match': first.headers.etag as string }, body: { id: 1, value: 3 } }
  expect((await ask('PUT', '/counter?id=eq.1', fresh)).status).toBe(204)
  const last = (await tagOf('/counter?id=eq.1')) as string
  expect((await ask('DELETE', '/counter?id=eq.1', { headers: { 'If-Match': last } })).status).toBe(204)
})

test('a record that is gone is not written, nor made anew', async () => {
  const tag = (await tagOf('/counter?id=eq.1')) as string
  await database.pool.query('DELETE FROM counter WHERE id = 1')
  expect((await patch('/counter?id=eq.1', tag)).status).toBe(412)
  expect((await ask('DELETE', '/counter?id=eq.1', { headers: { 'If-Match': tag } })).status).toBe(412)
  for (const match of [tag, '*']) {
    const put = await ask('PUT', '/counter?id=eq.1', { headers: { 'If-Match': match }, body: { id: 1, value: 3 } })
    expect([put.status, put.json.code]).toEqual([412, 'ENTITIES_CHANGED_SINCE'])
  }
  expect((await database.pool.query('SELECT FROM counter WHERE id = 1')).rowCount).toBe(0)
})

test('lists, the star, weak tags and what is no tag', async () => {
  const tag = (await tagOf('/counter?id=eq.1')) as string
  expect((await patch('/counter?id=eq.1', `"other", ${tag}`)).status).toBe(204)
  expect((await patch('/counter?id=eq.1', '*')).status).toBe(204)
  expect((await patch('/counter?id=gt.0', '*')).status).toBe(204)
  expect((await patch('/counter?id=eq.99', '*')).status).toBe(412)
  const now = (await tagOf('/counter?id=eq.1')) as string
  for (const weak of [`W/${now}`, '"x"', '"v1"', '"x1,2"', `"${'9'.repeat(400)}"`])
    expect([weak, (await patch('/counter?id=eq.1', weak)).status]).toEqual([weak, 412])
  for (const wrong of ['x1', now.slice(1), `${now},`, `${now} ${now}`, ' ', '"x1, 2"', "'a'"]) {
    const { status, json } = await patch('/counter?id=eq.1', wrong)
    expect([wrong, status, json.code]).toEqual([wrong, 400, 'ENTITIES_IF_MATCH_INVALID'])
  }
})

test('If-Match is refused where there is nothing to hold on to, and passed over where nothing is written', async () => {
  const refusals = [
    await patch('/counter?value=eq.0', '"x1"'),
    await patch('/keyless?value=eq.0', '"x1"'),
    await ask('POST', '/counter', { headers: { 'If-Match': '"x1"' }, body: { id: 3, value: 1 } }),
    await ask('POST', '/rpc/touch', { headers: { 'If-Match': '"x1"' }, body: {} }),
  ]
  expect(refusals.map(({ status, json }) => [status, json.code])).toEqual(
    refusals.map(() => [400, 'ENTITIES_MATCH_WITHOUT_KEY']),
  )
  const view = await patch('/counters?id=eq.1', '"x1"')
  expect([view.status, view.json.code]).toEqual([400, 'ENTITIES_VERSION_UNKNOWN'])
  expect((await ask('GET', '/counter?id=eq.1', { headers: { 'If-Match': '"x1"' } })).status).toBe(200)
  expect(await valueOf('counter WHERE id = 1')).toBe(0)
})

test('a table with the trail’s stamp has its version as ETag, and so have views that show it', async () => {
  expect(await tagOf('/stamped?id=eq.1')).toBe('"v1"')
  expect(await tagOf('/stamped_view?id=eq.1')).toBe('"v1"')
  const written = await patch('/stamped_view?id=eq.1', '"v1"', { value: 5 }, { Prefer: 'return=representation' })
  expect([written.status, written.headers.etag]).toEqual([200, '"v2"'])
  expect((await patch('/stamped?id=eq.1&select=id', '"v1"')).status).toBe(412)
  const again = await patch('/stamped?id=eq.1&select=id', '"v2"', { value: 6 }, { Prefer: 'return=representation' })
  expect([again.json, again.headers.etag]).toEqual([[{ id: 1 }], '"v3"'])
})

test('partitions have versions, too', async () => {
  const tag = (await tagOf('/pair?one=eq.1&other=eq.1')) as string
  expect((await patch('/pair?one=eq.1&other=eq.1', tag)).status).toBe(204)
  expect((await patch('/pair?one=eq.1&other=eq.1', tag)).status).toBe(412)
})

test('who sees rows and columns held back can hold on to a version as well', async () => {
  const rule = { read: true, write: true, where: { value: [0, 7] }, mask: ['note'] }
  const role: Role = { name: 'cx', permissions: [], functions: [], entities: { counter: rule } }
  const seen = await ask('GET', '/counter?id=eq.1', { role })
  expect(seen.headers.etag).toBe(await tagOf('/counter?id=eq.1'))
  const asking = { headers: { 'If-Match': seen.headers.etag as string }, body: { value: 7 }, role }
  expect((await ask('PATCH', '/counter?id=eq.1', asking)).status).toBe(204)
  expect((await ask('PATCH', '/counter?id=eq.1', asking)).status).toBe(412)
})

test('of two that wait for the same row the second is told, not lost', async () => {
  const tag = (await tagOf('/counter?id=eq.1')) as string
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    await client.query('UPDATE counter SET value = 50 WHERE id = 1')
    const waiting = [
      patch('/counter?id=eq.1', tag),
      ask('DELETE', '/counter?id=eq.1', { headers: { 'If-Match': tag } }),
    ]
    const put = ask('PUT', '/counter?id=eq.1', { headers: { 'If-Match': tag }, body: { id: 1, value: 3 } })
    await untilBlocked(3)
    await client.query('COMMIT')
    expect((await Promise.all([...waiting, put])).map(({ status }) => status)).toEqual([412, 412, 412])
    expect(await valueOf('counter WHERE id = 1')).toBe(50)
  } finally {
    client.release()
  }
})

async function untilBlocked(count: number): Promise<void> {
  const statement = `SELECT count(*)::int AS blocked FROM pg_stat_activity
    WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`
  while ((await database.pool.query(statement)).rows[0].blocked < count)
    await new Promise((done) => setTimeout(done, 10))
}

test(`two clients edit one record ${edits} times, and no edit is lost`, async () => {
  let left = edits
  let refused = 0
  const client = async () => {
    let successes = 0
    while (left > 0) {
      left -= 1
      for (;;) {
        const { json, headers } = await ask('GET', '/counter?id=eq.1', { headers: object })
        const { status } = await patch('/counter?id=eq.1', headers.etag as string, { value: json.value + 1 })
        if (status === 204) break
        expect(status).toBe(412)
        refused += 1
      }
      successes += 1
    }
    return successes
  }
  const [one, other] = await Promise.all([client(), client()])
  expect(one + other).toBe(edits)
  expect(await valueOf('counter WHERE id = 1')).toBe(edits)
  // Without a single refusal they would have run one after the other, and nothing would be shown.
  expect(refused).toBeGreaterThan(0)
})

test('the pure dialect knows neither', async () => {
  const pure = await openEntities({ pool: database.pool, schemas: ['public'], compat: { anonymousRole: null } })
  try {
    const askPure = askOf(pure)
    expect((await askPure('GET', '/counter?id=eq.1')).headers).not.toHaveProperty('etag')
    const headers = { 'If-Match': '"x1"' }
    expect((await askPure('PATCH', '/counter?id=eq.1', { headers, body: { value: 3 } })).status).toBe(204)
  } finally {
    await pure.close()
  }
})
