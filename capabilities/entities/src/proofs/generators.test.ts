// The generators that people have make clients of the document, without a warning, and what they make compiles.

import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { defineProcedure } from '@steward/engine'
import { trailContract } from '@steward/trail/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openShop, type Shop } from '../testing/shop.ts'

const run = promisify(execFile)
const tables = process.env['STEWARD_SCALE'] === 'full' ? 500 : 15

// Of every kind of name and type a few, and of plain tables many.
const schema = `
  CREATE TYPE mood AS ENUM ('sad', 'it''s "ok"', '한글');
  CREATE TABLE search (id int PRIMARY KEY, "select" text, "class" mood, moods mood[], size int4range, at timestamptz[]);
  CREATE TABLE "한글 표/~" ("열 이름" uuid PRIMARY KEY, "*/" text, "a.b" jsonb, "1st" bytea);
  COMMENT ON TABLE "한글 표/~" IS 'ends */ here \`\${x}\` <b>';
  CREATE TABLE "orderItem" (id int PRIMARY KEY);
  CREATE TABLE order_item_insert (id int PRIMARY KEY, "default" text NOT NULL);
  CREATE TABLE error (id int PRIMARY KEY);
  CREATE TABLE empty ();
  DO $$ BEGIN
    FOR i IN 1..${tables} LOOP
      EXECUTE format('CREATE TABLE plain_%s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(80) NOT NULL,
        mood mood NOT NULL DEFAULT ''sad'', total numeric(12, 2), at timestamptz DEFAULT now(), data jsonb, tags text[],
        parent bigint REFERENCES plain_%s, %s)', i, greatest(1, i - 1),
        (SELECT string_agg(format('column_%s text', n), ', ') FROM generate_series(1, 12) AS n));
    END LOOP;
  END $$;`

const refund = defineProcedure({
  name: 'orders.refund',
  summary: 'Refunds an order',
  effect: 'danger',
  entity: 'orders',
  input: z.object({
    order: z.number().int(),
    lines: z.array(z.object({ sku: z.string(), count: z.int() })).default([]),
  }),
  output: z.object({ refunded: z.boolean(), at: z.string().nullable() }),
  run: async () => ({ refunded: true, at: null }),
})

let shop: Shop
let folder: string
let document: string

beforeAll(async () => {
  shop = await openShop({
    compat: undefined as never,
    procedures: { listed: [refund], perform: () => Promise.reject(new Error('not called')) },
    readCalls: async () => [],
    leaveOperation: { settings: () => ({}), leave: async () => undefined },
    contracts: { trail: trailContract },
  })
  await shop.database.pool.query(schema)
  await shop.entities.reload()
  folder = await mkdtemp(join(tmpdir(), 'steward-generators-'))
  document = join(folder, 'openapi.json')
  const { body } = await shop.ask('GET', '/openapi.json', { actor: { type: 'staff', id: 'kim' } })
  await writeFile(document, body as string)
})
afterAll(async () => {
  await shop.close()
  await rm(folder, { recursive: true, force: true })
})

const require = createRequire(import.meta.url)

// Both generators write with the compiler of TypeScript 5, which is not the one of this repository.
const compilerOf5 = `import { registerHooks } from 'node:module'
  registerHooks({ resolve: (name, context, next) =>
    next(name, name === 'typescript' ? { ...context, parentURL: ${JSON.stringify(import.meta.url)} } : context) })`
const withTypeScript5 = ['--import', `data:text/javascript,${encodeURIComponent(compilerOf5)}`]

/** Compiles all that was made, as strictly as a careful team would. */
async function compile(made: string): Promise<string> {
  const compilerOptions = {
    strict: true,
    noEmit: true,
    target: 'es2023',
    lib: ['es2023', 'dom', 'dom.iterable'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
  }
  await writeFile(join(made, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }))
  const compiler = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc')
  const { stdout } = await run(process.execPath, ['--max-old-space-size=4096', compiler, '-p', made]).catch(
    (error: { stdout: string }) => error,
  )
  return stdout
}

test('openapi-typescript', { timeout: 600_000 }, async () => {
  const made = join(folder, 'openapi-typescript')
  await mkdir(made)
  const program = join(dirname(require.resolve('openapi-typescript/package.json')), 'bin', 'cli.js')
  const { stdout, stderr } = await run(process.execPath, [
    ...withTypeScript5,
    program,
    document,
    '-o',
    join(made, 'types.ts'),
  ])
  expect(stdout + stderr).not.toMatch(/warn|error|⚠/i)
  await writeFile(
    join(made, 'use.ts'),
    `import type { components, operations } from './types.ts'
     type Order = components['schemas']['orders']
     export const total = (order: Order): number => order.total
     export const asked: operations['list_orders']['parameters']['query'] = { status: 'eq.open', limit: 5 }
     export const mood: components['schemas']['plain_1']['mood'] = '한글'
     // @ts-expect-error: there is no such mood
     export const other: components['schemas']['plain_1']['mood'] = 'glad'
     // @ts-expect-error: an order has no such column
     export const none = (order: Order) => order.nothing
    `,
  )
  expect(await compile(made)).toBe('')
})

test('Hey API', { timeout: 600_000 }, async () => {
  const made = join(folder, 'hey-api')
  const generator = pathToFileURL(
    join(dirname(require.resolve('@hey-api/openapi-ts/package.json')), 'dist', 'index.mjs'),
  )
  const script = `import { createClient } from '${generator.href}'
    await createClient({
      input: process.argv[1], output: process.argv[2], logs: { level: 'warn', file: false },
      plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    })`
  const words = [...withTypeScript5, '--input-type=module', '-e', script, document, made]
  const { stdout, stderr } = await run(process.execPath, words)
  expect(stdout + stderr).not.toMatch(/warn|error|⚠|✗/i)
  await writeFile(
    join(made, 'use.ts'),
    `import { listOrders, performOrdersRefund, updateCustomer } from './index'
     export const ask = async () => (await listOrders({ query: { status: 'eq.open' } })).data?.map((order) => order.total)
     export const write = () => updateCustomer({ query: { id: 'eq.7' }, headers: { 'Steward-Reason': 'x' }, body: { name: 'Kim' } })
     export const refund = () => performOrdersRefund({ body: { order: 7 } })
    `,
  )
  expect(await compile(made)).toBe('')
})
