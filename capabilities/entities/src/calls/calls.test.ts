// The log of calls: written behind everybody's back, bounded, honest about what it lost, and read by those who may.
import { setTimeout as wait } from 'node:timers/promises'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, type Call, type Engine, perform, type Role } from '@steward/engine'
import { migrate, openPool } from '@steward/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entities, openCallLog } from '../capability.ts'
import { openShop } from '../testing/shop.ts'
import { LoggedCall } from './logged-call.ts'
import { redactCall } from './redact-call.ts'
import { deleteOldCalls, insertCalls, selectCalls } from './store.ts'

const kim = { type: 'staff', id: 'kim', name: '김하늘' } as const
let office: TestDatabase

beforeAll(async () => {
  office = await testDatabase({
    key: 'calls',
    template: async (url) => {
      const pool = openPool(url)
      await migrate(pool, { folder: entities.migrations as URL, ledger: 'steward_office.entities_migration' })
      await pool.end()
    },
  })
})
afterAll(() => office.drop())

let number = 0
const call = (more: Partial<Call> = {}): Call => {
  number += 1
  return {
    at: new Date('2026-03-02T09:00:00.123Z'),
    requestId: `r-${number}`,
    actor: kim,
    role: 'admin',
    key: 'stw_7Fq2x9Lm',
    method: 'GET',
    path: '/api/orders',
    query: 'id=eq.7',
    status: 200,
    rows: 1,
    durationMs: 1.5,
    ...more,
  }
}
const list = (filter: object) => selectCalls(office.pool, { limit: 1000, ...filter })
const empty = () => office.pool.query('TRUNCATE steward_office.entities_call')

test('what is recorded is there after the log is closed, as it was called', async () => {
  await empty()
  const log = openCallLog({ office: async () => office.pool })
  const one = call({ query: 'name=like.*%EA%B9%80*&select=id' })
  log.record(one)
  log.record(call({ actor: null, role: null, key: null, rows: null, status: 401 }))
  await log.close()
  const [second, first] = await list({})
  expect(LoggedCall.parse(first)).toEqual({ ...one, id: expect.any(String), at: '2026-03-02T09:00:00.123+00:00' })
  expect(LoggedCall.parse(second)).toMatchObject({ actor: null, role: null, key: null, rows: null, status: 401 })
})

test('it writes by itself, many calls in one statement', async () => {
  await empty()
  const log = openCallLog({ office: async () => office.pool })
  for (let i = 0; i < 1200; i += 1) log.record(call())
  for (let tries = 0; tries < 200 && (await list({})).length < 1000; tries += 1) await wait(20)
  await log.close()
  const { rows } = await office.pool.query(
    'SELECT count(*)::int AS calls, count(DISTINCT xmin::text)::int AS writings FROM steward_office.entities_call',
  )
  expect(rows[0].calls).toBe(1200)
  expect(rows[0].writings).toBeLessThanOrEqual(5)
  const ids = (await list({ limit: 1000 })).map(({ requestId }) => Number(requestId.slice(2)))
  expect(ids).toEqual(ids.toSorted((a, b) => b - a))
})

test('an office that is down stops nothing, memory is bounded, and what was lost is said', async () => {
  await empty()
  let isDown = true
  const said: [string, number][] = []
  const log = openCallLog({
    office: async () => {
      if (isDown) throw new Error('down')
      return office.pool
    },
    mostWaiting: 600,
    warn: (message, { dropped }) => said.push([message, dropped]),
  })
  for (let i = 0; i < 2000; i += 1) log.record(call({ status: i < 1400 ? 500 : 200 }))
  await wait(20)
  expect(said[0]?.[0]).toBe('The log of calls cannot be written.')
  isDown = false
  await log.close()
  const kept = await list({})
  expect(kept).toHaveLength(600)
  expect(kept.every(({ status }) => status === 200)).toBe(true)
  expect(said.at(-1)).toEqual(['The log of calls has lost 1400 calls.', 1400])
})

test('where it can never be written, closing ends and says how many were lost', async () => {
  const said: number[] = []
  const log = openCallLog({
    office: () => Promise.reject(new Error('gone')),
    warn: (_message, { dropped }) => said.push(dropped),
  })
  log.record(call())
  await log.close()
  expect(said.at(-1)).toBe(1)
  log.record(call())
})

test('whatever a request was made of can be kept', async () => {
  await empty()
  const log = openCallLog({ office: async () => office.pool, warn: () => undefined })
  for (const odd of ['\0', '\ud800', '😀'.repeat(5000), `' OR 1=1`, '{a,"b"}', '\\', '%FF']) {
    log.record(call({ path: odd, query: odd, requestId: odd, method: odd }))
  }
  log.record({ ...call(), at: new Date(Number.NaN) })
  log.record(call({ path: '/last' }))
  await log.close()
  expect((await list({}))[0]?.path).toBe('/last')
  expect((await list({})).length).toBeGreaterThanOrEqual(8)
})

