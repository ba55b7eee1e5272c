// Tests of the Hono middleware with a real server.
import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { settled } from './context/recording.ts'
import { trailRequests } from './hono.ts'
import { instrument } from './instrument/instrument.ts'
import { type AccountTrail, accountTrail } from './testing/account-trail.ts'

let database: AccountTrail
let pool: pg.Pool
let server: ServerType
let url: string
const app = new Hono<{ Variables: { userId: string } }>()

beforeAll(async () => {
  database = await accountTrail()
  pool = instrument(new pg.Pool({ connectionString: database.url }))
  app.use(
    trailRequests({ record: 'always', actor: (context) => ({ type: 'user', id: context.get('userId') ?? 'nobody' }) }),
  )
  app.use('*', async (context, next) => {
    context.set('userId', context.req.header('authorization') ?? 'nobody')
    await next()
  })
  const accounts = new Hono()
  accounts.post('/:name/open', async (context) => {
    const body = await context.req.json()
    await pool.query('INSERT INTO account (name, amount) VALUES ($1, $2)', [context.req.param('name'), body.amount])
    return context.json({})
  })
  app.route('/accounts', accounts)
  app.get('/broken', () => {
    throw new Error('broken')
  })
  server = serve({ fetch: app.fetch, port: 0 })
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.close()
  await pool.end()
  await database.drop()
})
beforeEach(() => database.forget())

const open = async (name: string): Promise<Response> =>
  fetch(`${url}/accounts/${name}/open?x=1`, {
    method: 'POST',
    headers: { authorization: name, 'x-request-id': `r-${name}` },
    body: JSON.stringify({ amount: 5 }),
  })

test('what a handler changes carries actor, route and request id', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `n${index}`)
  await Promise.all(names.map(open))
  const changes = await database.changes()
  expect(changes).toHaveLength(40)
  for (const { name, actor, procedure, requestId } of changes) {
    expect([actor, procedure, requestId]).toEqual([name, 'POST /accounts/:name/open', `r-${name}`])
  }
})

test('where every request is recorded, failures are', async () => {
  expect((await fetch(`${url}/broken`)).status).toBe(500)
  await settled()
  expect(await database.operations()).toMatchObject([
    { procedure: 'GET /broken', outcome: 'failed', error: 'Error: broken' },
  ])
})
