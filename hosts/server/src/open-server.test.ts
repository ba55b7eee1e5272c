// The server over real sockets: what reaches a room, what is refused before, and how it stops.
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { identifyByKey } from './identify-by-key.ts'
import { openServer, type Server, type ServerOptions } from './open-server.ts'
import { type EchoRoom, echoRoom, speak } from './testing/echo-room.ts'

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()))
})

async function open(options: Partial<ServerOptions> = {}): Promise<Server & { room: EchoRoom }> {
  const room = echoRoom()
  const server = await openServer({ rooms: [{ prefix: '/api', room }], ...options })
  servers.push(server)
  return { ...server, room }
}

async function refusalOf(response: Response) {
  const body = JSON.parse(await response.text())
  expect(Object.keys(body)).toEqual(['code', 'message', 'details', 'hint'])
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(JSON.stringify(body)).not.toMatch(/\bat .*\.ts|node_modules|FST_/)
  return { status: response.status, ...body }
}

/** fetch tidies paths and headers; this sends them as they are. */
function send(port: number, lines: string[]) {
  return speak(port, [`${lines.join('\r\n')}\r\nHost: x\r\nConnection: close\r\n\r\n`])
}

test('a room gets path, query, headers and bytes untouched', async () => {
  const { port, room } = await open()
  const bytes = '\u0000\u0001{"a":1e400,"a":\u00ff}'
  const head = [
    'POST /api/na%2Fme%zz//../x;y?b=%zz&a=1&a=%20+? HTTP/1.1',
    'Host: x',
    'Content-Type: application/vnd.strange; x="y',
    `Content-Length: ${bytes.length}`,
    'Prefer: return=representation',
    'PREFER: count=exact',
    'Content-Type: text/plain',
    'Connection: close',
  ]
  await speak(port, [`${head.join('\r\n')}\r\n\r\n${bytes}`])
  expect(room.asked).toHaveLength(1)
  const { body, headers, ...rest } = room.asked[0]!
  expect(rest).toEqual({
    method: 'POST',
    path: '/na%2Fme%zz//../x;y',
    query: 'b=%zz&a=1&a=%20+?',
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    actor: null,
    role: null,
    key: null,
    address: '127.0.0.1',
    isSecure: false,
  })
  expect(Buffer.from(body!).toString('latin1')).toBe(bytes)
  expect(headers).toMatchObject({
    prefer: 'return=representation, count=exact',
    'content-type': 'application/vnd.strange; x="y, text/plain',
  })
})

test.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY', 'TRACE'])(
  'the method %s reaches the room',
  async (method) => {
    const { port, room } = await open()
    const { text } = await send(port, [`${method} /api HTTP/1.1`])
    expect(text).toMatch(/^HTTP\/1.1 200 /)
    expect(text).toContain('\r\nContent-Range: 0-0/*\r\n')
    expect(room.asked).toMatchObject([{ method, path: '/', query: '', body: null }])
    expect(text.endsWith('\r\n\r\n')).toBe(method === 'HEAD')
  },
)

test('a body of GET and DELETE arrives, too', async () => {
  const { port, room } = await open()
  for (const method of ['GET', 'DELETE']) {
    await speak(port, [`${method} /api HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok`])
  }
  expect(room.asked.map(({ body }) => Buffer.from(body!).toString())).toEqual(['ok', 'ok'])
})

test('a room at the root answers everything, except the pages of the server', async () => {
  const room = echoRoom()
  const { url } = await open({ rooms: [{ prefix: '/', room }] })
  expect(await (await fetch(`${url}/orders?x`)).json()).toMatchObject({ path: '/orders', query: 'x' })
  expect(await (await fetch(url)).json()).toMatchObject({ path: '/' })
  expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'alive' })
  expect(await (await fetch(`${url}/metrics`, { method: 'POST' })).json()).toMatchObject({ path: '/metrics' })
})

test('the longest prefix answers, and a prefix ends at a slash', async () => {
  const api = echoRoom()
  const files = echoRoom()
  const { url } = await open({
    rooms: [
      { prefix: '/api', room: api },
      { prefix: '/api/files', room: files },
    ],
  })
  await fetch(`${url}/api/filesystem`)
  await fetch(`${url}/api/files/1`)
  expect(api.asked.map(({ path }) => path)).toEqual(['/filesystem'])
  expect(files.asked.map(({ path }) => path)).toEqual(['/1'])
  expect(await refusalOf(await fetch(`${url}/apis?q`))).toMatchObject({
    status: 404,
    code: 'SERVER_NOT_FOUND',
    message: 'Nothing answers GET /apis here.',
  })
})

