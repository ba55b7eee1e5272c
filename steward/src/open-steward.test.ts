// Steward mounted in servers of a team's own, with its configuration: the same composition that `steward serve` serves.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createKey } from '@steward/access'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, defineProcedure, type Role } from '@steward/engine'
import { inTransaction } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import express from 'express'
import { fastify } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { type Configuration, defineConfig } from './config/configuration.ts'
import { asFastifyPlugin, asRequestListener, type OpenedSteward, openSteward } from './index.ts'
import { openOffice } from './open-office.ts'
import { capabilities } from './steward.ts'

const kim = { type: 'staff', id: 'kim' } as const
const configuration = defineConfig({
  entities: { orders: { label: { en: 'Orders', ko: '주문' }, search: ['email'] } },
  roles: {
    cx: {
      permissions: ['orders:refund', 'entities:meta', 'trail:history'],
      entities: { orders: { read: true, mask: { email: 'first-letter' } } },
    },
  },
  procedures: [
    defineProcedure({
      name: 'orders.refund',
      summary: 'Refunds an order',
      effect: 'write',
      entity: 'orders',
      input: z.object({ order: z.number().int(), email: z.string() }),
      output: z.object({ refunded: z.boolean() }),
      run: async ({ transaction }, { order, email }) => {
        const { rowCount } = await transaction.query('UPDATE orders SET email = $2 WHERE id = $1', [order, email])
        return { refunded: rowCount === 1 }
      },
    }),
  ],
})

let database: TestDatabase
const opened: OpenedSteward[] = []
const servers: Server[] = []

beforeAll(async () => {
  database = await testDatabase({ name: 'open-steward' })
  await database.pool.query(
    'CREATE TABLE orders (id int PRIMARY KEY, email text); CREATE TABLE secrets (id int PRIMARY KEY)',
  )
  const trail = openTrail({ pool: database.pool })
  await trail.install()
  await trail.track(['orders'])
  const office = await openOffice({ url: database.url, folder: 'unused', capabilities })
  await office.close()
})
beforeEach(() => database.pool.query("TRUNCATE orders; INSERT INTO orders VALUES (1, 'ann@example.com')"))
afterEach(async () => {
  for (const server of servers.splice(0)) server.closeAllConnections()
  for (const steward of opened.splice(0)) await steward.close()
})
afterAll(() => database?.drop())

async function open(more: Partial<Parameters<typeof openSteward>[0]> = {}): Promise<OpenedSteward> {
  const steward = await openSteward({ databaseUrl: database.url, officeUrl: database.url, configuration, ...more })
  opened.push(steward)
  return steward
}

/** As a team does that knows its own people. */
const asTheTeam = (name: string) => () => {
  const { cx } = configuration.roles as Record<string, Omit<Role, 'name' | 'functions'>>
  const role: Role = name === 'cx' ? { functions: [], ...(cx as Omit<Role, 'name' | 'functions'>), name } : adminRole
  return { actor: kim, role }
}

async function key(role: string): Promise<string> {
  const order = { name: 'test', role, days: null, by: kim }
  const { secret } = await inTransaction(database.pool, {}, (transaction) => createKey(transaction, order))
  return secret
}

const post = (body: object, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})

test('in a Fastify of the team: entities masked, procedures as operations, calls logged, and closed with it', async () => {
  const app = fastify()
  const steward = await open({ identify: asTheTeam('cx') })
  await app.register(asFastifyPlugin(steward), { prefix: '/steward' })
  app.get('/own', async () => 'own')
  const url = `${await app.listen({ port: 0, host: '127.0.0.1' })}/steward/api`
  expect(await (await fetch(`${url}/orders`)).json()).toEqual([{ id: 1, email: expect.stringMatching(/^a/) }])
  expect(await (await fetch(`${url}/orders`)).text()).not.toContain('nn@example.com')
  expect((await fetch(`${url}/secrets`)).status).toBe(403)

  const dry = { Prefer: 'tx=rollback', 'Steward-Diff': '1' }
  const rehearsed = await fetch(`${url}/rpc/orders.refund`, post({ order: 1, email: 'zoe@example.com' }, dry))
  const rehearsal = await rehearsed.text()
  expect(JSON.parse(rehearsal)).toMatchObject({
    result: { refunded: true },
    changes: [{ kind: 'update', entity: 'orders' }],
  })
  expect(rehearsal).not.toContain('oe@example.com')
  expect(rehearsal).not.toContain('nn@example.com')
  expect((await fetch(`${url}/rpc/orders.refund`, post({ order: 1, email: 'x' }))).status).toBe(428)

  const done = await fetch(`${url}/rpc/orders.refund`, post({ order: 1, email: 'x' }, { 'Steward-Reason': 'T-1' }))
  expect(await done.json()).toEqual({ refunded: true })
  const history = await (await fetch(`${url}/trail/history/orders?key=1`)).json()
  expect(history).toMatchObject([
    { operation: { procedure: 'orders.refund', actor: { id: 'kim' }, reason: 'T-1', source: 'admin-api' } },
    {},
  ])
  expect((await fetch(`${url}/trail/activity`)).status).toBe(403)
  await app.close()
  opened.splice(0)
  await expect(steward.isReady()).rejects.toThrow()
  const { rows } = await database.pool.query(
    "SELECT status FROM steward_office.entities_call WHERE path LIKE '%/rpc/orders.refund' ORDER BY id",
  )
  expect(rows.map(({ status }) => status)).toEqual([200, 428, 200])
})

