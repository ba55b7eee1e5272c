// The SDK as a team gets it: installed from its tarball into an empty folder, typed from a database, reading from `steward serve`.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repositoryRoot } from '../repository/root.ts'
import { type Finished, run } from '../repository/run.ts'
import { pack } from './pack.ts'

const program = join(repositoryRoot, 'steward', 'bin', 'steward.js')
let folder = ''
let database: TestDatabase
let serving: ChildProcess | undefined

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'steward-sdk-installed-'))
  database = await testDatabase({ name: 'sdk_installed' })
  await database.pool.query(`
    CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL);
    CREATE TABLE orders (id int PRIMARY KEY, status text NOT NULL, customer_id int NOT NULL REFERENCES customer);
    INSERT INTO customer VALUES (7, 'Kim');
    INSERT INTO orders VALUES (1042, 'paid', 7)`)
  const tarballs = await pack(repositoryRoot, {
    target: join(folder, 'packs'),
    names: ['@steward/base', '@steward/sdk'],
  })
  writeFileSync(join(folder, 'package.json'), '{"type":"module","private":true}')
  const files = tarballs.map(({ file }) => file)
  succeed(await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...files], { folder }))
}, 300_000)
afterAll(async () => {
  if (serving !== undefined && serving.exitCode === null) {
    const ended = once(serving, 'exit')
    serving.kill('SIGKILL')
    await ended
  }
  await database?.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('it brings base and postgrest-js along, and nothing of a server', () => {
  expect(readdirSync(join(folder, 'node_modules', '@steward')).toSorted()).toEqual(['base', 'sdk'])
  const others = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))
  expect(others.toSorted()).toEqual(['@steward', '@supabase', 'tslib', 'zod'])
})

test('five lines of typed TypeScript read a record from a running Steward', { timeout: 120_000 }, async () => {
  const environment = { DATABASE_URL: database.url, STEWARD_DATABASE_URL: database.url, VITEST: undefined }
  succeed(await run('node', [program, 'sdk', 'generate'], { folder, environment }))
  writeFileSync(
    join(folder, 'read.ts'),
    `import { createClient, unwrap } from '@steward/sdk'
import type { Database } from './database.types.ts'
const client = createClient<Database>({ url: process.argv[2] ?? '', reason: 'TICKET-42' })
const order: { status: string; customer: { name: string } } = await unwrap(client.from('orders').select('status, customer(name)').eq('id', 1042).single())
for await (const { id } of client.scan('orders', { select: 'id' })) console.log(JSON.stringify({ id: id satisfies number, ...order }))
`,
  )
  const compilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
    module: 'nodenext',
    target: 'es2023',
    types: ['node'],
    allowImportingTsExtensions: true,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  symlinkSync(join(repositoryRoot, 'node_modules', '@types'), join(folder, 'node_modules', '@types'), 'dir')
  succeed(await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'], { folder }))
  const read = await run('node', ['read.ts', await serve()], {
    folder,
    environment: { VITEST: undefined, NODE_OPTIONS: undefined },
  })
  expect(JSON.parse(succeed(read).stdout)).toEqual({ id: 1042, status: 'paid', customer: { name: 'Kim' } })
})

async function serve(): Promise<string> {
  const env = { ...process.env, DATABASE_URL: database.url, STEWARD_DATABASE_URL: database.url, NO_COLOR: '1' }
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], { env, cwd: folder })
  serving = child
  let said = ''
  return new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        said += text.toString()
        const [, url] = / serves .* at (http:\S+)\n/.exec(said) ?? []
        if (url !== undefined) resolve(url)
      })
    }
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${said}`)))
  })
}

function succeed(finished: Finished): Finished {
  expect(finished.exitCode, finished.output).toBe(0)
  return finished
}