test('packed bodies are unpacked, and no longer called packed', async () => {
  const { url, room } = await open()
  const text = '{"이름":"김하늘"}'
  const packed: [string, Uint8Array][] = [
    ['gzip', gzipSync(text)],
    ['x-gzip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['deflate', deflateRawSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
    ['br, gzip', gzipSync(brotliCompressSync(text))],
  ]
  for (const [encoding, body] of packed) {
    const response = await fetch(`${url}/api`, {
      method: 'POST',
      headers: { 'content-encoding': encoding },
      body: new Uint8Array(body),
    })
    expect(response.status, encoding).toBe(200)
  }
  expect(room.asked.map(({ body }) => Buffer.from(body!).toString())).toEqual(packed.map(() => text))
  expect(room.asked[0]?.headers).not.toHaveProperty('content-encoding')
  expect(room.asked[0]?.headers).not.toHaveProperty('content-length')
})

test('what cannot be unpacked is refused', async () => {
  const { url, room } = await open()
  const post = async (encoding: string, body: string) =>
    refusalOf(await fetch(`${url}/api`, { method: 'POST', headers: { 'content-encoding': encoding }, body }))
  expect(await post('gzip', 'not packed')).toMatchObject({ status: 400, code: 'SERVER_BODY_INVALID' })
  expect(await post('compress', 'x')).toMatchObject({ status: 415, code: 'SERVER_ENCODING_UNKNOWN' })
  expect(await post('constructor', 'x')).toMatchObject({ status: 415 })
  expect(await post('gzip, gzip, gzip, gzip', 'x')).toMatchObject({ status: 415 })
  expect(room.asked).toEqual([])
})

test('a body at the limit is taken and one byte more is refused, with and without a length', async () => {
  const { url, room } = await open({ limits: { bodyBytes: 1000 } })
  const post = (bytes: number, isChunked: boolean) =>
    new Promise<number>((resolve, reject) => {
      const request = httpRequest(`${url}/api`, { method: 'POST' }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      }).on('error', reject)
      if (isChunked) request.write(Buffer.alloc(bytes))
      request.end(isChunked ? undefined : Buffer.alloc(bytes))
    })
  expect(await post(1000, false)).toBe(200)
  expect(await post(1000, true)).toBe(200)
  expect(await post(1001, false)).toBe(413)
  expect(await post(1001, true)).toBe(413)
  expect(room.asked).toHaveLength(2)
  expect(await refusalOf(await fetch(`${url}/api`, { method: 'PUT', body: 'x'.repeat(5000) }))).toMatchObject({
    status: 413,
    code: 'SERVER_BODY_TOO_LARGE',
  })
})

