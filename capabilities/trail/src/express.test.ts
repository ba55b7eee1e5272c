// Tests of the Express middleware with a real server.
import type { AddressInfo } from 'node:net'
import express from 'express'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { currentOperation } from './context/current-operation.ts'
import { trailRequests } from './express.ts'
import { instrument } from './instrument/instrument.ts'
import { type AccountTrail, accountTrail } from './testing/account-trail.ts'

let database: AccountTrail
let pool: pg.Pool
let url: string
let close: () => void

type Authenticated = express.Request & { user?: { id: string } }

beforeAll(async () => {
  database = await accountTrail()
  pool = instrument(new pg.Pool({ connectionString: database.url }))
  const app = express()
  app.use(
    express.json(),
    trailRequests({
      actor: (request) => {
        const { user } = request as Authenticated
        return user && { type: 'user', id: user.id }
      },
      params: (request) => request.body,
      reason: (request) => request.get('x-reason'),
    }),
  )
  // The authentication comes after the trail, as it does in many applications.
  app.use((request, _response, next) => {
    ;(request as Authenticated).user = { id: request.get('authorization') ?? 'nobody' }
    setTimeout(next, 1)
  })
  const accounts = express.Router()
  accounts.post('/:name/open', async (request, response) => {
    await pool.query('INSERT INTO account (name) VALUES ($1)', [request.params.name])
    response.json({ operation: currentOperation()?.id })
  })
  app.use('/accounts', accounts)
  app.get('/read', async (_request, response) => {
    await pool.query('SELECT * FROM account')
    response.json({})
  })
  app.get('/late', trailRequests({ record: 'always' }), (_request, response) => void response.status(503).end())
  const server = app.listen(0)
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => server.close()
})
afterAll(async () => {
  close()
  await pool.end()
  await database.drop()
})
beforeEach(() => database.forget())

test('what a handler changes carries actor, route, reason, request id and parameters', async () => {
  const response = await fetch(`${url}/accounts/kim/open?x=1`, {
    method: 'POST',
    headers: { authorization: 'u-7', 'x-request-id': 'r-1', 'x-reason': 'wanted', 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'hush', amount: 5 }),
  })
  expect(response.status).toBe(200)
  expect(await database.changes()).toMatchObject([
    {
      name: 'kim',
      procedure: 'POST /accounts/:name/open',
      actor: 'u-7',
      reason: 'wanted',
      requestId: 'r-1',
      params: { password: '[redacted]', amount: 5 },
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
  expect(new Set(changes.map(({ requestId }) => requestId)).size).toBe(40)
})

test('a request that reads leaves nothing, unless every request is to be recorded', async () => {
  await fetch(`${url}/read`)
  expect(await database.operations()).toEqual([])
  await fetch(`${url}/late`)
  await expect
    .poll(() => database.operations())
    .toContainEqual({ procedure: 'GET /late', outcome: 'failed', error: 'HTTP 503', changes: 0 })
})
