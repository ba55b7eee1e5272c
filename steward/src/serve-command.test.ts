// `steward serve` as a child process, over a real database: what it shows, whom it lets in, what it survives.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createKey, revokeKey } from '@steward/access'
import { startCluster, type TestDatabase, testDatabase } from '@steward/cluster'
import { inTransaction, openPool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openOffice } from './open-office.ts'
import { capabilities } from './steward.ts'

const program = fileURLToPath(new URL('../bin/steward.js', import.meta.url))
const children: ChildProcess[] = []
let database: TestDatabase

beforeAll(async () => {
  database = await testDatabase({ name: 'serve' })
  await database.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, status text);
    INSERT INTO orders VALUES (1, 'open'), (2, 'paid');
    CREATE SCHEMA personal;
    CREATE TABLE personal.notes (id int PRIMARY KEY);
    CREATE SCHEMA empty;
    -- A role that every server has: one of our own would outlive the test.
    GRANT SELECT ON orders TO pg_monitor`)
  const trail = openTrail({ pool: database.pool })
  await trail.install()
  await trail.track(['orders'])
})
afterEach(async () => {
  for (const child of children.splice(0)) await end(child, 'SIGKILL')
})
afterAll(() => database.drop())

type Environment = Record<string, string>

function environment(more: Environment = {}): NodeJS.ProcessEnv {
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    STEWARD_ACTOR: 'kim',
    NO_COLOR: '1',
    STEWARD_DATABASE_URL: database.url,
    ...more,
  }
  return Object.fromEntries(Object.entries(env).filter(([name]) => name in more || name !== 'STEWARD_API_KEY'))
}

/** Serves, and answers when it says where. */
async function serve(words: string[] = [], more: Environment = {}) {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', ...words], { env: environment(more) })
  children.push(child)
  const said = { out: '', error: '' }
  child.stderr.on('data', (text: Buffer) => {
    said.error += text.toString()
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      said.out += text.toString()
      const [, address] = /Steward serves .* at (http:\S+)\n[\s\S]*Ctrl-C/.exec(said.out) ?? []
      if (address !== undefined) resolve(address)
    })
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said.out}${said.error}`)))
  })
  return { child, url, said }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
  return child.exitCode
}

/** What refuses to start: its exit code and its error. */
function refusal(words: string[], more: Environment = {}) {
  return new Promise<Record<string, unknown>>((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [program, 'serve', ...words, '--json'],
      { env: environment(more), timeout: 30_000 },
      (_error, _stdout, stderr) => {
        try {
          resolve({ exitCode: child.exitCode, ...JSON.parse(stderr) })
        } catch (cause) {
          reject(new Error(`no refusal: ${stderr}`, { cause }))
        }
      },
    )
  })
}

test('it says where it is, its example works, and SIGTERM stops it well', async () => {
  const { child, url, said } = await serve()
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/api$/)
  expect(said.out).toContain('(public, personal)')
  const [, example = ''] = /curl '([^']+)'/.exec(said.out) ?? []
  expect(example).toBe(`${url}/orders?limit=3`)
  const response = await fetch(example)
  expect([response.status, await response.json()]).toEqual([
    200,
    [
      { id: 1, status: 'open' },
      { id: 2, status: 'paid' },
    ],
  ])
  expect((await fetch(`${url}/notes`, { headers: { 'accept-profile': 'personal' } })).status).toBe(200)
  const ready = await fetch(new URL('/readyz', url))
  expect(await ready.json()).toEqual({ status: 'ready' })
  expect(await end(child, 'SIGTERM')).toBe(0)
  expect(said.out).toContain('Stopping')
  expect(said.error).toBe('')
  expect(said.out).toMatch(/200 GET \/api\/orders \d+ ms staff:kim/)
})

test('what is written carries the person and the reason into the trail', async () => {
  const { url } = await serve()
  const change = { method: 'PATCH', body: '{"status":"refunded"}', headers: { 'content-type': 'application/json' } }
  expect((await fetch(`${url}/orders?id=eq.2`, change)).status).toBe(428)
  const headers = { ...change.headers, 'steward-reason': 'TICKET-42', 'x-request-id': 'ticket-42' }
  expect((await fetch(`${url}/orders?id=eq.2`, { ...change, headers })).status).toBe(204)
  const [newest] = await openTrail({ pool: database.pool }).history('orders', '2')
  expect(newest?.operation).toMatchObject({
    actor: { type: 'staff', id: 'kim' },
    reason: 'TICKET-42',
    requestId: 'ticket-42',
  })
})