test('a bomb is refused without unpacking it whole', async () => {
  const { url, room } = await open({ limits: { bodyBytes: 1024 * 1024 } })
  const zeros = Buffer.alloc(256 * 1024 * 1024)
  const bombs: [string, Uint8Array][] = [
    ['gzip', gzipSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['br', brotliCompressSync(zeros, { params: { 1: 1 } })],
    ['gzip, gzip', gzipSync(gzipSync(zeros))],
  ]
  for (const [encoding, body] of bombs) {
    expect(body.byteLength, encoding).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().rss
    const response = await fetch(`${url}/api`, {
      method: 'POST',
      headers: { 'content-encoding': encoding },
      body: new Uint8Array(body),
    })
    expect(await refusalOf(response), encoding).toMatchObject({ status: 413, code: 'SERVER_BODY_TOO_LARGE' })
    expect(process.memoryUsage().rss - before, encoding).toBeLessThan(100 * 1024 * 1024)
  }
  expect(room.asked).toEqual([])
})

test('slow headers and slow bodies are cut off with an answer', async () => {
  const { port, room } = await open({ limits: { headersTimeoutMs: 400, bodyTimeoutMs: 600 } })
  const drip = Array.from({ length: 40 }, (_, index) => `X-${index}: y\r\n`)
  const headers = await speak(port, ['GET /api HTTP/1.1\r\nHost: x\r\n', ...drip], 100)
  expect(headers.text).toMatch(/^HTTP\/1.1 408 Request Timeout/)
  expect(headers.text).toContain('"code":"SERVER_REQUEST_TIMEOUT"')
  expect(headers.ms).toBeLessThan(2000)
  const body = await speak(
    port,
    ['POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n', ...'drip'.repeat(10)],
    100,
  )
  expect(body.text).toMatch(/^HTTP\/1.1 408 Request Timeout/)
  expect(body.text).toContain('"code":"SERVER_REQUEST_TIMEOUT"')
  expect(body.ms).toBeLessThan(3000)
  expect(room.asked).toEqual([])
})

test('unless told otherwise, slow headers are cut off after ten seconds', async () => {
  const { port } = await open()
  const { text, ms } = await speak(port, ['GET /api HTTP/1.1\r\nHost: x\r\n'])
  expect(text).toMatch(/^HTTP\/1.1 408 /)
  expect(ms).toBeGreaterThan(9000)
  expect(ms).toBeLessThan(13_000)
})

test('a client that does not read its answer is cut off', async () => {
  const room = echoRoom(() => ({ status: 200, headers: {}, body: 'x'.repeat(32 * 1024 * 1024) }))
  const limits = { readerTimeoutMs: 500, readerBytesPerSecond: 1024 ** 3 }
  const { port } = await open({ rooms: [{ prefix: '/api', room }], limits })
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write('GET /api HTTP/1.1\r\nHost: x\r\n\r\n')
  socket.pause()
  await wait(1500)
  let received = 0
  socket.on('data', (bytes: Buffer) => {
    received += bytes.byteLength
  })
  socket.resume()
  await once(socket, 'close')
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThan(32 * 1024 * 1024)
})

test('a stream goes out as it comes, ends when nobody listens, and does not hold up a stop', async () => {
  const ended: string[] = []
  const room = echoRoom(({ path }) => ({
    status: 200,
    headers: { 'Content-Type': 'text/event-stream; charset=utf-8' },
    body: null,
    async *stream(signal) {
      yield `data: hello ${path}\n\n`
      await once(signal, 'abort')
      ended.push(path)
    },
  }))
  const { url, close } = await open({ rooms: [{ prefix: '/api', room }] })
  const leaving = new AbortController()
  const first = await fetch(`${url}/api/first`, { signal: leaving.signal })
  expect(new TextDecoder().decode((await first.body!.getReader().read()).value)).toBe('data: hello /first\n\n')
  leaving.abort()
  await expect.poll(() => ended).toEqual(['/first'])
  const second = await fetch(`${url}/api/second`)
  const text = second.text()
  await close()
  expect(await text).toBe('data: hello /second\n\n')
  expect(ended).toEqual(['/first', '/second'])
})

test('what is not HTTP, and headers without end, get the same four keys', async () => {
  const { port } = await open({ limits: { headerBytes: 4096 } })
  const garbage = await speak(port, ['HELLO\r\n\r\n'])
  expect(garbage.text).toMatch(/^HTTP\/1.1 400 /)
  expect(Object.keys(JSON.parse(garbage.text.split('\r\n\r\n')[1]!))).toEqual(['code', 'message', 'details', 'hint'])
  const long = await speak(port, [`GET /api?${'x'.repeat(5000)} HTTP/1.1\r\nHost: x\r\n\r\n`])
  expect(long.text).toMatch(/^HTTP\/1.1 431 /)
  expect(long.text).toContain('SERVER_HEADERS_TOO_LARGE')
})

test('a client that goes away in the middle of its body harms nobody', async () => {
  const { port, url, room } = await open()
  const socket = connect(port, '127.0.0.1')
  socket.write('POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc')
  await wait(100)
  socket.destroy()
  await wait(100)
  expect(room.asked).toEqual([])
  expect((await fetch(`${url}/api`)).status).toBe(200)
})

test('a sane request id is kept, another one is replaced, and it always comes back', async () => {
  const { url, room } = await open()
  const ask = async (id: string) => {
    const response = await fetch(`${url}/api`, { headers: { 'x-request-id': id } })
    return response.headers.get('x-request-id')
  }
  expect(await ask('deploy:42/a.b-c')).toBe('deploy:42/a.b-c')
  const made = await ask('a b')
  expect(made).toMatch(/^[0-9a-f-]{36}$/)
  expect(await ask('x'.repeat(200))).toMatch(/^[0-9a-f-]{36}$/)
  expect(room.asked.map(({ requestId }) => requestId).slice(0, 2)).toEqual(['deploy:42/a.b-c', made])
  expect((await fetch(`${url}/nothing`)).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
})

test('a room that breaks its promise is a 500 that tells nothing of the inside, and the log tells all', async () => {
  let log = ''
  const broken = echoRoom(() => {
    throw new Error('password=hunter2 at /srv/secret.ts')
  })
  const split = echoRoom(() => ({ status: 200, headers: { 'X-Bad': 'a\r\nb: c' }, body: 'x' }))
  const odd = echoRoom(() => ({ status: 99, headers: {}, body: 'x' }))
  const { url } = await open({
    rooms: [
      { prefix: '/broken', room: broken },
      { prefix: '/split', room: split },
      { prefix: '/odd', room: odd },
    ],
    logs: 'json',
    logTo: { write: (text) => (log += text) },
  })
  for (const path of ['/broken', '/split', '/odd']) {
    const response = await fetch(url + path)
    const id = response.headers.get('x-request-id')
    expect(response.headers.get('x-bad')).toBeNull()
    const refused = await refusalOf(response)
    expect(refused).toMatchObject({ status: 500, code: 'SERVER_UNEXPECTED' })
    expect(JSON.stringify(refused)).not.toContain('hunter2')
    expect(log).toContain(id)
  }
  expect(log).toContain('hunter2')
})

test('every answer is hardened, and the room has the last word on each header', async () => {
  const room = echoRoom(() => ({ status: 200, headers: { 'referrer-policy': 'origin' }, body: null }))
  const { url } = await open({ rooms: [{ prefix: '/api', room }] })
  for (const path of ['/api', '/nothing', '/healthz', '/metrics']) {
    const { headers } = await fetch(url + path)
    expect(headers.get('content-security-policy'), path).toMatch(/^default-src 'none'/)
    expect(headers.get('x-content-type-options'), path).toBe('nosniff')
    expect(headers.get('referrer-policy'), path).toBe(path === '/api' ? 'origin' : 'no-referrer')
    expect(headers.get('cache-control'), path).toBe('no-store')
    expect(headers.get('access-control-allow-origin'), path).toBeNull()
  }
})

test('an answer without a body has neither body nor type', async () => {
  const room = echoRoom(() => ({ status: 201, headers: { Location: '/orders?id=eq.7' }, body: null }))
  const { url } = await open({ rooms: [{ prefix: '/api', room }] })
  const response = await fetch(`${url}/api`, { method: 'POST', body: '{}' })
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([201, null, ''])
  expect(response.headers.get('location')).toBe('/orders?id=eq.7')
})

test('with a key nobody else gets in, and the key reaches neither room nor log', async () => {
  let log = ''
  const actor = { type: 'service', id: 'api-key' } as const
  const { url, room } = await open({
    identify: identifyByKey({ key: 'correct-horse', actor }),
    logs: 'json',
    logLevel: 'debug',
    logTo: { write: (text) => (log += text) },
  })
  const ask = (headers: Record<string, string>, path = '/api') => fetch(url + path, { headers })
  for (const authorization of ['', 'Bearer', 'Bearer wrong', 'Bearer correct-hors', 'Basic correct-horse']) {
    const response = await ask({ authorization })
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
    expect(await refusalOf(response), authorization).toMatchObject({ status: 401, code: 'SERVER_KEY_REQUIRED' })
  }
  expect(room.asked).toEqual([])
  expect((await ask({}, '/metrics')).status).toBe(401)
  expect((await ask({}, '/healthz')).status).toBe(200)
  expect((await ask({}, '/readyz')).status).toBe(200)
  const secrets = { authorization: 'bearer correct-horse', cookie: 'session=hush', 'x-api-key': 'hush-hush' }
  expect((await ask(secrets)).status).toBe(200)
  expect(room.asked).toMatchObject([{ actor }])
  expect(room.asked[0]?.headers).not.toHaveProperty('authorization')
  await expect.poll(() => log).toContain('service:api-key')
  expect(log).not.toMatch(/correct-horse|hush/)
})

test('a refused sender does not upload its body first', async () => {
  const { url, room } = await open({ identify: identifyByKey({ key: 'k', actor: { type: 'staff', id: 'kim' } }) })
  const request = httpRequest(`${url}/api`, { method: 'POST', headers: { 'content-length': 5_000_000 } })
  request.on('error', () => undefined)
  request.write('the beginning')
  const [response] = await once(request, 'response')
  expect(response.statusCode).toBe(401)
  request.destroy()
  expect(room.asked).toEqual([])
})

test('the log has a line for each request, without its query', async () => {
  let json = ''
  let lines = ''
  const one = await open({ logs: 'json', logTo: { write: (text) => (json += text) } })
  const other = await open({ logs: 'lines', logTo: { write: (text) => (lines += text) } })
  for (const { url } of [one, other]) await fetch(`${url}/api/orders?email=eq.kim@example.com`)
  await wait(50)
  const entries = json
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(entries.at(-1)).toMatchObject({ msg: 'answered', method: 'GET', path: '/api/orders', status: 200 })
  expect(lines).toMatch(/200.* GET \/api\/orders \d+ ms/)
  expect(json + lines).not.toContain('kim@example.com')
})

test('the metrics count requests by method, room and class of status', async () => {
  const { url } = await open()
  await fetch(`${url}/api/orders`)
  await fetch(`${url}/api/orders`)
  await fetch(`${url}/nothing`, { method: 'DELETE' })
  await wait(50)
  const response = await fetch(`${url}/metrics`)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await response.text()
  expect(text).toContain('steward_http_requests_total{method="GET",room="/api",status="2xx"} 2\n')
  expect(text).toContain('steward_http_requests_total{method="DELETE",room="none",status="4xx"} 1\n')
  expect(text).toContain('steward_http_request_duration_seconds_bucket{room="/api",le="+Inf"} 2\n')
  expect(text).toContain('steward_http_request_duration_seconds_count{room="/api"} 2\n')
  expect(text).toMatch(/\nprocess_resident_memory_bytes \d+\n/)
  expect(text).toMatch(/\nnodejs_eventloop_lag_seconds\{quantile="0.99"\} \d/)
  for (const line of text.trim().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{[^}]*\})? [\d.e+-]+)$/)
})