test('in an Express of the team, with keys of the office: each as its role, and an unknown role as none', async () => {
  const app = express()
  app.use('/steward', asRequestListener(await open()))
  app.use(express.json())
  const server = createServer(app)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/steward/api`
  const as = async (role: string, path: string, asked: { headers?: Record<string, string> } = {}) => {
    const response = await fetch(`${url}${path}`, {
      ...asked,
      headers: { ...asked.headers, authorization: `Bearer ${await key(role)}` },
    })
    return { status: response.status, json: (await response.json()) as any }
  }
  expect((await fetch(`${url}/orders`)).status).toBe(401)
  expect((await as('cx', '/orders')).json[0].email).not.toBe('ann@example.com')
  expect((await as('admin', '/orders')).json).toEqual([{ id: 1, email: 'ann@example.com' }])
  expect((await as('reader', '/secrets')).json).toEqual([])
  const refund = post({ order: 1, email: 'x' }, { 'Steward-Reason': 'T-1' })
  expect((await as('reader', '/rpc/orders.refund', refund)).status).toBe(403)
  expect((await as('cx', '/rpc/orders.refund', refund)).json).toEqual({ refunded: true })
  const unknown = await as('gone', '/orders')
  expect([unknown.status, unknown.json.code]).toEqual([403, 'SERVE_ROLE_NOT_CONFIGURED'])
  expect(unknown.json.message).toContain('"gone"')
})

test('a configuration that would show what it is meant to hold back opens nothing', async () => {
  const renamed: Configuration = { roles: { cx: { entities: { orders: { read: true, mask: ['mail'] } } } } }
  await expect(open({ configuration: renamed })).rejects.toMatchObject({
    code: 'CONFIG_SHOWS_TOO_MUCH',
    message: expect.stringContaining('orders.mail'),
  })
  await expect(open({ configuration: { roels: {} } as never })).rejects.toMatchObject({ code: 'CONFIG_INVALID' })
})

test('what merely leads nowhere is told, and the trail is kept while it is open', async () => {
  await database.pool.query('UPDATE steward.installation SET maintained_at = NULL')
  const told: string[] = []
  await open({ configuration: { entities: { ordres: { label: 'x' } } }, warn: (message) => told.push(message) })
  expect(told).toEqual([expect.stringContaining('Did you mean "orders"?')])
  await expect
    .poll(
      async () => (await database.pool.query('SELECT maintained_at FROM steward.installation')).rows[0]?.maintained_at,
    )
    .toBeTruthy()
})

test('a table that is called as one of our own routes is documented where it is reached', async () => {
  const { rooms } = await open()
  const words = rooms.flatMap(({ prefix }) => (prefix.startsWith('/api/') ? [prefix.slice('/api/'.length)] : []))
  expect(words).toEqual(expect.arrayContaining(['trail', 'inquiries', 'views', 'auth', 'me']))
  for (const word of words) await database.pool.query(`CREATE TABLE ${word} (id int PRIMARY KEY)`)
  try {
    const steward = await open()
    const [entities] = steward.rooms
    const asked = { method: 'GET', path: '/openapi.json', query: '', headers: {}, body: null, requestId: 'r-1' }
    const answer = await entities?.room.answer({ ...asked, actor: kim, role: adminRole, key: null })
    const { paths } = JSON.parse(answer?.body ?? '{}') as { paths: Record<string, unknown> }
    for (const word of words) {
      expect([word, Object.keys(paths).includes(`/entities/${word}`)]).toEqual([word, true])
    }
  } finally {
    for (const word of words) await database.pool.query(`DROP TABLE ${word}`)
  }
})