test('without a key no page of somebody else gets in', async () => {
  const { url } = await serve()
  const response = await fetch(`${url}/orders`, { headers: { origin: 'https://evil.example' } })
  expect(response.status).toBe(403)
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
})

test('the dialect of others stands at the root, acts as the named role, and any page may ask', async () => {
  const { url, said } = await serve(['--compat', 'postgrest', '--anonymous-role', 'pg_monitor', '--schemas', 'public'])
  expect(new URL(url).pathname).toBe('/')
  expect(said.out).toContain('(public)')
  const response = await fetch(new URL('/orders?select=id', url), { headers: { origin: 'https://app.example' } })
  expect([response.status, await response.json()]).toEqual([200, [{ id: 1 }, { id: 2 }]])
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
  expect(response.headers.get('content-range')).toBe('0-1/*')
  const change = { method: 'DELETE', headers: { prefer: 'return=minimal' } }
  expect((await fetch(new URL('/orders?id=eq.1', url), change)).status).toBe(401)
  expect((await fetch(new URL('/notes', url))).status).toBe(404)
  expect(await (await fetch(new URL('/orders?select=count()', url))).json()).toEqual([{ count: 2 }])
  const strict = await serve(['--compat', 'postgrest', '--anonymous-role', 'pg_monitor', '--aggregates', 'refuse'])
  expect(await (await fetch(new URL('/orders?select=count()', strict.url))).json()).toMatchObject({ code: 'PGRST123' })
})

test('with a key, everybody needs it', async () => {
  const { url, said } = await serve(['--host', '0.0.0.0'], { STEWARD_API_KEY: 'correct-horse-battery' })
  expect(said.out).toContain('-H "Authorization: Bearer $STEWARD_API_KEY"')
  const asked = await fetch(`${url}/orders`)
  expect([asked.status, await asked.json()]).toMatchObject([401, { code: 'SERVER_KEY_REQUIRED' }])
  const headers = { authorization: 'Bearer correct-horse-battery' }
  expect((await fetch(`${url}/orders`, { headers })).status).toBe(200)
  expect((await fetch(`${url}/orders`, { headers: { authorization: 'Bearer correct-horse' } })).status).toBe(401)
  expect(said.out + said.error).not.toContain('correct-horse')
})

test('a key of the office opens the door for its role, and no longer once it is revoked', async () => {
  const pool = (await openOffice({ url: database.url, folder: '', capabilities })).pool
  const make = (role: 'admin' | 'reader') =>
    inTransaction(pool, {}, (transaction) =>
      createKey(transaction, { name: role, role, days: 1, by: { type: 'staff', id: 'kim' } }),
    )
  const [admin, reader] = [await make('admin'), await make('reader')]
  const { url } = await serve(['--host', '0.0.0.0'])
  const ask = (secret: string, method = 'GET') =>
    fetch(`${url}/orders?id=eq.2`, {
      method,
      headers: { authorization: `Bearer ${secret}`, 'steward-reason': 'TICKET-43', 'content-type': 'application/json' },
      ...(method === 'GET' ? {} : { body: '{"status":"closed"}' }),
    })
  expect((await ask(reader.secret)).status).toBe(200)
  const refused = await ask(reader.secret, 'PATCH')
  expect([refused.status, await refused.json()]).toMatchObject([403, { code: 'ENTITIES_WRITE_NOT_ALLOWED' }])
  expect((await ask(admin.secret, 'PATCH')).status).toBe(204)
  const [newest] = await openTrail({ pool }).history('orders', 2)
  expect(newest?.operation.actor).toEqual({ type: 'service', id: admin.id, name: 'admin' })

  await inTransaction(pool, {}, (transaction) => revokeKey(transaction, reader.id))
  expect((await ask(reader.secret)).status).toBe(401)
  expect((await fetch(`${url}/orders`)).status).toBe(401)
  await inTransaction(pool, {}, (transaction) => revokeKey(transaction, admin.id))
  await pool.end()
})

