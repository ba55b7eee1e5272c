// Who comes in as whom: sessions, keys and whom they act for, and that nothing takes the place of what was refused.

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createKey, offerFirstLink, revokeKey } from '@steward/access'
import { openAuthRoom } from '@steward/access/room'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, type Role } from '@steward/engine'
import { inTransaction, openPool } from '@steward/postgres'
import { asRequestListener } from '@steward/server'
import { leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CallerOptions, identifyCallers } from './identify-callers.ts'
import { type Office, openOffice } from './open-office.ts'
import { capabilities } from './steward.ts'

const kim = { type: 'staff', id: 'kim' } as const
const agent: Role = { ...adminRole, name: 'agent', permissions: ['access:on-behalf-of'] }
const roles = new Map([
  ['admin', adminRole],
  ['agent', agent],
  ['cx', { ...adminRole, name: 'cx', permissions: [] }],
])
let database: TestDatabase
let office: Office
let cookie: string

beforeAll(async () => {
  database = await testDatabase({ name: 'callers' })
  office = await openOffice({ url: database.url, folder: '', capabilities })
  const { pool } = office
  const first = await offerFirstLink({ office: pool, leaveOperation: leaveInTrail, url: 'http://steward.test' })
  const room = openAuthRoom({ office: async () => pool, leaveOperation: leaveInTrail, roles: () => roles })
  const anonymous = { path: '/set-password', query: '', requestId: 'r-1', actor: null, role: null, key: null }
  const answer = await room.answer({
    ...anonymous,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(
      JSON.stringify({ token: first?.link.split('#')[1], email: 'boss@example.com', password: 'a horse, a battery' }),
    ),
  })
  cookie = answer.headers['Set-Cookie']?.split(';')[0] ?? ''
})
afterAll(async () => {
  await office.close()
  await database.drop()
})

const make = (role: string) =>
  inTransaction(office.pool, {}, (transaction) => createKey(transaction, { name: role, role, days: 1, by: kim }))

function ask(headers: Record<string, string>, more: Partial<CallerOptions> = {}, method = 'GET') {
  const identify = identifyCallers({
    key: null,
    person: kim,
    office: async () => office.pool,
    roles,
    isPure: false,
    ...more,
  })
  const asked = { method, path: '/orders', query: '', requestId: 'r-2', headers: { host: 'steward.test', ...headers } }
  return Promise.resolve().then(() => identify(asked))
}
const refusal = (code: string, status: number) => expect.objectContaining({ code, status })

test('a key comes with its role, by name, and one that nobody has configured opens nothing', async () => {
  const { id, secret } = await make('cx')
  expect(await ask({ authorization: `Bearer ${secret}` })).toMatchObject({
    actor: { id },
    role: { name: 'cx' },
    key: id,
  })
  const lost = await make('gone')
  await expect(ask({ authorization: `Bearer ${lost.secret}` })).rejects.toEqual(
    refusal('SERVE_ROLE_NOT_CONFIGURED', 403),
  )
  const other = openPool(database.url)
  await inTransaction(office.pool, {}, (transaction) => revokeKey(transaction, id))
  for (const pool of [office.pool, other]) {
    await expect(ask({ authorization: `Bearer ${secret}` }, { office: async () => pool })).rejects.toEqual(
      refusal('SERVER_KEY_REQUIRED', 401),
    )
  }
  await other.end()
})

test('whoever is signed in comes as themselves, also where the machine is open, and from pages of this server alone', async () => {
  const known = await ask({ cookie })
  expect(known).toMatchObject({ actor: { type: 'staff', name: 'boss' }, role: { name: 'admin' }, withheld: ['cookie'] })
  expect(known.key).toBe(undefined)
  await expect(ask({ cookie }, {}, 'PATCH')).rejects.toEqual(refusal('ACCESS_ORIGIN_REFUSED', 403))
  await expect(ask({ cookie, origin: 'http://evil.example' }, {}, 'PATCH')).rejects.toEqual(
    refusal('ACCESS_ORIGIN_REFUSED', 403),
  )
  expect(await ask({ cookie, origin: 'http://steward.test' }, {}, 'PATCH')).toMatchObject({ role: { name: 'admin' } })
  await expect(ask({ cookie }, { isSecure: true, person: null })).rejects.toEqual(refusal('SERVER_KEY_REQUIRED', 401))
})

test('what was refused does not come in as somebody else', async () => {
  await expect(ask({ cookie: `steward_session=${'x'.repeat(43)}` })).rejects.toEqual(
    refusal('ACCESS_SESSION_ENDED', 401),
  )
  await expect(ask({ authorization: 'Bearer wrong', cookie })).rejects.toEqual(refusal('SERVER_KEY_REQUIRED', 401))
  expect(await ask({ cookie: 'theme=dark' })).toEqual({ actor: kim, role: adminRole })
})

