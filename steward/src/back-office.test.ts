// The back office as it is served: who looks at it, what its writes are said to be, where its links lead, and its pages.
import { createKey } from '@steward/access'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { defineProcedure } from '@steward/engine'
import { inTransaction, type Pool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Configuration, defineConfig } from './config/configuration.ts'
import { readConfiguration } from './config/read-configuration.ts'
import { type Office, openOffice } from './open-office.ts'
import { type ServeOptions, type Serving, serveSteward } from './serve.ts'
import { capabilities } from './steward.ts'

const configuration: Configuration = defineConfig({
  roles: { cx: { permissions: ['trail:history'], entities: { orders: { read: true } } } },
  procedures: [
    defineProcedure({
      name: 'orders.close',
      summary: 'Closes an order',
      effect: 'write',
      entity: 'orders',
      input: z.object({ order: z.number().int() }),
      output: z.null(),
      run: async ({ transaction }, { order }) => {
        await transaction.query("UPDATE orders SET status = 'closed' WHERE id = $1", [order])
        return null
      },
    }),
  ],
})

let database: TestDatabase
let office: Office
const servings: Serving[] = []

beforeAll(async () => {
  database = await testDatabase({ name: 'back-office' })
  await database.pool.query(
    "CREATE TABLE orders (id int PRIMARY KEY, status text); INSERT INTO orders VALUES (1, 'open')",
  )
  const trail = openTrail({ pool: database.pool })
  await trail.install()
  await trail.track(['orders'])
  office = await openOffice({ url: database.url, folder: '', capabilities })
})
afterEach(async () => {
  for (const serving of servings.splice(0)) await serving.close()
})
afterAll(async () => {
  await office?.close()
  await database?.drop()
})

async function serve(more: Partial<ServeOptions> = {}) {
  const serving = await serveSteward({
    databaseUrl: database.url,
    office: async (): Promise<Pool> => office.pool,
    actor: { type: 'staff', id: 'kim' },
    configuration,
    warn: () => undefined,
    ...more,
  })
  servings.push(serving)
  const root = new URL('/', serving.url)
  const ask = async (
    path: string,
    { body, headers = {} }: { body?: object; headers?: Record<string, string> } = {},
  ) => {
    const sent =
      body === undefined
        ? {}
        : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    const answer = await fetch(new URL(path, root), { ...sent, headers: { ...sent.headers, ...headers } })
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false
    return { status: answer.status, headers: answer.headers, text, json: isJson ? JSON.parse(text) : null }
  }
  return { serving, root, ask }
}

type Ask = Awaited<ReturnType<typeof serve>>['ask']

const keyOf = async (role: string) => {
  const order = { name: role, role, days: 1, by: { type: 'staff', id: 'kim' } as const }
  const { secret } = await inTransaction(office.pool, {}, (transaction) => createKey(transaction, order))
  return { authorization: `Bearer ${secret}` }
}

/** The door that the newest change of the order is said to have come through. */
async function newestSource(): Promise<string | undefined> {
  const [newest] = await openTrail({ pool: database.pool }).history('orders', '1')
  return newest?.operation?.source
}

async function write(ask: Ask, status: string, headers: Record<string, string>): Promise<void> {
  const requests = [{ method: 'PATCH', path: '/orders?id=eq.1', body: { status } }]
  const { status: code, text } = await ask('/api/changesets', { body: { requests, reason: 'TICKET-42' }, headers })
  expect(code, text).toBe(200)
}

test('nobody has signed in: the first link leads to the page where the admin says who they are; it begins a session', async () => {
  const { serving, root, ask } = await serve({ demandsSignIn: true })
  const link = new URL(serving.firstLink?.link ?? '')
  expect([link.origin, link.pathname, link.search]).toEqual([root.origin, '/welcome', '?first'])
  expect((await ask('/api/me')).json).toMatchObject({ code: 'SERVER_KEY_REQUIRED' })
  const origin = { origin: root.origin }
  const body = { token: link.hash.slice(1), email: 'boss@example.com', name: 'Boss', password: 'a horse, a battery' }
  const entered = await ask('/api/auth/set-password', { body, headers: origin })
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? ''
  const me = await ask('/api/me', { headers: { cookie } })
  expect(me.json).toEqual({
    actor: { type: 'staff', id: expect.any(String), name: 'Boss' },
    role: 'admin',
    permissions: ['*'],
    isSignedIn: true,
    service: { name: database.url.split('/').at(-1), environment: null, requestLinks: [] },
  })
  await write(ask, 'by session', { cookie, ...origin })
  expect(await newestSource()).toBe('backoffice')
  expect((await serve()).serving.firstLink).toBeNull()

  // Another page that may use the session is not the back office, whatever it says.
  const elsewhere = { origin: 'https://tools.example.com', 'steward-source': 'backoffice' }
  const open = await serve({ demandsSignIn: true, origins: [elsewhere.origin] })
  await write(open.ask, 'by another page', { cookie, ...elsewhere })
  expect(await newestSource()).toBe('admin-api')
  const beside = { cookie, ...elsewhere, 'sec-fetch-site': 'same-origin' }
  await write(open.ask, 'where both are one', beside)
  expect(await newestSource()).toBe('backoffice')
})

