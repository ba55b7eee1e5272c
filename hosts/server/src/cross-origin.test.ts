// Which web pages may ask: everybody's, some, or none but the server's own.
import { afterEach, expect, test } from 'vitest'
import { identifyByKey } from './identify-by-key.ts'
import { openServer, type Server } from './open-server.ts'
import type { MountOptions } from './server-options.ts'
import { echoRoom, speak } from './testing/echo-room.ts'

let server: Server | null = null
afterEach(async () => {
  await server?.close()
})

async function open(crossOrigin: 'any' | string[] | undefined, options: Partial<MountOptions> = {}) {
  const room = echoRoom()
  server = await openServer({
    rooms: [{ prefix: '/api', room, ...(crossOrigin === undefined ? {} : { crossOrigin }) }],
    ...options,
  })
  const { url } = server
  // fetch writes Origin and Host as it likes; a bare connection writes what it is told.
  const ask = async (method: string, headers: Record<string, string>, path = '/api') => {
    const lines = Object.entries({ Host: url.slice(7), Connection: 'close', ...headers }).map((pair) => pair.join(': '))
    const { text } = await speak(Number(new URL(url).port), [
      `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`,
    ])
    const [head = '', body = ''] = text.split('\r\n\r\n')
    const [first = '', ...rest] = head.split('\r\n')
    const got = Object.fromEntries(rest.map((line) => [line.split(': ')[0], line.slice(line.indexOf(': ') + 2)]))
    return { status: Number(first.split(' ')[1]), headers: got, body }
  }
  return { room, url, ask }
}

const preflight = {
  Origin: 'http://example.com',
  'Access-Control-Request-Method': 'POST',
  'Access-Control-Request-Headers': 'Foo,Bar, X-Ä',
}

test('where any page may ask, a browser is told everything it needs, without a key and without the room', async () => {
  const key = identifyByKey({ key: 'k', actor: { type: 'staff', id: 'kim' } })
  const { room, ask } = await open('any', { identify: key })
  const { status, headers, body } = await ask('OPTIONS', preflight)
  expect([status, body]).toEqual([200, ''])
  expect(headers).toMatchObject({
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Methods': 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD',
    'Access-Control-Allow-Headers': 'Authorization, Foo, Bar, Accept, Accept-Language, Content-Language',
    'Access-Control-Max-Age': '86400',
  })
  expect(room.asked).toEqual([])
  expect((await ask('GET', { Origin: 'http://example.com' })).status).toBe(401)
})

test('where any page may ask, its answers and refusals can be read', async () => {
  const { room, ask } = await open('any')
  const { status, headers } = await ask('GET', { Origin: 'http://example.com' })
  expect(status).toBe(200)
  expect(headers['Access-Control-Allow-Origin']).toBe('*')
  expect(headers['Access-Control-Expose-Headers']).toContain('Content-Range')
  expect((await ask('GET', {})).headers).not.toHaveProperty('Access-Control-Allow-Origin')
  // OPTIONS that is no question of a browser is the room's.
  await ask('OPTIONS', { Origin: 'http://example.com' })
  expect(room.asked.map(({ method }) => method)).toEqual(['GET', 'GET', 'OPTIONS'])
})

test('unless told otherwise, no page of another origin may ask, and the room hears nothing', async () => {
  const { room, ask, url } = await open(undefined)
  for (const origin of ['http://example.com', 'null', `${url}.example.com`, url.replace(/\d+$/, '1')]) {
    for (const method of ['GET', 'POST']) {
      const { status, headers, body } = await ask(method, { Origin: origin })
      expect([status, JSON.parse(body).code], origin).toEqual([403, 'SERVER_ORIGIN_REFUSED'])
      expect(headers).not.toHaveProperty('Access-Control-Allow-Origin')
    }
  }
  expect(room.asked).toEqual([])
  expect((await ask('POST', { Origin: url })).status).toBe(200)
  expect((await ask('POST', { Origin: 'https://o.example', 'X-Forwarded-Host': 'o.example' })).status).toBe(200)
  expect((await ask('POST', {})).status).toBe(200)
})

test('listed origins may ask, and caches keep the answers apart', async () => {
  const { room, ask } = await open(['https://office.example'])
  const allowed = await ask('OPTIONS', { ...preflight, Origin: 'https://office.example' })
  expect(allowed.headers).toMatchObject({ 'Access-Control-Allow-Origin': 'https://office.example', Vary: 'Origin' })
  const other = await ask('OPTIONS', preflight)
  expect(other.headers).not.toHaveProperty('Access-Control-Allow-Origin')
  expect(other.headers['Vary']).toBe('Origin')
  expect((await ask('POST', { Origin: 'http://example.com' })).status).toBe(403)
  expect((await ask('POST', { Origin: 'https://office.example' })).status).toBe(200)
  expect(room.asked).toHaveLength(1)
})

test('a name that somebody else points at this machine is not answered', async () => {
  const { room, ask, url } = await open(undefined, { hosts: ['localhost', '127.0.0.1', '[::1]'] })
  const { status, body } = await ask('GET', { Host: 'evil.example:4848', Origin: 'http://evil.example:4848' })
  expect([status, JSON.parse(body).code]).toEqual([403, 'SERVER_HOST_REFUSED'])
  expect(room.asked).toEqual([])
  // Load balancers ask for the health under whatever name; what somebody must be known for is not told to a page.
  const pages = ['/healthz', '/readyz', '/metrics'].map((path) => ask('GET', { Host: 'evil.example' }, path))
  expect((await Promise.all(pages)).map((answer) => answer.status)).toEqual([200, 200, 403])
  for (const host of ['localhost:4848', 'LOCALHOST', '127.0.0.1', '[::1]:4848', 'shop.localhost:1', url.slice(7)]) {
    expect((await ask('GET', { Host: host })).status, host).toBe(200)
  }
})
