// `steward doctor` as a child process: what it finds, what it calls an error, and that it changes nothing.
import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createKey } from '@steward/access'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { inTransaction } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Finding } from './finding.ts'
import { openOffice } from './open-office.ts'
import { capabilities } from './steward.ts'

const program = fileURLToPath(new URL('../bin/steward.js', import.meta.url))
let database: TestDatabase
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-doctor-'))
  database = await testDatabase({ name: 'doctor' })
  await database.pool.query('CREATE TABLE orders (id int PRIMARY KEY, email text); CREATE TABLE log (line text)')
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
  await database.drop()
})

type Ran = { code: number; stdout: string; stderr: string }

function run(words: string[], env: Record<string, string> = {}): Promise<Ran> {
  const { DATABASE_URL: _, STEWARD_DATABASE_URL: __, ...rest } = process.env
  return new Promise((resolve) => {
    const options = { env: { ...rest, NO_COLOR: '1', STEWARD_ACTOR: 'kim', ...env }, cwd: folder }
    const child = execFile(process.execPath, [program, 'doctor', ...words], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

async function diagnose(env: Record<string, string> = { DATABASE_URL: database.url }) {
  const { code, stdout, stderr } = await run(['--json'], env)
  expect(stderr).toBe('')
  const diagnosis = JSON.parse(stdout)
  const findings = diagnosis.findings as Finding[]
  for (const { message, hint } of findings) expect([message, hint]).not.toContain('')
  expect(diagnosis.healthy).toBe(code === 0)
  return { ...diagnosis, code, kinds: findings.map(({ level, kind }) => `${level} ${kind}`) }
}

test('a database that is served for the first time: advice, no error, and nothing is made', async () => {
  const { code, kinds, database: facts, trail, configuration, office } = await diagnose()
  expect(code).toBe(0)
  expect(kinds).toEqual(
    expect.arrayContaining([
      'warning no-key',
      'warning trail-not-installed',
      'warning statement-timeout',
      'note superuser',
      'note idle-timeout',
      'note no-configuration',
    ]),
  )
  expect(facts).toMatchObject({ version: expect.stringMatching(/^\d+/), isReplica: false, entities: 2 })
  expect([trail, configuration]).toEqual([
    { installed: false },
    { file: null, roles: ['reader', 'admin'], procedures: [] },
  ])
  expect(office).toEqual({ place: join('.steward', 'office'), isThere: false, keys: 0, people: 0 })
  expect(await readdir(folder)).toEqual([])
  const { rows } = await database.pool.query("SELECT FROM pg_namespace WHERE nspname ~ '^steward'")
  expect(rows).toEqual([])
})

test('what is set right is no finding any more', async () => {
  const trail = openTrail({ pool: database.pool })
  await trail.install()
  await trail.track(['orders'])
  await trail.maintain()
  const name = new URL(database.url).pathname.slice(1)
  await database.pool.query(`
    DROP TABLE log;
    ALTER DATABASE "${name}" SET statement_timeout = '30s';
    ALTER DATABASE "${name}" SET idle_in_transaction_session_timeout = '60s'`)
  const { code, kinds } = await diagnose()
  expect(code).toBe(0)
  expect(kinds.filter((kind: string) => !kind.startsWith('note'))).toEqual([])
})

test('a trail that has been switched off is an error', async () => {
  const trail = openTrail({ pool: database.pool })
  await trail.install()
  await trail.track(['orders'])
  await database.pool.query('ALTER TABLE orders DISABLE TRIGGER USER')
  const { code, kinds } = await diagnose()
  expect(code).toBe(1)
  expect(kinds).toContain('error trail-disabled')
})

test('masks that point nowhere, keys that are about to expire, roles that nobody has or nobody wrote', async () => {
  await writeFile(
    join(folder, 'steward.config.ts'),
    `export default { roles: { cx: { entities: { orders: { read: true, mask: ['mail'] } } }, ops: {} } }`,
  )
  const office = await openOffice({ url: database.url, folder: 'unused', capabilities })
  for (const [role, days] of [
    ['cx', 3],
    ['gone', 90],
    ['reader', 90],
  ] as const) {
    const order = { name: role, role, days, by: { type: 'staff', id: 'kim' } as const }
    await inTransaction(office.pool, {}, (transaction) => createKey(transaction, order))
  }
  await office.close()
  const {
    code,
    kinds,
    findings,
    office: facts,
  } = await diagnose({
    DATABASE_URL: database.url,
    STEWARD_DATABASE_URL: database.url,
  })
  expect(code).toBe(1)
  expect(kinds.slice(0, 2).sort()).toEqual(['error mask-nowhere', 'error unknown-role'])
  expect(findings.find(({ kind }: Finding) => kind === 'key-expires').message).toMatch(/\("cx"\) expires in 3 days/)
  expect(kinds.filter((kind: string) => kind === 'warning key-expires')).toHaveLength(1)
  expect(findings.filter(({ kind }: Finding) => kind === 'role-unused')).toMatchObject([{ subject: 'ops' }])
  expect(facts).toMatchObject({ place: 'STEWARD_DATABASE_URL', isThere: true, keys: 3 })
})

test('without a database, with a broken configuration and an office that is away it says each', async () => {
  await writeFile(join(folder, 'steward.config.ts'), 'export default { roels: {} }')
  const { code, kinds } = await diagnose({ STEWARD_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
  expect([code, kinds]).toEqual([1, ['error database', 'error configuration', 'error office']])
  const { kinds: more } = await diagnose({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' })
  expect(more).toEqual(['error database', 'error configuration'])
})

test('for people it is a table of what to do', async () => {
  const { code, stdout, stderr } = await run([], { DATABASE_URL: database.url })
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toMatch(/Findings[\s\S]*warning {2}The trail is not installed\. +steward trail install/)
})
