// Rooms in servers of others: Express, Fastify, and Node's own.
import { createServer, type RequestListener as NodeListener, type Server as NodeServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import express from 'express'
import { fastify } from 'fastify'
import { afterEach, expect, test } from 'vitest'
import { identifyByKey } from './identify-by-key.ts'
import { asFastifyPlugin, asRequestListener } from './mount.ts'
import { echoRoom } from './testing/echo-room.ts'

let server: NodeServer | null = null
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function listen(listener: NodeListener): Promise<string> {
  const opened = createServer(listener)
  server = opened
  await new Promise<void>((resolve) => opened.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(opened.address() as AddressInfo).port}`
}

const exact = '{"id":12345678901234567890,"id":1.0}'

test('a bare Node server: rooms answer at their prefixes, everything else is ours to refuse', async () => {
  const room = echoRoom()
  const url = await listen(asRequestListener({ rooms: [{ prefix: '/api', room }] }))
  const body = new Uint8Array(gzipSync(exact))
  await fetch(`${url}/api/orders?x=%zz`, { method: 'POST', body, headers: { 'content-encoding': 'gzip' } })
  expect(room.asked).toMatchObject([{ method: 'POST', path: '/orders', query: 'x=%zz' }])
  expect(Buffer.from(room.asked[0]!.body!).toString()).toBe(exact)
  const refused = await fetch(`${url}/other`)
  expect([refused.status, Object.keys((await refused.json()) as object)]).toEqual([
    404,
    ['code', 'message', 'details', 'hint'],
  ])
  expect(refused.headers.get('x-content-type-options')).toBe('nosniff')
})

test('Express: below a path, before its parsers, and what is not ours goes on', async () => {
  const room = echoRoom()
  const app = express()
  app.use('/admin', asRequestListener({ rooms: [{ prefix: '/api', room }] }))
  app.use(express.json())
  app.get('/admin/own', (_request, response) => void response.send('own'))
  const url = await listen(app)
  const response = await fetch(`${url}/admin/api/orders?id=eq.7`, {
    method: 'PATCH',
    body: exact,
    headers: { 'content-type': 'application/json' },
  })
  expect(await response.json()).toMatchObject({ path: '/orders', query: 'id=eq.7' })
  expect(Buffer.from(room.asked[0]!.body!).toString()).toBe(exact)
  expect(await (await fetch(`${url}/admin/own`)).text()).toBe('own')
})

test('Express: a body that was parsed before is refused and not guessed, unless its bytes were kept', async () => {
  const room = echoRoom()
  const refusing = express()
  refusing.use(express.json(), asRequestListener({ rooms: [{ prefix: '/', room }] }))
  const post = { method: 'POST', body: exact, headers: { 'content-type': 'application/json' } }
  const refused = await fetch(await listen(refusing), post)
  expect([refused.status, await refused.json()]).toMatchObject([500, { code: 'SERVER_BODY_CONSUMED' }])
  server?.close()

  const keeping = express()
  const verify = (request: object, _response: unknown, rawBody: Buffer) => void Object.assign(request, { rawBody })
  keeping.use(express.json({ verify }), asRequestListener({ rooms: [{ prefix: '/', room }] }))
  await fetch(await listen(keeping), post)
  expect(Buffer.from(room.asked[0]!.body!).toString()).toBe(exact)
})

test('Fastify: hooks of the application run before, its headers are sent, and closing it closes the room', async () => {
  const room = echoRoom()
  const app = fastify()
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('X-Team', 'shop')
  })
  app.addHook('preHandler', async (request, reply) => {
    if (request.headers['x-forbidden'] !== undefined) return reply.code(403).send('by the team')
  })
  await app.register(asFastifyPlugin({ rooms: [{ prefix: '/', room }] }), { prefix: '/admin' })
  app.post('/own', async (request) => request.body)
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const response = await fetch(`${url}/admin/orders?id=eq.7`, {
    method: 'POST',
    body: exact,
    headers: { 'content-type': 'application/vnd.pgrst.object+json' },
  })
  expect(response.headers.get('x-team')).toBe('shop')
  expect(await response.json()).toMatchObject({ path: '/orders', query: 'id=eq.7', method: 'POST' })
  expect(Buffer.from(room.asked[0]!.body!).toString()).toBe(exact)
  for (const method of ['DELETE', 'OPTIONS', 'HEAD', 'PUT']) await fetch(`${url}/admin`, { method })
  expect(room.asked.slice(1).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /',
    'OPTIONS /',
    'HEAD /',
    'PUT /',
  ])
  expect(await (await fetch(`${url}/admin`, { headers: { 'x-forbidden': '1' } })).text()).toBe('by the team')
  expect(room.asked).toHaveLength(5)
  const own = await fetch(`${url}/own`, {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  })
  expect(await own.json()).toEqual({ a: 1 })
  await app.close()
  expect(room.isClosed).toBe(true)
})

test('who asks is asked in every mounting', async () => {
  const room = echoRoom()
  const identify = identifyByKey({ key: 'k', actor: { type: 'staff', id: 'kim' } })
  const options = { rooms: [{ prefix: '/', room }], identify }
  const app = fastify()
  await app.register(asFastifyPlugin(options))
  const urls = [await app.listen({ port: 0, host: '127.0.0.1' }), await listen(asRequestListener(options))]
  for (const url of urls) {
    expect((await fetch(url)).status).toBe(401)
    expect((await fetch(url, { headers: { authorization: 'Bearer k' } })).status).toBe(200)
  }
  await app.close()
  expect(room.asked.map(({ actor }) => actor?.id)).toEqual(['kim', 'kim'])
})