test('filters stay, secrets go', () => {
  const kept = ['id=eq.7', 'email=eq.a%40b.c', 'select=id,token_count', 'or=(total.gt.10,status.eq.open)', '']
  for (const query of kept) expect(redactCall(call({ query })).query).toBe(query)
  expect(redactCall(call({ query: 'id=eq.7&api_token=eq.abc&x=1' })).query).toBe('id=eq.7&api_token=%5Bredacted%5D&x=1')
  expect(redactCall(call({ query: 'user.password=eq.x' })).query).not.toContain('eq.x')
  expect(redactCall(call({ query: 'or=(id.eq.1,password.eq.x)' })).query).not.toContain('eq.x')
  expect(redactCall(call({ query: 'data-%3E%3Epass%77ord=eq.x' })).query).not.toContain('eq.x')
})

test('of a filter that is too long its beginning is kept, and no secret in it', () => {
  const kept = (query: string) => redactCall(call({ query })).query
  expect(kept(`and=(a.eq.${'x'.repeat(60_000)})`)).toMatch(/^and=\(a\.eq\.x{3990}…$/)
  expect(kept(`${'x'.repeat(3980)}=1&password=eq.hunter2`)).not.toContain('eq.h')
  expect(kept(`url=postgres://kim:hunter2@db/x`)).not.toContain('hunter2')
})

test('the log is asked by who, with what, for what, when and how it ended, a page after the other', async () => {
  await empty()
  await insertCalls(office.pool, [
    call({ path: '/api/orders', status: 200 }),
    call({ path: '/api/orders', status: 404, actor: { type: 'user', id: 'lee' } }),
    call({ path: '/api/entities/orders', status: 503, key: null }),
    call({ path: '/api/order_items', method: 'PATCH', at: new Date('2026-03-03T00:00:00Z') }),
    call({ path: '/api/billing.invoices' }),
    call({ path: '/api/rpc/orders' }),
  ])
  const paths = async (filter: object) => (await list(filter)).map(({ path }) => path)
  expect(await paths({ entity: 'orders' })).toEqual(['/api/entities/orders', '/api/orders', '/api/orders'])
  expect(await paths({ actor: 'lee' })).toEqual(['/api/orders'])
  expect(await paths({ key: 'stw_7Fq2x9Lm', entity: 'orders' })).toHaveLength(2)
  expect(await paths({ status: '404' })).toEqual(['/api/orders'])
  expect(await paths({ status: '5xx' })).toEqual(['/api/entities/orders'])
  expect(await paths({ method: 'PATCH' })).toEqual(['/api/order_items'])
  expect(await paths({ path: '/api/rpc' })).toEqual(['/api/rpc/orders'])
  expect(await paths({ from: '2026-03-02T12:00:00Z' })).toEqual(['/api/order_items'])
  expect(await paths({ to: '2026-03-02T12:00:00Z' })).toHaveLength(5)
  const all = (await list({})).map(({ id }) => id)
  const pages: string[] = []
  for (let before: string | undefined; ; ) {
    const page = await list({ limit: 2, ...(before === undefined ? {} : { before }) })
    if (page.length === 0) break
    pages.push(...page.map(({ id }) => id))
    before = page.at(-1)?.id
  }
  expect(pages).toEqual(all)
})

test('old calls are deleted in small batches, and no others', async () => {
  await empty()
  const now = Date.now()
  const day = 24 * 60 * 60 * 1000
  await insertCalls(
    office.pool,
    Array.from({ length: 1500 }, () => call({ at: new Date(now - 91 * day) })),
  )
  await insertCalls(office.pool, [call({ at: new Date(now - 89 * day) })])
  expect(await deleteOldCalls(office.pool, 90)).toBe(1000)
  expect(await deleteOldCalls(office.pool, 90)).toBe(500)
  expect(await deleteOldCalls(office.pool, 90)).toBe(0)
  expect(await list({})).toHaveLength(1)
})

test('the route answers what the procedure answers, to those who may, and parses what it is asked', async () => {
  await empty()
  await insertCalls(office.pool, [call(), call({ status: 404 })])
  const engine: Engine = {
    capabilities: [entities],
    pool: office.pool,
    office: async () => office.pool,
    permit: () => true,
    leaveOperation: { settings: () => ({}), leave: async () => undefined },
  }
  const shop = await openShop({
    compat: undefined as never,
    readCalls: async (input, { actor, role }) =>
      (await perform(engine, { procedure: 'entities.calls', input, actor: actor ?? kim, role, source: 'admin-api' }))
        .output,
  })
  const ask = (target: string, role: Role = adminRole) => shop.ask('GET', target, { actor: kim, role })
  expect((await ask('/calls?status=404&limit=5')).json).toEqual([
    expect.objectContaining({ status: 404, path: '/api/orders' }),
  ])
  expect((await ask('/calls?limit=x')).status).toBe(422)
  expect((await ask('/calls?actor=%00')).status).toBe(422)
  expect((await ask('/calls', { ...adminRole, permissions: ['entities:search'] })).status).toBe(403)
  expect((await shop.ask('DELETE', '/calls', { actor: kim })).status).toBe(405)
  await shop.close()
  const without = await openShop({ compat: undefined as never })
  expect((await without.ask('GET', '/calls', { actor: kim })).status).toBe(404)
  await without.close()
})