test('it is never open to the network by accident', async () => {
  for (const host of ['0.0.0.0', '::', '10.1.2.3', 'shop.example.com']) {
    expect(await refusal(['--host', host]), host).toMatchObject({
      exitCode: 1,
      code: 'SERVE_KEY_MISSING',
      hint: expect.stringContaining('STEWARD_API_KEY'),
    })
  }
  expect(await refusal(['--host', '0.0.0.0', '--compat', 'postgrest'], { STEWARD_API_KEY: ' ' })).toMatchObject({
    code: 'SERVE_KEY_MISSING',
  })
})

test('what it cannot start with is told, with what to do', async () => {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number }
  expect(await refusal(['--port', String(port)])).toMatchObject({
    exitCode: 1,
    code: 'SERVER_PORT_TAKEN',
    message: `Port ${port} of 127.0.0.1 is in use.`,
  })
  listener.close()
  expect(await refusal(['--database-url', `postgres://127.0.0.1:${port}/shop`])).toMatchObject({
    exitCode: 1,
    code: 'POSTGRES_CONNECTION_FAILED',
    hint: expect.any(String),
  })
  expect(await refusal(['--schemas', 'public,nothing'])).toMatchObject({ exitCode: 1, code: 'SERVE_SCHEMA_UNKNOWN' })
  const unknownRole = ['--compat', 'postgrest', '--anonymous-role', 'no_such_role']
  expect(await refusal(unknownRole)).toMatchObject({ exitCode: 1, code: 'SERVE_ROLE_UNKNOWN' })
  for (const words of [
    ['--port', 'http'],
    ['--port', '99999'],
    ['--max-rows', '-1'],
    ['--tx', 'maybe'],
    ['--compat', 'rest'],
    ['--anonymous-role', 'web_anon'],
  ]) {
    expect(await refusal(words), words.join(' ')).toMatchObject({ exitCode: 2, code: 'CLI_USAGE' })
  }
})

test('for machines the log is one document a line, and nothing else', async () => {
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--json-logs'], { env: environment() })
  children.push(child)
  let out = ''
  const isThere = new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString()
      const [, address] = /"msg":"Listening at ([^"]+)"/.exec(out) ?? []
      if (address !== undefined) resolve(address)
    })
  })
  await fetch(`${await isThere}/api/orders`)
  expect(await end(child, 'SIGINT')).toBe(0)
  const entries = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(entries).toContainEqual(expect.objectContaining({ msg: 'answered', status: 200, path: '/api/orders' }))
})

test('a database that restarts is 503 for seconds, and then served again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'steward-serve-'))
  const first = await startCluster({ folder: join(folder, 'data') })
  const { port, urlOf } = first
  let running: Pick<typeof first, 'stop'> = first
  try {
    const pool = openPool(urlOf('postgres'))
    await pool.query('CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)')
    await pool.end()
    const { url, child } = await serve([], { DATABASE_URL: urlOf('postgres') })
    expect((await fetch(`${url}/orders`)).status).toBe(200)
    await first.stop({ mode: 'immediate' })
    const down = await fetch(`${url}/orders`)
    expect(down.status).toBe(503)
    expect(Object.keys((await down.json()) as object)).toEqual(['code', 'message', 'details', 'hint'])
    expect((await fetch(new URL('/readyz', url))).status).toBe(503)
    expect((await fetch(new URL('/healthz', url))).status).toBe(200)
    running = await startCluster({ folder: join(folder, 'data'), port })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 100 && statuses.at(-1) !== 200; attempt++) {
      statuses.push((await fetch(`${url}/orders`)).status)
      await wait(100)
    }
    expect(statuses.at(-1)).toBe(200)
    expect(new Set(statuses.slice(0, -1))).not.toContain(500)
    expect((await fetch(new URL('/readyz', url))).status).toBe(200)
    expect(await end(child, 'SIGTERM')).toBe(0)
  } finally {
    await running.stop()
    await rm(folder, { recursive: true, force: true })
  }
})
