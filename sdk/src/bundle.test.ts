// What a browser gets: one file without anything of Node's, and no more than it uses.
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Plugin, rolldown } from 'rolldown'
import { expect, test } from 'vitest'

const door = fileURLToPath(new URL('./index.ts', import.meta.url))

/** The bundle of a program that a browser would load, and everything that it imports from outside. */
async function bundle(program: string): Promise<{ code: string; imports: string[]; modules: string[] }> {
  const entry: Plugin = {
    name: 'entry',
    resolveId: (id) => (id === 'program' ? '\0program.ts' : id === '@steward/sdk' ? door : null),
    load: (id) => (id === '\0program.ts' ? program : null),
  }
  const built = await rolldown({
    input: 'program',
    platform: 'browser',
    plugins: [entry],
    resolve: { conditionNames: ['source', 'browser', 'import', 'default'] },
    external: /^node:/,
    logLevel: 'silent',
  })
  const { output } = await built.generate({ format: 'esm', minify: true })
  await built.close()
  const [{ code, imports, modules }] = output
  return { code, imports, modules: Object.keys(modules) }
}

test('it runs in a browser: nothing of Node is imported, and nothing of Node is asked for', async () => {
  const { code, imports, modules } = await bundle(
    `import { createClient, unwrap } from '@steward/sdk'; globalThis.test = [createClient, unwrap]`,
  )
  expect(imports).toEqual([])
  expect(code).not.toMatch(/\b(?:process|Buffer|require|__dirname)\b\s*[.([]/)
  expect(modules.filter((module) => /node_modules\/(?!@supabase\/postgrest-js|tslib)/.test(module))).toEqual([])
  // Minified and packed; postgrest-js is the larger part of it.
  expect(gzipSync(code).byteLength).toBeLessThan(20_000)
})

test('what is not used is not bundled', async () => {
  const { code, modules } = await bundle(
    `import { isStewardError } from '@steward/sdk'; globalThis.test = isStewardError`,
  )
  expect(code.length).toBeLessThan(1000)
  expect(modules.filter((module) => module.includes('postgrest-js'))).toEqual([])
})

test('an import of Node would be noticed', async () => {
  const { imports } = await bundle(`import { readFileSync } from 'node:fs'; globalThis.test = readFileSync`)
  expect(imports).toEqual(['node:fs'])
})
