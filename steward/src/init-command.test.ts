// `steward init` over a real database: what it proposes, that it compiles and loads, and what it never does.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
let database: TestDatabase
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-init-'))
  await mkdir(join(folder, '.git'))
  database = await testDatabase({ name: 'init' })
  await database.pool.query(`
    CREATE TYPE plan AS ENUM ('free', 'team');
    CREATE TABLE workspaces (id bigint PRIMARY KEY, name text NOT NULL, slug text UNIQUE, plan plan, created_at timestamptz);
    CREATE TABLE customers (
      id bigint PRIMARY KEY, workspace_id bigint REFERENCES workspaces, full_name text, email text UNIQUE, "phoneNumber" text,
      birth_date date, home_address text, last_ip inet, password_hash text, email_verified_at timestamptz, address_id bigint,
      token_count int, "비고" text, memo text);
    COMMENT ON TABLE customers IS '고객: 가입한 사람';
    COMMENT ON COLUMN customers.memo IS '주민등록번호 뒷자리';
    CREATE TABLE order_items (
      order_id bigint, line int, workspace_id bigint, sku text, total numeric(12, 2), status text, body text,
      PRIMARY KEY (order_id, line));
    CREATE INDEX ON order_items (status);
    CREATE TABLE "it's a ""table""" (id int PRIMARY KEY, workspace_id int, "a'b""c" text, "__proto__" text);
    COMMENT ON TABLE "it's a ""table""" IS E'first line\\nsecond \\u2028 \`\${1}\`';
    CREATE TABLE staff (
      staff_id int PRIMARY KEY, first_name text, last_name text, title text, state text, city text, email text, birth_date timestamp);
    CREATE TABLE schema_migrations (version text PRIMARY KEY);
    CREATE TABLE parted (id int, at date) PARTITION BY RANGE (at);
    CREATE TABLE parted_1 PARTITION OF parted DEFAULT;
    CREATE VIEW people AS SELECT id, full_name, email FROM customers;
    CREATE SCHEMA billing;
    CREATE TABLE billing.invoices (number text PRIMARY KEY, iban text, api_key text, workspace_id bigint)`)
})
beforeEach(async () => {
  for (const name of ['steward.config.ts', 'steward.config.mts', 'package.json'])
    await rm(join(folder, name), { force: true })
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await database?.drop()
})

type Ran = { code: number; stdout: string; stderr: string }

function run(program: string, words: string[]): Promise<Ran> {
  const env = { ...process.env, DATABASE_URL: database.url, NO_COLOR: '1' }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...words], { env, cwd: folder }, (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, stdout, stderr })
    })
  })
}
const steward = (...words: string[]) => run(here('../bin/steward.js'), words)
const written = () => readFile(join(folder, 'steward.config.ts'), 'utf8')

test('what it writes compiles under strict, and loads', async () => {
  const { code, stdout, stderr } = await steward('init', '--json')
  expect([code, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({ file: 'steward.config.ts', entities: 8 })
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        target: 'esnext',
        module: 'nodenext',
        exactOptionalPropertyTypes: true,
        allowImportingTsExtensions: true,
        customConditions: ['source'],
        skipLibCheck: true,
        types: ['node'],
        typeRoots: [here('../../node_modules/@types')],
        paths: { 'steward/config': [here('./config.ts')] },
      },
      files: ['steward.config.ts'],
    }),
  )
  expect((await run(here('../../node_modules/typescript/bin/tsc'), ['-p', folder])).stdout).toBe('')
  const help = await steward('--help')
  expect([help.code, help.stderr]).toEqual([0, ''])
})

test('it proposes labels, titles, searchable columns, lists, and masks', async () => {
  const text = (await steward('init', '--stdout')).stdout
  expect(text).toContain("schemas: ['public', 'billing'],")
  expect(text).toContain("label: { en: 'Customers', ko: '고객' }")
  expect(text).toContain("title: 'full_name'")
  expect(text).toContain("search: ['email']")
  const flat = text.replaceAll(/\s+/g, ' ').replaceAll(/, ([}\]])/g, ' $1')
  expect(flat).toContain(
    "workspaces: { label: 'Workspaces', title: 'name', search: ['slug'], list: ['id', 'name', 'plan', 'created_at', 'slug'] }",
  )
  expect(text).toMatch(/order_items: \{[^}]*list: \['order_id', 'line'/)
  const [, support = ''] = /cx: \{([\s\S]*)developer: \{/.exec(text) ?? []
  const [, customers = ''] = /customers: \{ read: true, mask: \{([^}]*)\}/.exec(support.replaceAll(/\s+/g, ' ')) ?? []
  expect(customers.trim().replace(/,$/, '')).toBe(
    "email: 'first-letter', phoneNumber: 'last-4', birth_date: 'hidden', home_address: 'hidden', last_ip: 'hidden', password_hash: 'hidden', memo: 'hidden'",
  )
  expect(support).toContain("'billing.invoices': { read: true, mask: { iban: 'last-4', api_key: 'hidden' } }")
  expect(support).toContain("people: { read: true, mask: { email: 'first-letter' } }")
  expect(support).toMatch(/4 of 7 tables have workspace_id/)
  expect(flat).toContain(
    "staff: { label: 'Staff', title: 'email', list: ['staff_id', 'email', 'first_name', 'last_name', 'title', 'state'] }",
  )
  expect(support.replaceAll(/\s+/g, ' ')).toContain("mask: { email: 'first-letter', birth_date: 'hidden' }")
  const [, developers = ''] = /developer: \{([\s\S]*)/.exec(text) ?? []
  expect(developers).toContain("customers: { read: true, write: true, mask: ['password_hash'] }")
  expect(developers).not.toContain('order_items')
})

test("no tool's own books and no partition is proposed", async () => {
  const text = (await steward('init', '--stdout')).stdout
  expect(text).not.toContain('schema_migrations')
  expect(text).not.toContain('parted_1')
  expect(text).toContain('parted:')
})

test('printing writes nothing, and what is there stays, unless it is told otherwise', async () => {
  await steward('init', '--stdout')
  await expect(written()).rejects.toThrow('ENOENT')
  await writeFile(join(folder, 'steward.config.ts'), 'mine')
  const refused = await steward('init', '--json')
  expect([refused.code, JSON.parse(refused.stderr)]).toMatchObject([1, { code: 'CONFIG_EXISTS' }])
  expect(await written()).toBe('mine')
  expect((await steward('init', '--force')).code).toBe(0)
  expect(await written()).toContain('defineConfig')
})

test('in a package of CommonJS it is a module by its name', async () => {
  await writeFile(join(folder, 'package.json'), '{"type":"commonjs"}')
  expect(JSON.parse((await steward('init', '--json')).stdout).file).toBe('steward.config.mts')
  const help = await steward('--help')
  expect([help.code, help.stderr]).toEqual([0, ''])
})