test('whoever sits here is known without signing in, a key as itself, and an unknown one as nobody', async () => {
  const { ask } = await serve({
    configuration: {
      ...configuration,
      service: {
        name: 'Acme',
        environment: 'production',
        requestLinks: [{ label: 'Logs', url: 'https://logs.example.com/?q={requestId}' }],
      },
    },
  })
  expect((await ask('/api/me')).json).toEqual({
    actor: { type: 'staff', id: 'kim' },
    role: 'admin',
    permissions: ['*'],
    isSignedIn: false,
    service: {
      name: 'Acme',
      environment: 'production',
      requestLinks: [{ label: 'Logs', url: 'https://logs.example.com/?q={requestId}' }],
    },
  })
  const cx = await ask('/api/me', { headers: await keyOf('cx') })
  expect(cx.json).toMatchObject({ role: 'cx', permissions: ['trail:history'], isSignedIn: false })
  expect((await ask('/api/me', { headers: { authorization: 'Bearer stw_nobody' } })).status).toBe(401)
  expect((await ask('/api/me', { body: {} })).status).toBe(405)
  expect((await ask('/api/me/more')).status).toBe(404)
})

test('what is written on the pages came through the back office, whatever the way; a key never does', async () => {
  const { ask } = await serve()
  const pages = { 'steward-source': 'backoffice' }
  await write(ask, 'by hand', {})
  expect(await newestSource()).toBe('admin-api')
  await write(ask, 'on a page', pages)
  expect(await newestSource()).toBe('backoffice')
  await write(ask, 'by a key', { ...(await keyOf('admin')), ...pages })
  expect(await newestSource()).toBe('admin-api')

  const patch = { method: 'PATCH', body: '{"status":"on a form"}' }
  const headers = { 'content-type': 'application/json', 'steward-reason': 'TICKET-42', ...pages }
  await fetch(new URL('/api/orders?id=eq.1', servings[0]?.url), { ...patch, headers })
  expect(await newestSource()).toBe('backoffice')
  await write(ask, 'by hand again', {})

  const closed = await ask('/api/rpc/orders.close', {
    body: { order: 1 },
    headers: { ...pages, 'steward-reason': 'T-1' },
  })
  expect(closed.status, closed.text).toBe(200)
  expect(await newestSource()).toBe('backoffice')

  const [newest] = await openTrail({ pool: database.pool }).history('orders', '1')
  const reverted = await ask('/api/trail/revert', {
    body: { operation: newest?.operation?.id, reason: 'T-2' },
    headers: pages,
  })
  expect(reverted.status, reverted.text).toBe(200)
  expect(await newestSource()).toBe('backoffice')
})

test('a link for requests leads to the web and nowhere else, and an environment has a known name', () => {
  const problemsOf = (service: object) => {
    try {
      readConfiguration({ service })
      return []
    } catch (error) {
      return [(error as Error & { details: string }).details]
    }
  }
  const link = (url: string) => problemsOf({ requestLinks: [{ label: 'Logs', url }] })
  expect(link('https://logs.example.com/?q={requestId}&from={from}')).toEqual([])
  for (const url of ['javascript:alert(1)', '//logs.example.com', 'https://{requestId}/', 'data:text/html,x']) {
    expect(link(url)[0], url).toContain('service.requestLinks.0.url')
  }
  expect(problemsOf({ environment: 'prod' })).toHaveLength(1)
  expect(problemsOf({ enviroment: 'production' })[0]).toContain('environment')
})

test('without its pages the root is what it was: an error in JSON', async () => {
  const { serving, ask } = await serve()
  expect(serving.backOffice).toBeNull()
  expect((await ask('/')).json).toMatchObject({ code: 'SERVER_NOT_FOUND' })
})

test('with its pages every address that is no API is the document, below the path where people reach it', {
  timeout: 120_000,
}, async () => {
  const { serving, root, ask } = await serve({
    pages: true,
    configuration: { ...configuration, server: { url: 'https://ops.example.com/steward' } },
  })
  expect(serving.backOffice).toBe('https://ops.example.com/steward')
  const home = await ask('/')
  expect(home.status, home.text).toBe(200)
  expect(home.text).toContain('<base href="/steward/"')
  expect(home.text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|__STEWARD/)
  const deep = await ask('/entities/orders/1')
  expect([deep.status, deep.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const scripts = [...home.text.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? '')
  expect(scripts.length).toBeGreaterThan(1)
  for (const path of scripts) {
    const { status } = await fetch(new URL(path, root))
    expect(status, path).toBe(200)
  }
  expect((await ask('/api/nothing')).json).toMatchObject({ code: expect.any(String) })
  expect((await ask('/api')).headers.get('content-type')).toMatch(/json/)
})
