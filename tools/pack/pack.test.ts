// A tarball is what a user gets: JavaScript, types and maps that lead to the source; nothing of ours for developers.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { repositoryRoot } from '../repository/root.ts'
import { run } from '../repository/run.ts'
import { pack } from './pack.ts'
import { publishedManifest } from './published-manifest.ts'

describe('the published package.json', () => {
  test('has neither the source condition nor what only developers need', () => {
    const manifest = publishedManifest({
      name: '@steward/x',
      scripts: { test: 'vitest' },
      devDependencies: { vitest: '*' },
      dependencies: { zod: '*' },
      exports: { '.': { source: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' } },
    })
    expect(manifest).toEqual({
      name: '@steward/x',
      dependencies: { zod: '*' },
      exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    })
    expect(Object.keys(manifest.exports?.['.'] ?? {})).toEqual(['types', 'default'])
  })

  test('has no door to pages, which are bundled into the back office', () => {
    const exports = {
      '.': { source: './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
      './pages': { source: './src/pages/pages.ts' },
    }
    expect(Object.keys(publishedManifest({ name: '@steward/x', exports }).exports ?? {})).toEqual(['.'])
  })

  test('refuses a door without types', () => {
    const exports = { '.': { source: './src/index.ts', default: './dist/index.js' } }
    expect(() => publishedManifest({ name: '@steward/x', exports })).toThrow(/without types/)
  })
})

describe('the tarball of @steward/base', () => {
  let folder = ''
  const inside = (file: string): string => join(folder, 'package', file)

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'steward-pack-'))
    const [tarball] = await pack(repositoryRoot, { target: folder, names: ['@steward/base'] })
    await run('tar', ['xzf', tarball?.file ?? ''], { folder })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('holds JavaScript, types, maps, source and the licence, and no tests', async () => {
    for (const file of ['dist/index.js', 'dist/index.d.ts', 'dist/actor.js.map', 'src/actor.ts', 'LICENSE']) {
      expect(existsSync(inside(file)), file).toBe(true)
    }
    const { stdout } = await run('find', ['.', '-name', '*.test.*'], { folder })
    expect(stdout).toBe('')
  })

  test('imports JavaScript, in code and in types', () => {
    for (const file of ['dist/index.js', 'dist/index.d.ts']) {
      expect(readFileSync(inside(file), 'utf8')).not.toMatch(/from '\.[^']*\.ts'/)
    }
  })

  test('its maps lead to the source that travels along', () => {
    for (const file of ['dist/actor.js.map', 'dist/actor.d.ts.map']) {
      const { sources } = JSON.parse(readFileSync(inside(file), 'utf8')) as { sources: string[] }
      expect(sources).toEqual(['../src/actor.ts'])
      expect(existsSync(join(dirname(inside(file)), sources[0] ?? ''))).toBe(true)
    }
  })

  test('a package that does not exist is not packed silently', async () => {
    await expect(pack(repositoryRoot, { target: folder, names: ['@steward/nothing'] })).rejects.toThrow(
      /no such package/,
    )
  })
})

describe('the tarballs with the back office', () => {
  let folder = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'steward-pack-pages-'))
    const tarballs = await pack(repositoryRoot, { target: folder, names: ['steward', '@steward/access'] })
    for (const { name, file } of tarballs) {
      mkdirSync(join(folder, name), { recursive: true })
      await run('tar', ['xzf', file, '-C', join(folder, name)], { folder })
    }
  }, 180_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('steward brings the pages along, bundled, beside the code that looks for them, without their source', () => {
    const inside = join(folder, 'steward', 'package')
    expect(readFileSync(join(inside, 'dist', 'built-pages', 'find-pages.js'), 'utf8')).toContain("'../web/'")
    const web = join(inside, 'dist', 'web')
    const document = readFileSync(join(web, 'index.html'), 'utf8')
    const [, entry = ''] = /<script type="module" crossorigin src="\.\/(assets\/[^"]+)"/.exec(document) ?? []
    expect(readFileSync(join(web, entry), 'utf8').length).toBeGreaterThan(1000)
    expect(existsSync(join(inside, 'src', 'web'))).toBe(false)
    expect(existsSync(join(inside, 'src', 'serve.ts'))).toBe(true)
  })

  test('a capability has no pages of its own', () => {
    const inside = join(folder, '@steward/access', 'package')
    expect(existsSync(join(inside, 'src', 'pages'))).toBe(false)
    expect(existsSync(join(inside, 'dist', 'pages'))).toBe(false)
    expect(existsSync(join(inside, 'dist', 'index.js'))).toBe(true)
  })
})
