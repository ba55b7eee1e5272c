// Steward's own database, as somebody meets it who has set up nothing: a folder beside them, shared by their processes.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { authenticateKey } from '@steward/access'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { officeOnDemand, openOffice } from './open-office.ts'
import { capabilities } from './steward.ts'

const program = fileURLToPath(new URL('../bin/steward.js', import.meta.url))
let folder: string
let database: TestDatabase

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-office-'))
  database = await testDatabase({ name: 'office' })
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

type Ran = { code: number; stdout: string; stderr: string }

function run(words: string[], env: Record<string, string> = {}): Promise<Ran> {
  const { DATABASE_URL: _, STEWARD_DATABASE_URL: __, ...rest } = process.env
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { ...rest, STEWARD_ACTOR: 'kim', NO_COLOR: '1', ...env } }
    const child = execFile(process.execPath, [program, ...words], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

test('keys are made, listed and revoked without any database of the service, by several processes at once', async () => {
  const made = await Promise.all(
    ['one', 'two', 'three'].map((name) => run(['access', 'key', 'create', name, '--role', 'reader', '--json'])),
  )
  for (const { code, stderr } of made) expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const keys = made.map(({ stdout }) => JSON.parse(stdout))
  const { id, secret } = keys[0]
  expect(secret).toMatch(/^stw_.{8}_.{43}$/)

  const revoked = await run(['access', 'key', 'revoke', id, '--reason', 'left in a log'])
  expect(revoked).toMatchObject({ code: 0, stdout: expect.stringContaining(id) })
  const listed = JSON.parse((await run(['access', 'key', 'list', '--json'])).stdout)
  expect(listed.map(({ name }: { name: string }) => name).toSorted()).toEqual(['three', 'two'])
  const unknown = await run(['access', 'key', 'revoke', 'stw_nobody', '--json'])
  expect(unknown.code).toBe(1)
  expect(JSON.parse(unknown.stderr)).toMatchObject({ code: 'ACCESS_KEY_NOT_FOUND' })

  const office = await openOffice({ url: undefined, folder: join(folder, '.steward'), capabilities })
  try {
    expect(await authenticateKey(office.pool, secret)).toBe(null)
    expect(await authenticateKey(office.pool, keys[1].secret)).toMatchObject({ role: 'reader' })
    const [newest, oldest] = await openTrail({ pool: office.pool }).history('steward_office.access_key', id)
    expect(newest?.operation).toMatchObject({
      actor: { type: 'staff', id: 'kim' },
      procedure: 'access.revokeKey',
      reason: 'left in a log',
      source: 'cli',
    })
    expect(JSON.stringify(oldest)).not.toContain(secret.slice(13))
  } finally {
    await office.close()
  }
})

test('it may be any database, also one that is in use already', async () => {
  const env = { STEWARD_DATABASE_URL: database.url }
  expect(await run(['access', 'key', 'create', 'report', '--role', 'reader'], env)).toMatchObject({ code: 0 })
  const { rows } = await database.pool.query('SELECT name FROM steward_office.access_key')
  expect(rows).toEqual([{ name: 'report' }])
})

test('whoever shares it goes on when the process that had started it is killed', async () => {
  const shared = join(folder, 'shared')
  const { STEWARD_DATABASE_URL: _, ...env } = process.env
  const owner = spawn(process.execPath, ['--conditions=source', '--input-type=module'], { env })
  owner.stdin.end(`
    const { openOffice } = await import(${JSON.stringify(new URL('./open-office.ts', import.meta.url).href)})
    const { capabilities } = await import(${JSON.stringify(new URL('./steward.ts', import.meta.url).href)})
    await openOffice({ url: undefined, folder: ${JSON.stringify(shared)}, capabilities })
    console.log('open')
    setInterval(() => undefined, 1000)`)
  await once(owner.stdout, 'data')
  const office = officeOnDemand({ url: undefined, folder: shared, capabilities })
  try {
    const before = await office.pool()
    await before.query('CREATE TABLE kept AS SELECT 1 AS one')
    const ended = once(owner, 'exit')
    owner.kill('SIGKILL')
    await ended
    const asked = () =>
      before.query('SELECT').then(
        () => 'answers',
        () => 'is gone',
      )
    await expect.poll(asked, { timeout: 30_000 }).toBe('is gone')
    const count = async () => (await (await office.pool()).query('SELECT one FROM kept')).rowCount
    await expect.poll(() => count().catch(() => 0), { timeout: 30_000 }).toBe(1)
    expect(await office.pool()).not.toBe(before)
  } finally {
    owner.kill('SIGKILL')
    await office.close()
  }
})