test('who sits at this machine is nobody that a proxy has let through', async () => {
  for (const header of ['x-forwarded-for', 'x-real-ip', 'forwarded']) {
    await expect(ask({ [header]: '203.0.113.7' })).rejects.toEqual(refusal('SERVER_KEY_REQUIRED', 401))
    expect(await ask({ [header]: '203.0.113.7', cookie })).toMatchObject({ actor: { name: 'boss' } })
  }
  expect(await ask({ 'x-forwarded-for': '127.0.0.1, ::1' })).toEqual({ actor: kim, role: adminRole })
})

test('a key names whom it acts for where its role lets it, and the trail knows both', async () => {
  const { id, secret } = await make('agent')
  const as = (who: string) => ask({ authorization: `Bearer ${secret}`, 'steward-on-behalf-of': who })
  for (const [who, actor] of [
    ['user:42', { type: 'user', id: '42' }],
    ['42', { type: 'user', id: '42' }],
    ['staff:kim', { type: 'staff', id: 'kim' }],
    ['user:42;name=Kim%20Lee', { type: 'user', id: '42', name: 'Kim Lee' }],
    ['user:%ED%95%98%EB%8A%98%3A7', { type: 'user', id: '하늘:7' }],
  ] as const) {
    expect(await as(who), who).toMatchObject({ actor, key: id, role: { name: 'agent' } })
  }
  for (const who of [
    '',
    'user:',
    'system:x',
    'user:%',
    'user:%00',
    'a:b:c',
    'user:1;name=',
    'user:1;x=2',
    'x'.repeat(1001),
  ]) {
    await expect(as(who), who).rejects.toEqual(refusal('SERVE_BEHALF_INVALID', 400))
  }
})

test('nobody else acts on behalf of anybody: other roles, people, and who sits at this machine', async () => {
  const { secret } = await make('cx')
  const behalf = { 'steward-on-behalf-of': 'user:42' }
  for (const headers of [{ authorization: `Bearer ${secret}` }, { cookie }, {}]) {
    await expect(ask({ ...headers, ...behalf })).rejects.toEqual(refusal('SERVE_BEHALF_REFUSED', 403))
  }
  const shared = { authorization: 'Bearer shared', ...behalf }
  expect(await ask(shared, { key: 'shared' })).toMatchObject({ actor: { type: 'user', id: '42' }, key: 'api-key' })
})

test('over the wire: people sign in without a key, and the server knows where they come from', async () => {
  const { pool } = office
  const room = openAuthRoom({ office: async () => pool, leaveOperation: leaveInTrail, roles: () => roles })
  const identify = identifyCallers({ key: null, person: null, office: async () => pool, roles, isPure: false })
  const echo = { answer: async () => ({ status: 204, headers: {}, body: null }), close: async () => undefined }
  const listener = asRequestListener({
    rooms: [
      { prefix: '/api', room: echo },
      { prefix: '/api/auth', room, isPublic: true },
    ],
    identify,
    trustedProxies: ['127.0.0.1'],
  })
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const body = JSON.stringify({ email: 'boss@example.com', password: 'a horse, a battery' })
  const forwarded = { 'x-forwarded-for': '6.6.6.6, 203.0.113.7', 'x-forwarded-proto': 'https' }
  const headers = { 'content-type': 'application/json', origin: url, ...forwarded }
  expect((await fetch(`${url}/api/orders`)).status).toBe(401)
  const foreign = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { ...headers, origin: 'https://evil.example' },
    body,
  })
  expect(foreign.status).toBe(403)
  const signedIn = await fetch(`${url}/api/auth/sign-in`, { method: 'POST', headers, body })
  expect(signedIn.status).toBe(200)
  const [set = ''] = signedIn.headers.getSetCookie()
  expect(set).toMatch(/^__Host-steward_session=\S+; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure$/)
  const own = { cookie: set.split(';')[0] ?? '', ...forwarded }
  expect((await fetch(`${url}/api/orders`, { headers: own })).status).toBe(204)
  const sessions = (await (await fetch(`${url}/api/auth/sessions`, { headers: own })).json()) as { address: string }[]
  expect(sessions.map(({ address }) => address)).toContain('203.0.113.7')
  await new Promise((resolve) => server.close(resolve))
})

test('over the wire: an office that is not there is a server that cannot serve, and where it is stands in the log alone', async () => {
  const errors: unknown[] = []
  const lost = () =>
    Promise.reject(Object.assign(new Error('connect ECONNREFUSED db.internal:5432'), { code: 'ECONNREFUSED' }))
  const echo = { answer: async () => ({ status: 204, headers: {}, body: null }), close: async () => undefined }
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined }
  const listener = asRequestListener({
    rooms: [{ prefix: '/api', room: echo }],
    identify: identifyCallers({ key: null, person: kim, office: lost, roles, isPure: false }),
    log: { ...quiet, error: (facts) => errors.push(facts) },
  })
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/orders`
  for (const headers of [{ cookie }, { authorization: `Bearer stw_00000000_${'0'.repeat(43)}` }]) {
    const answer = await fetch(url, { headers })
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    expect(await answer.text()).not.toContain('internal')
  }
  expect(errors).toHaveLength(2)
  await new Promise((resolve) => server.close(resolve))
})
