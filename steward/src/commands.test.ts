// Every command of the trail as a child process: the shapes that others script against.
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../bin/steward.js', import.meta.url))
const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/)
let database: TestDatabase
let started: string

type Ran = { code: number; stdout: string; stderr: string }

function run(...words: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: database.url, STEWARD_ACTOR: 'kim', NO_COLOR: '1' }
    const child = execFile(process.execPath, [program, ...words], { env }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}

async function json(...words: string[]) {
  const { code, stdout, stderr } = await run(...words, '--json')
  expect({ code, stderr }, words.join(' ')).toEqual({ code: 0, stderr: '' })
  expect(stdout.endsWith('\n')).toBe(true)
  return JSON.parse(stdout)
}

async function refusal(...words: string[]) {
  const { code, stdout, stderr } = await run(...words, '--json')
  expect(stdout).toBe('')
  const failure = JSON.parse(stderr)
  expect(Object.keys(failure)).toEqual(['code', 'message', 'details', 'hint'])
  expect(failure.hint, failure.code).toBeTruthy()
  return { exitCode: code, ...failure }
}

beforeAll(async () => {
  database = await testDatabase({ name: 'commands' })
  await database.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, status text, total numeric);
    CREATE TABLE order_items (order_id int REFERENCES orders ON DELETE CASCADE, line int, product text, PRIMARY KEY (order_id, line));
    CREATE TABLE sessions (id int PRIMARY KEY);
    CREATE SCHEMA sales;
    CREATE TABLE sales.invoice (number text PRIMARY KEY)`)
  started = new Date(Date.now() - 1000).toISOString()
})

afterAll(() => database.drop())

test('before the installation, status says so and everything else names the command that mends it', async () => {
  expect(await json('trail', 'status')).toEqual({ installed: false, version: null, tables: [] })
  for (const words of [
    ['history', 'orders', '1'],
    ['track', 'orders'],
    ['mark', 'x'],
  ]) {
    expect(await refusal('trail', ...words)).toMatchObject({
      exitCode: 1,
      code: 'TRAIL_NOT_INSTALLED',
      hint: expect.stringContaining('steward trail install'),
    })
  }
})

test('install prepares the database, as a dry run nothing, and a second time nothing', async () => {
  const planned = await json('trail', 'install', '--dry-run')
  expect(planned.applied.length).toBeGreaterThan(0)
  expect((await json('trail', 'status')).installed).toBe(false)
  expect(await json('trail', 'install')).toMatchObject({ installed: true, applied: planned.applied })
  expect(await json('trail', 'install')).toMatchObject({ installed: true, applied: [] })
})

test('what the installation cannot promise names tables by their whole names', async () => {
  const names = Array.from({ length: 9 }, (_, index) => `rather_long_name_of_a_table_${index}`)
  await database.pool.query(names.map((name) => `CREATE TABLE ${name} (id int PRIMARY KEY)`).join(';'))
  const { warnings } = await json('trail', 'install')
  await database.pool.query(`DROP TABLE ${names.join(', ')}`)
  expect(warnings.join('\n')).toContain('rather_long_name_of_a_table_4, …)')
})

test('track, untrack and status', async () => {
  await json('trail', 'track', 'orders', 'order_items', '--truncate', 'capture')
  await json('trail', 'track', 'sessions', '--mode', 'bulk')
  await json('trail', 'untrack', 'sessions')
  await json('trail', 'track', '--all', '--schema', 'sales', '--dry-run')
  const status = await json('trail', 'status')
  expect(Object.keys(status)).toEqual(['installed', 'version', 'tables'])
  expect(status.tables).toEqual([
    { entity: 'order_items', tracked: true, since: instant, mode: 'row', problems: [] },
    { entity: 'orders', tracked: true, since: instant, mode: 'row', problems: [] },
    { entity: 'sessions', tracked: false, since: null, mode: null, problems: [] },
    { entity: 'sales.invoice', tracked: false, since: null, mode: null, problems: [] },
  ])
  expect(await refusal('trail', 'track')).toMatchObject({ exitCode: 2 })
  expect(await refusal('trail', 'track', 'ordres')).toMatchObject({
    exitCode: 1,
    code: 'TRAIL_UNKNOWN_ENTITY',
    hint: expect.stringContaining('orders'),
  })
})

test('a bare UPDATE in psql is in the history, to the last digit', async () => {
  await database.pool.query(
    "INSERT INTO orders VALUES (1042, 'placed', 12.50); INSERT INTO order_items VALUES (1042, 1, '녹차')",
  )
  await json('trail', 'mark', 'before-the-mistake')
  await database.pool.query(
    "SELECT steward.act_as('lee', 'TICKET-7'); UPDATE orders SET status = 'paid', total = 12345678901234567890.00 WHERE id = 1042",
  )
  const { stdout } = await run('trail', 'history', 'orders', '1042', '--json')
  expect(stdout).toContain('"total":12345678901234567890.00')
  const history = JSON.parse(stdout)
  expect(history).toEqual([
    {
      id: expect.stringMatching(/^\d+$/),
      kind: 'update',
      entity: 'orders',
      key: { id: 1042 },
      before: { status: 'placed', total: 12.5 },
      after: { status: 'paid', total: expect.any(Number) },
      at: instant,
      imported: false,
      operation: {
        id: uuid,
        actor: { type: 'staff', id: 'lee', name: null },
        procedure: 'sql',
        params: null,
        reason: 'TICKET-7',
        source: 'sql',
        requestId: null,
        at: instant,
      },
    },
    expect.objectContaining({ kind: 'insert', before: null, after: { id: 1042, status: 'placed', total: 12.5 } }),
  ])
  expect(await json('trail', 'history', 'orders', 'id=1042', '--limit', '1')).toHaveLength(1)
  expect(await json('trail', 'history', 'orders', '{"id":1042}', '--before', history[0].id)).toHaveLength(1)
  expect(await json('trail', 'history', 'order_items', 'order_id=1042,line=1')).toHaveLength(1)
  expect((await run('trail', 'history', 'orders', '1042')).stdout).toMatch(/staff lee[\s\S]*status {2}placed → paid/)
})

test('at and table show what was', async () => {
  expect(await json('trail', 'at', 'orders', '1042', 'before-the-mistake')).toEqual({
    record: { id: 1042, status: 'placed', total: 12.5 },
    asOf: instant,
    exact: true,
  })
  const table = await json('trail', 'table', 'orders', 'before-the-mistake', '--filter', 'id=1042')
  expect(table).toMatchObject({ records: [{ id: 1042, status: 'placed' }], exact: true })
  expect(await refusal('trail', 'at', 'orders', '1042', '2001-01-01')).toMatchObject({ exitCode: 1 })
})

test('operations are found, and one is shown with its changes', async () => {
  const { operations, next } = await json(
    'trail',
    'operations',
    '--actor',
    'lee',
    '--entity',
    'orders',
    '--key',
    '1042',
    '--source',
    'sql',
  )
  expect(operations).toHaveLength(1)
  expect(next).toBeNull()
  expect(operations[0]).toMatchObject({
    id: uuid,
    actor: { type: 'staff', id: 'lee' },
    procedure: 'sql',
    reason: 'TICKET-7',
  })
  const { operation, changes } = await json('trail', 'operation', operations[0].id)
  expect(operation).toMatchObject({ id: operations[0].id, at: instant })
  expect(changes).toMatchObject([{ kind: 'update', entity: 'orders', key: { id: 1042 } }])
  const first = await json('trail', 'operations', '--limit', '1')
  expect(first.next).toEqual(expect.any(String))
  const second = await json('trail', 'operations', '--limit', '1', '--after', first.next)
  expect(second.operations[0].id).not.toBe(first.operations[0].id)
})

test('commands leave operations of their own: the actor, procedure and source of the command line', async () => {
  const { operations } = await json('trail', 'operations', '--procedure', 'trail.mark')
  expect(operations).toMatchObject([
    {
      actor: { type: 'staff', id: 'kim' },
      procedure: 'trail.mark',
      params: { name: 'before-the-mistake' },
      source: 'cli',
    },
  ])
})

test('blast, impact and activity', async () => {
  const blast = await json(
    'trail',
    'blast',
    '--procedure',
    'sql',
    '--from',
    started,
    '--to',
    new Date(Date.now() + 1000).toISOString(),
  )
  expect(Object.keys(blast).sort()).toEqual(['entities', 'operations'])
  expect(blast.entities.find(({ entity }: { entity: string }) => entity === 'orders')).toMatchObject({
    entity: 'orders',
    records: 1,
    changes: 2,
    columns: expect.anything(),
    sample: expect.any(Array),
  })
  expect(JSON.stringify(await json('trail', 'impact'))).toContain('"orders"')
  expect(JSON.stringify(await json('trail', 'activity', '--by', 'procedure', '--every', 'day'))).toContain('"sql"')
  expect(await refusal('trail', 'activity', '--by', 'mood', '--every', 'day')).toMatchObject({ exitCode: 2 })
})

test('revert: dry run, refusal for a conflict, for real, and back again', async () => {
  const [{ operation }] = await json('trail', 'history', 'orders', '1042', '--limit', '1')
  const target = ['trail', 'revert', '--operation', operation.id]
  const planned = await json(...target, '--dry-run')
  expect(planned).toMatchObject({
    plan: {
      rows: [
        {
          entity: 'orders',
          key: { id: 1042 },
          kind: 'update',
          before: { status: 'paid' },
          after: { status: 'placed' },
        },
      ],
      conflicts: [],
    },
    applied: false,
  })
  expect(await refusal(...target)).toMatchObject({ exitCode: 2, code: 'ENGINE_REASON_REQUIRED' })

  await database.pool.query("UPDATE orders SET status = 'shipped' WHERE id = 1042")
  expect(await refusal(...target, '--reason', 'x')).toMatchObject({ exitCode: 1 })
  const conflicted = await json(...target, '--dry-run')
  expect(conflicted.plan.conflicts).toMatchObject([
    { entity: 'orders', key: { id: 1042 }, column: 'status', wrote: 'paid', now: 'shipped' },
  ])
  expect(Object.keys(conflicted.plan.conflicts[0]).sort()).toEqual([
    'by',
    'column',
    'entity',
    'key',
    'now',
    'reason',
    'wrote',
  ])

  const done = await json(...target, '--reason', 'TICKET-42', '--on-conflict', 'force')
  expect(done).toMatchObject({ applied: true })
  const [latest] = await json('trail', 'history', 'orders', '1042', '--limit', '1')
  expect(latest).toMatchObject({
    after: { status: 'placed' },
    operation: { procedure: 'trail.revert', reason: 'TICKET-42', source: 'cli', actor: { type: 'staff', id: 'kim' } },
  })
  const shown = await json('trail', 'operation', latest.operation.id)
  expect(shown.operation).toMatchObject({ reverts: operation.id })

  const back = await json(
    'trail',
    'revert',
    '--entity',
    'orders',
    '--key',
    '1042',
    '--to',
    'before-the-mistake',
    '--reason',
    'all of it',
    '--on-conflict',
    'force',
  )
  expect(back.plan).toBeDefined()
  expect(await refusal('trail', 'revert', '--entity', 'orders', '--reason', 'x')).toMatchObject({ exitCode: 2 })
})

test('stamp, maintain, doctor and harden', async () => {
  await json('trail', 'stamp', 'orders')
  const { rows } = await database.pool.query('SELECT version FROM orders WHERE id = 1042')
  expect(Number(rows[0].version)).toBeGreaterThan(0)
  await json('trail', 'maintain')
  expect(await json('trail', 'operations', '--procedure', 'trail.maintain')).toEqual({ operations: [], next: null })
  expect(await json('trail', 'doctor')).toBeDefined()
  expect(await json('trail', 'harden', '--print')).toMatchObject({ sql: expect.stringContaining('GRANT') })
  expect((await run('trail', 'harden', '--print')).stdout).toContain('BEGIN;')
  expect(await refusal('trail', 'harden')).toMatchObject({ exitCode: 2 })
})

test('import brings history from elsewhere, flagged', async () => {
  const file = join(tmpdir(), `steward-import-${process.pid}.ndjson`)
  const change = {
    id: '1',
    kind: 'insert',
    entity: 'orders',
    key: { id: 7 },
    before: null,
    after: { id: 7, status: 'old' },
    at: '2020-01-01T00:00:00Z',
    imported: false,
    operation: {
      id: '01690000-0000-7000-8000-000000000000',
      actor: { type: 'user', id: 'old-system' },
      procedure: 'legacy',
      params: null,
      reason: null,
      source: 'app',
      requestId: null,
      at: '2020-01-01T00:00:00Z',
    },
  }
  await writeFile(file, `${JSON.stringify(change)}\n`)
  await json('trail', 'import', file)
  expect(await json('trail', 'history', 'orders', '7')).toMatchObject([
    { imported: true, after: { id: 7, status: 'old' } },
  ])
})

test('a group of commands that nobody described says what is in it', async () => {
  expect((await run('access', '--help')).stdout).toMatch(/^ {2}key +create, list, revoke$/m)
})

test('help lists the commands with what they do', async () => {
  const { stdout } = await run('trail', '--help')
  for (const word of [
    'install',
    'maintain',
    'doctor',
    'harden',
    'track',
    'untrack',
    'stamp',
    'status',
    'history',
    'at',
    'table',
    'operation',
    'operations',
    'blast',
    'impact',
    'activity',
    'revert',
    'import',
    'mark',
  ]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${word} `, 'm'))
  }
  expect((await run('trail', 'histroy')).stderr).toContain('Did you mean history?')
})
