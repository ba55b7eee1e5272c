// Files on the web: which are handed out, under which headers, and that no address leads to another file.
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openServer, type Server } from './open-server.ts'
import { openStaticRoom } from './static-room.ts'

const script = `console.log(${JSON.stringify('x'.repeat(3000))})\n`
const document = '<!doctype html><base href="__STEWARD_BASE__"><meta nonce="__STEWARD_NONCE__">\n'
let root = ''
let folder = ''
let server: Server
const recorded: string[] = []

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'steward-static-'))
  folder = join(root, 'web')
  await build(folder, document)
  await writeFile(join(root, 'secret.txt'), 'secret')
  await symlink(join(root, 'secret.txt'), join(folder, 'linked.txt'))
  server = await openServer({
    rooms: [
      { prefix: '/', room: openStaticRoom({ folder: async () => folder }), isPublic: true, isQuiet: true },
      {
        prefix: '/api',
        room: { answer: async () => ({ status: 204, headers: {}, body: null }), close: async () => {} },
      },
    ],
    recordCall: ({ path }) => recorded.push(path),
  })
})
afterAll(async () => {
  await server?.close()
  await rm(root, { recursive: true, force: true })
})

async function build(target: string, html: string): Promise<void> {
  await mkdir(join(target, 'assets'), { recursive: true })
  await writeFile(join(target, 'index.html'), html)
  await writeFile(join(target, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(target, 'assets', 'main-abc.js'), script)
}

type Got = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer }

/** As it is written: `fetch` would tidy the path up before it is sent. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: server.port, path, headers, method }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

test('every address without a file is the document, with a nonce that is never the same and never kept', async () => {
  const answers = await Promise.all(
    ['/', '/entities/orders/1', '/entities/customers/kim%40acme.co.kr', '/index.html'].map((path) => ask(path)),
  )
  const nonces = answers.map(({ status, headers, body }) => {
    const nonce = /nonce="([^"]+)"/.exec(body.toString())?.[1] ?? ''
    expect(status).toBe(200)
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['etag']).toBeUndefined()
    expect(Buffer.from(nonce, 'base64')).toHaveLength(16)
    return nonce
  })
  expect(new Set(nonces).size).toBe(4)
})

test('an asset is kept for ever and asked for once; what is beside the assets is asked for anew', async () => {
  const asset = await ask('/assets/main-abc.js')
  expect(asset.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept-Encoding',
  })
  expect(asset.body.toString()).toBe(script)
  const again = await ask('/assets/main-abc.js', { 'if-none-match': `W/"other", ${String(asset.headers['etag'])}` })
  expect([again.status, again.body.length]).toEqual([304, 0])
  const icon = await ask('/icon.svg')
  expect([icon.headers['content-type'], icon.headers['cache-control']]).toEqual([
    'image/svg+xml; charset=utf-8',
    'no-cache',
  ])
})

test('a file is compressed as the client takes it, and each form has a tag of its own', async () => {
  const [plain, zipped, brotli] = await Promise.all([
    ask('/assets/main-abc.js', { 'accept-encoding': 'br;q=0, identity' }),
    ask('/assets/main-abc.js', { 'accept-encoding': 'deflate, gzip;q=0.8' }),
    ask('/assets/main-abc.js', { 'accept-encoding': 'gzip, deflate, br' }),
  ])
  expect([plain, zipped, brotli].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'gzip', 'br'])
  expect(gunzipSync(zipped.body).toString()).toBe(script)
  expect(brotliDecompressSync(brotli.body).toString()).toBe(script)
  expect(Number(brotli.headers['content-length'])).toBe(brotli.body.length)
  expect(new Set([plain, zipped, brotli].map(({ headers }) => headers['etag'])).size).toBe(3)
})

test('no address leads out of the folder', async () => {
  const paths = [
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '//secret.txt',
    '/linked.txt',
    '/%00',
    '/%ff',
    '/assets\\..\\..\\secret.txt',
    `/${root.slice(1)}/secret.txt`,
  ]
  for (const path of paths) {
    const { body, status } = await ask(path)
    expect(body.toString(), path).not.toBe('secret')
    expect([200, 404], path).toContain(status)
  }
})

test('an asset that is not there is an error in JSON, and nothing but reading is answered', async () => {
  const missing = await ask('/assets/gone-def.js')
  expect([missing.status, JSON.parse(missing.body.toString())]).toMatchObject([404, { code: 'SERVER_NOT_FOUND' }])
  expect(missing.headers['cache-control']).toBe('no-store')
  const post = await ask('/', {}, 'POST')
  expect([post.status, post.headers['allow']]).toEqual([405, 'GET, HEAD'])
  const head = await ask('/assets/main-abc.js', {}, 'HEAD')
  expect([head.status, head.body.length]).toEqual([200, 0])
})

test('rooms with a prefix come first, and files stand in no log of calls', async () => {
  expect((await ask('/api/orders')).status).toBe(204)
  await ask('/assets/main-abc.js')
  expect(recorded.every((path) => path.startsWith('/api'))).toBe(true)
  expect(recorded.length).toBeGreaterThan(0)
})

test('the document says below which path it lies', async () => {
  const room = openStaticRoom({ folder: async () => folder, base: '/ops/"steward"/' })
  const { body } = await room.answer({ ...nobody, method: 'GET', path: '/' })
  expect(body).toContain('<base href="/ops/&quot;steward&quot;/">')
  const odd = openStaticRoom({ folder: async () => folder, base: "/a$'b/" })
  expect((await odd.answer({ ...nobody, method: 'GET', path: '/' })).body).toContain(`<base href="/a$'b/">`)
})

test('a new build shows with the next document, pages of the one before go on, and a missing folder is no end', async () => {
  const told: unknown[] = []
  let current = join(root, 'later')
  const room = openStaticRoom({ folder: async () => current, onError: (error) => told.push(error) })
  expect((await room.answer({ ...nobody, method: 'GET', path: '/' })).status).toBe(500)
  expect(told).toHaveLength(1)
  await build(join(root, 'unfinished'), 'first')
  await rename(join(root, 'unfinished'), current)
  expect((await room.answer({ ...nobody, method: 'GET', path: '/' })).body).toBe('first')
  current = join(root, 'second')
  await build(current, 'second')
  await rename(join(current, 'assets', 'main-abc.js'), join(current, 'assets', 'main-def.js'))
  expect((await room.answer({ ...nobody, method: 'GET', path: '/' })).body).toBe('second')
  for (const path of ['/assets/main-abc.js', '/assets/main-def.js']) {
    expect((await room.answer({ ...nobody, method: 'GET', path })).status, path).toBe(200)
  }
})

const nobody = { query: '', headers: {}, body: null, requestId: 'r-1', actor: null, role: null, key: null }
