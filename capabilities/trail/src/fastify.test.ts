// Tests of the Fastify plugin with a real server.
import fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { trailRequests } from './fastify.ts'
import { instrument } from './instrument/instrument.ts'
import { type AccountTrail, accountTrail } from './testing/account-trail.ts'

let database: AccountTrail
let pool: pg.Pool
let app: FastifyInstance
let url: string

type Authenticated = FastifyRequest & { user?: { id: string } }

beforeAll(async () => {
  database = await accountTrail()
  pool = instrument(new pg.Pool({ connectionString: database.url }))
  app = fastify()
  await app.register(trailRequests, {
    record: 'always',
    actor: (request) => {
      const { user } = request as Authenticated
      return user && { type: 'user', id: user.id }
    },
    params: (request) => request.body,
  })
  app.addHook('preHandler', async (request) => {
    ;(request as Authenticated).user = { id: request.headers.authorization ?? 'nobody' }
  })
  app.post<{ Params: { name: string } }>('/accounts/:name/open', async (request) => {
    await pool.query('INSERT INTO account (name) VALUES ($1)', [request.params.name])
    return {}
  })
  app.get('/read', async () => ({}))
  app.get('/broken', async () => {
    throw new Error('broken')
  })
  url = await app.listen({ port: 0 })
})
afterAll(async () => {
  await app.close()
  await pool.end()
  await database.drop()
})
beforeEach(() => database.forget())

test('what a handler changes carries actor, route, request id and body', async () => {
  const response = await fetch(`${url}/accounts/kim/open?x=1`, {
    method: 'POST',
    headers: { authorization: 'u-7', 'x-request-id': 'r-1', 'content-type': 'application/json' },
    // Large enough to arrive in several pieces: the operation must survive the socket's events.
    body: JSON.stringify({ amount: 5, token: 'hush', filler: 'x'.repeat(300_000) }),
  })
  expect(response.status).toBe(200)
  expect(await database.changes()).toMatchObject([
    {
      name: 'kim',
      procedure: 'POST /accounts/:name/open',
      actor: 'u-7',
      requestId: 'r-1',
      params: { amount: 5, token: '[redacted]' },
    },
  ])
})

test('requests at once keep apart', async () => {
  const names = Array.from({ length: 40 }, (_, index) => `n${index}`)
  await Promise.all(
    names.map((name) => fetch(`${url}/accounts/${name}/open`, { method: 'POST', headers: { authorization: name } })),
  )
  const changes = await database.changes()
  expect(changes).toHaveLength(40)
  for (const { name, actor } of changes) expect(actor).toBe(name)
})

test('where every request is recorded, reads and failures are', async () => {
  await fetch(`${url}/read`)
  await fetch(`${url}/broken`)
  await expect
    .poll(async () => (await database.operations()).map(({ procedure, outcome }) => `${procedure} ${outcome}`).sort())
    .toEqual(['GET /broken failed', 'GET /read null'])
})
