// `steward sdk generate` as a child process: the file it writes, keeps, and holds against the database.
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'

const program = fileURLToPath(new URL('../bin/steward.js', import.meta.url))
let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await testDatabase({ name: 'sdk_command' })
  await database.pool.query(`
    CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);
    CREATE SCHEMA personal; CREATE TABLE personal.notes (id int);
    CREATE SCHEMA steward; CREATE TABLE steward.operation (id int)`)
  folder = await mkdtemp(join(tmpdir(), 'steward-sdk-'))
})
afterAll(async () => {
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

type Ran = { code: number; stdout: string; stderr: string }

function generate(...words: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: database.url, NO_COLOR: '1' }
    const child = execFile(
      process.execPath,
      [program, 'sdk', 'generate', ...words],
      { env, cwd: folder },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

const read = (file: string) => readFile(join(folder, file), 'utf8')

test('it writes the types of what is served, once, and says what it did', async () => {
  const { code, stdout, stderr } = await generate('--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    file: 'database.types.ts',
    schemas: ['public', 'personal'],
    procedures: 0,
    changed: true,
  })
  const text = await read('database.types.ts')
  for (const part of [
    '      orders: {',
    '      notes: {',
    'PostgrestVersion: "14"',
    '          total: number | null',
  ]) {
    expect(text).toContain(part)
  }
  expect(text).not.toContain('operation')
  const { mtimeMs } = await stat(join(folder, 'database.types.ts'))
  expect(JSON.parse((await generate('--json')).stdout).changed).toBe(false)
  expect((await stat(join(folder, 'database.types.ts'))).mtimeMs).toBe(mtimeMs)
})

test('elsewhere, of one schema, exact, or on the terminal alone', async () => {
  expect((await generate('--output', 'src/made/shop.ts', '--schemas', 'public', '--exact')).code).toBe(0)
  const text = await read('src/made/shop.ts')
  expect(text).toContain('          total: string | null')
  expect(text).not.toContain('personal')
  const shown = await generate('--stdout', '--schemas', 'public', '--exact', '--output', 'never.ts')
  expect(shown.stdout).toBe(text)
  expect(JSON.parse((await generate('--stdout', '--schemas', 'public', '--exact', '--json')).stdout)).toEqual({
    types: text,
  })
  await expect(read('never.ts')).rejects.toThrow('ENOENT')
})

test('--check fails where the file is not up to date, and writes nothing', async () => {
  const missing = await generate('--check', '--output', 'missing.ts', '--json')
  expect([missing.code, JSON.parse(missing.stderr)]).toMatchObject([
    1,
    { code: 'TYPES_STALE', hint: expect.stringContaining('steward sdk generate --output missing.ts') },
  ])
  expect((await generate('--output', 'kept.ts')).code).toBe(0)
  expect((await generate('--output', 'kept.ts', '--check')).code).toBe(0)
  // As a Windows checkout would have it.
  await writeFile(join(folder, 'kept.ts'), (await read('kept.ts')).replaceAll('\n', '\r\n'))
  expect((await generate('--output', 'kept.ts', '--check')).code).toBe(0)
  await writeFile(join(folder, 'kept.ts'), 'export {}\n')
  expect((await generate('--output', 'kept.ts', '--check')).code).toBe(1)
  expect(await read('kept.ts')).toBe('export {}\n')
  const unwritable = await generate('--output', 'kept.ts/inside.ts', '--json')
  expect([unwritable.code, JSON.parse(unwritable.stderr).code]).toEqual([1, 'TYPES_FILE_UNWRITABLE'])
})

test('the procedures of the configuration are written, too, and nothing of them stays open', async () => {
  const config = `
    import { defineConfig, defineProcedure } from 'steward/config'
    import { z } from 'zod'
    setInterval(() => undefined, 60_000)
    export default defineConfig({
      schemas: ['public'],
      procedures: [
        defineProcedure({
          name: 'orders.refund', summary: 'Refunds an order', effect: 'write',
          input: z.object({ order: z.number().int(), full: z.boolean().default(true) }), output: z.object({ refunded: z.boolean() }),
          run: async () => ({ refunded: true }),
        }),
      ],
    })`
  await writeFile(join(folder, 'service.config.ts'), config)
  const { code, stderr, stdout } = await generate('--config', 'service.config.ts', '--output', 'with.ts', '--json')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(JSON.parse(stdout)).toMatchObject({ schemas: ['public'], procedures: 1 })
  expect(await read('with.ts')).toContain(`export interface Procedures {
  "orders.refund": {
    Input: { order: number; full?: boolean }
    Output: { refunded: boolean }
  }
}
`)
})