test('readiness is what the owner says, and never hangs', async () => {
  let isReady: boolean | (() => Promise<boolean>) = true
  const { url } = await open({ isReady: () => (typeof isReady === 'boolean' ? isReady : isReady()) })
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  isReady = false
  expect(await refusalOf(await fetch(`${url}/readyz`))).toMatchObject({ status: 503, code: 'SERVER_NOT_READY' })
  isReady = () => Promise.reject(new Error('no database'))
  expect((await fetch(`${url}/readyz`)).status).toBe(503)
  isReady = () => new Promise(() => undefined)
  expect((await fetch(`${url}/readyz`)).status).toBe(503)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a stopping server finishes what runs, takes nothing new, and closes its rooms', async () => {
  let finish: () => void = () => undefined
  const room = echoRoom(
    ({ path }) =>
      new Promise((resolve) => {
        const answer = () => resolve({ status: 200, headers: {}, body: 'finished' })
        if (path === '/slow') finish = answer
        else answer()
      }),
  )
  const { url, port, close } = await open({ rooms: [{ prefix: '/api', room }] })
  const startedAt = performance.now()
  await fetch(`${url}/api/quick`)
  const slow = fetch(`${url}/api/slow`)
  await wait(100)
  const closed = close()
  await wait(50)
  expect(room.isClosed).toBe(false)
  await expect(fetch(`${url}/api/late`)).rejects.toThrow()
  finish()
  expect(await (await slow).text()).toBe('finished')
  await closed
  expect(performance.now() - startedAt).toBeLessThan(3000)
  expect(room.isClosed).toBe(true)
  expect(room.asked.map(({ path }) => path)).toEqual(['/quick', '/slow'])
  await expect(once(connect(port, '127.0.0.1'), 'connect')).rejects.toThrow()
})

test('what does not finish is cut off at the limit of the stop', async () => {
  const room = echoRoom(() => new Promise(() => undefined))
  const { url, close } = await open({ rooms: [{ prefix: '/api', room }], limits: { stopTimeoutMs: 300 } })
  const endless = fetch(`${url}/api`).catch((error: unknown) => error)
  await wait(100)
  const startedAt = performance.now()
  await close()
  expect(performance.now() - startedAt).toBeLessThan(2500)
  expect(await endless).toBeInstanceOf(Error)
  expect(room.isClosed).toBe(true)
})

test('a port in use, and an address of another machine, are told', async () => {
  const { port } = await open()
  await expect(open({ port })).rejects.toMatchObject({
    code: 'SERVER_PORT_TAKEN',
    message: `Port ${port} of 127.0.0.1 is in use.`,
  })
  await expect(open({ host: '192.0.2.1' })).rejects.toMatchObject({ code: 'SERVER_ADDRESS_UNUSABLE' })
})
