// A capability that was just laid out compiles, is formatted, keeps every wall, and its tests pass.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkHouse } from '../house/check-house.ts'
import { plantHouse, soundHouse } from '../house/testing/plant-house.ts'
import { checkTidiness } from '../house/tidiness.ts'
import { repositoryRoot } from '../repository/root.ts'
import { run } from '../repository/run.ts'
import { floorPlan } from './floor-plan.ts'
import { layOut, readWords } from './new-capability.ts'
import type { Words } from './words.ts'

function wordsOf(word: string, noun?: string): Words {
  const words = readWords(repositoryRoot, word, noun)
  if (typeof words === 'string') throw new Error(words)
  return words
}

describe('the word', () => {
  test('its names are made from it', () => {
    expect(wordsOf('checks')).toMatchObject({ word: 'checks', title: 'Checks', noun: 'check', type: 'Check' })
    expect(wordsOf('compass')).toMatchObject({ noun: 'compass' })
    expect(wordsOf('queries', 'query')).toMatchObject({ noun: 'query', type: 'Query' })
  })

  test.each([undefined, 'Checks', 'two-words', 'utils', 'steward', 'trail'])(
    '%s is refused with a sentence',
    (word) => {
      expect(readWords(repositoryRoot, word)).toEqual(expect.any(String))
    },
  )
})

const conditions = { conditions: ['source'] }
const vitest = { resolve: conditions, ssr: { resolve: conditions }, test: { hookTimeout: 120_000 } }

test('every wall stands and every file opens with its sentence', () => {
  const plan = Object.entries(floorPlan(wordsOf('checks'))).map(([file, text]) => [`capabilities/checks/${file}`, text])
  using planted = plantHouse(Object.fromEntries(plan), soundHouse)
  expect(checkHouse(planted.root).broken).toEqual([])
  expect(checkTidiness(planted.root).broken).toEqual([])
})

describe('laid out in a workspace', () => {
  let folder = ''

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'steward-capability-'))
    symlinkSync(join(repositoryRoot, 'node_modules'), join(folder, 'node_modules'), 'dir')
    layOut(join(folder, 'capabilities', 'checks'), wordsOf('checks'))
    const settings = {
      extends: join(repositoryRoot, 'tsconfig.server.json'),
      include: ['capabilities'],
      exclude: ['**/pages'],
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ ...settings, compilerOptions: { typeRoots: ['./node_modules/@types'] } }),
    )
    const { files: _, vcs: __, ...biome } = JSON.parse(readBiome()) as Record<string, unknown>
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(biome))
    writeFileSync(join(folder, 'vitest.config.mjs'), `export default ${JSON.stringify(vitest)}`)
    await run('biome', ['check', '--linter-enabled=false', '--write', '.'], { folder })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('it compiles', { timeout: 60_000 }, async () => {
    const { output } = await run('tsc', ['-p', 'tsconfig.json', '--pretty', 'false'], { folder })
    expect(output.split('\n').filter((line) => line.startsWith('capabilities/'))).toEqual([])
  })

  test('its pages compile', { timeout: 60_000 }, async () => {
    const settings = { extends: join(repositoryRoot, 'tsconfig.pages.json'), include: ['capabilities/*/src/pages'] }
    writeFileSync(
      join(folder, 'tsconfig.pages.json'),
      JSON.stringify({ ...settings, exclude: [], compilerOptions: { types: ['./node_modules/vite/client'] } }),
    )
    const { output } = await run('tsc', ['-p', 'tsconfig.pages.json', '--pretty', 'false'], { folder })
    // A type library that is missing names no file, and nothing else would be looked at.
    expect(output.split('\n').filter((line) => /^(capabilities\/|error)/.test(line))).toEqual([])
  })

  test('its own test passes on a real PostgreSQL', { timeout: 120_000 }, async () => {
    const { exitCode, output } = await run('vitest', ['run', '--root', folder], { environment: { NO_COLOR: '1' } })
    expect(output).toMatch(/2 passed/)
    expect(exitCode).toBe(0)
  })
})

function readBiome(): string {
  return readFileSync(join(repositoryRoot, 'biome.json'), 'utf8')
}
