// steward.config.ts as a child process finds and runs it: where it is looked for, and what a broken one says.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfiguration } from './read-configuration.ts'

const program = fileURLToPath(new URL('../../bin/steward.js', import.meta.url))
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-config-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

type Ran = { code: number; stdout: string; stderr: string }

/** Without a database: what is told here is told before one is needed. */
function run(
  words: string[],
  { below = '.', env = {} }: { below?: string; env?: Record<string, string> } = {},
): Promise<Ran> {
  const { DATABASE_URL: _, ...rest } = process.env
  return new Promise((resolve) => {
    const options = { env: { ...rest, NO_COLOR: '1', ...env }, cwd: join(folder, below) }
    const child = execFile(process.execPath, [program, ...words], options, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

const head = "import { defineConfig, defineProcedure } from 'steward/config'\nimport { z } from 'zod'\n"
const refund = `defineProcedure({
  name: 'orders.refund', summary: 'Refunds an order', effect: 'write',
  input: z.object({ order: z.number() }), output: z.null(), run: async () => null,
})`
const good = `${head}export default defineConfig({ procedures: [${refund}] })\n`

test('it is found in the folder and above it, up to the repository, and its procedures are commands', async () => {
  await write({ '.git/HEAD': '', 'steward.config.ts': good, 'packages/shop/package.json': '{}' })
  const help = await run(['orders', 'refund', '--help'], { below: 'packages/shop' })
  expect([help.code, help.stderr]).toEqual([0, ''])
  expect(help.stdout).toMatch(/Refunds an order\.[\s\S]*--order <number>[\s\S]*--dry-run/)
})

test('a configuration throws the errors that people are shown', async () => {
  const thrown = "new StewardError({ code: 'ORDERS_CLOSED', status: 409, message: 'Closed.', hint: 'Open it.' })"
  const file = `import { StewardError } from 'steward/config'\nthrow ${thrown}\nexport default {}\n`
  await write({ 'steward.config.ts': file })
  const { code, stderr } = await run(['serve', '--port', '0'], { env: { DATABASE_URL: 'postgres://127.0.0.1:1/none' } })
  expect(code).toBe(1)
  expect(stderr).toContain('Closed.')
})

test('outside of a repository a folder above is nobody we know', async () => {
  await write({ 'steward.config.ts': good, 'below/package.json': '{}' })
  expect((await run(['--help'], { below: 'below' })).stdout).not.toContain('orders')
  expect((await run(['--help'])).stdout).toContain('orders')
})

test('--config and STEWARD_CONFIG name another one, and one that is not there is said to be', async () => {
  await write({ 'ops/mine.mjs': good, 'steward.config.ts': 'export default {}' })
  expect((await run(['--help', '--config', 'ops/mine.mjs'])).stdout).toContain('orders')
  expect((await run(['--config=ops/mine.mjs', 'orders', 'refund', '--help'])).code).toBe(0)
  expect((await run(['--help'], { env: { STEWARD_CONFIG: 'ops/mine.mjs' } })).stdout).toContain('orders')
  const missing = await run(['orders', 'refund', '--config', 'nowhere.ts', '--json'])
  expect([missing.code, JSON.parse(missing.stderr).code]).toEqual([1, 'CONFIG_NOT_FOUND'])
})

test('a broken one says where: file, line, and what to do', async () => {
  const cases: [string, Record<string, string>, string, RegExp][] = [
    ['syntax', { 'steward.config.ts': `${head}const a: number = ;\n` }, 'steward.config.ts:3: ', /syntax/],
    [
      'an exception',
      { 'steward.config.ts': `${head}\nthrow new Error('no env')\n` },
      'steward.config.ts:4: no env.',
      /STEWARD_DEBUG/,
    ],
    [
      'an import',
      { 'steward.config.ts': `${head}import './orders'\n` },
      'steward.config.ts:3: Cannot find',
      /extension/,
    ],
    [
      'a package',
      { 'steward.config.ts': `${head}import 'no-such-thing'\n` },
      'steward.config.ts:3: Cannot find',
      /installed package/,
    ],
    ['an enum', { 'steward.config.ts': `${head}enum A { B }\n` }, 'steward.config.ts:3: ', /compiled JavaScript/],
    [
      'decorators in what it imports',
      { 'steward.config.ts': `${head}import './service.ts'\n`, 'service.ts': '\n@Injectable()\nclass A {}\n' },
      'service.ts:2: ',
      /decorators/,
    ],
    [
      'a procedure',
      {
        'steward.config.ts': `${head}export default defineConfig({ procedures: [\n defineProcedure({ name: 'x' })] })`,
      },
      'steward.config.ts:4: The procedure "x"',
      /defineProcedure/,
    ],
  ]
  for (const [what, files, place, hint] of cases) {
    await write(files)
    const { code, stderr } = await run(['orders', 'refund', '--json'])
    const failure = JSON.parse(stderr)
    expect([code, failure.code], what).toEqual([1, 'CONFIG_BROKEN'])
    expect(failure.message, what).toContain(place)
    expect(failure.hint, what).toMatch(hint)
  }
}, 60_000)

test('a broken one stands in the way of its own commands alone', async () => {
  await write({ 'steward.config.ts': 'export default { roels: {} }' })
  const help = await run(['--help'])
  expect([help.code, help.stdout]).toEqual([0, expect.stringContaining('trail')])
  expect(help.stderr).toContain('roels is not known here. Did you mean roles?')
  expect(await run(['--version'])).toMatchObject({ code: 0, stderr: '' })
  expect(await run(['trail', '--help'])).toMatchObject({ code: 0, stderr: '' })
  // Of Steward's own commands only their own trouble is told.
  expect(JSON.parse((await run(['trail', 'status', '--json'])).stderr).code).toBe('CLI_DATABASE_URL_MISSING')
})

test('what its code holds open keeps no command from ending', async () => {
  await write({ 'steward.config.ts': `${good}setInterval(() => undefined, 1000)\n` })
  expect((await run(['--help'])).code).toBe(0)
})

test('unknown keys, wrong shapes and taken names are told all at once, each with its place', () => {
  const problemsOf = (configuration: unknown): string[] => {
    try {
      readConfiguration(configuration, 'steward.config.ts')
      return []
    } catch (error) {
      return String((error as { details: string }).details).split('\n')
    }
  }
  expect(
    problemsOf({
      roles: { cx: { permisions: [], entities: { orders: { mask: { a: 'b' }, wirte: true } } }, admin: {}, 'A b': {} },
      entities: { orders: { lable: 'x', columns: { a: { labl: 'y' } } } },
      server: { prot: 1 },
    }),
  ).toEqual([
    expect.stringContaining('entities.orders.columns.a.labl is not known here. Did you mean label?'),
    expect.stringContaining('entities.orders.lable is not known here. Did you mean label?'),
    expect.stringContaining('roles.cx.entities.orders.mask: it is a list of columns'),
    expect.stringContaining('roles.cx.entities.orders.wirte is not known here. Did you mean write?'),
    expect.stringContaining('roles.cx.permisions is not known here. Did you mean permissions?'),
    expect.stringContaining('roles.admin: admin may do everything and cannot be changed'),
    expect.stringContaining('roles.A b: a role is called by small letters'),
    expect.stringContaining('server.prot is not known here. Did you mean port?'),
  ])
  expect(problemsOf({ procedures: [{}] })).toEqual([expect.stringContaining('not made by defineProcedure')])
  expect(problemsOf(7)).toEqual(['it is an object: defineConfig({ … }).'])
})

test('admin and reader are always there; reader is what the team says, where it says so', () => {
  const { roles } = readConfiguration({ roles: { cx: {}, reader: { entities: { orders: { read: true } } } } })
  expect([...roles.keys()].sort()).toEqual(['admin', 'cx', 'reader'])
  expect(roles.get('cx')).toEqual({ name: 'cx', permissions: [], functions: [], entities: {} })
  expect(roles.get('reader')?.entities).toEqual({ orders: { read: true } })
  expect(roles.get('admin')?.permissions).toEqual(['*'])
  expect(readConfiguration(undefined).roles.get('reader')?.entities).toEqual({ '*': { read: true } })
})
