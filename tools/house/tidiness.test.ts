// Proves the small promises of every file with planted faults.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantHouse } from './testing/plant-house.ts'
import { checkTidiness } from './tidiness.ts'

function faults(files: Record<string, string>): string[] {
  using planted = plantHouse({}, files)
  return checkTidiness(planted.root).broken.map(
    ({ file, line, sentence }) => `${file}:${line} ${sentence.slice(0, 14)}`,
  )
}

test('files that keep every promise are left alone', () => {
  expect(
    faults({
      'a.ts': '// Says what the room is for, over\n// two lines if it must.\nexport {}\n',
      'b.js': '#!/usr/bin/env node\n// Starts the command line.\n',
      'c.sql': '-- The tables of the trail.\nSELECT 1;\n',
      'd.md': 'See /home for more, or https://example.com/home/page.\n',
    }),
  ).toEqual([])
})

test('a source file without an opening sentence is named', () => {
  expect(
    faults({ 'a.ts': 'export {}\n', 'b.sql': '-- tables\nSELECT 1;\n', 'c.ts': '\n// Too late a sentence.\n' }),
  ).toEqual(['a.ts:1 The first line', 'b.sql:1 The first line', 'c.ts:1 The first line'])
})

test('paths of a machine are named with their line', () => {
  const home = ['', 'home', 'kim', 'steward'].join('/')
  expect(faults({ 'a.md': `first\nrun ${home}\n` })).toEqual(['a.md:2 No file names '])
})

test('the repository on this machine is recognised wherever it lies', () => {
  using planted = plantHouse({}, { 'a.md': '# Nothing\n' })
  expect(checkTidiness(planted.root)).toEqual({ read: 1, broken: [] })
  writeFileSync(join(planted.root, 'a.md'), `run ${planted.root}/start\n`)
  expect(checkTidiness(planted.root).broken).toHaveLength(1)
})

test('registries in the lock file, in .npmrc and in prose are named', () => {
  const host = ['registry', 'npmjs', 'org'].join('.')
  expect(
    faults({
      'package-lock.json': `{\n  "resolved": "https://${host}/zod/-/zod-4.0.0.tgz"\n}\n`,
      '.npmrc': `registry=https://packages.example.com\n`,
      'a.md': `npm i --registry https://${host}\n`,
    }),
  ).toEqual(['.npmrc:1 No file names ', 'a.md:1 No file names ', 'package-lock.json:2 No file names '])
})

test('workspace links in the lock file are fine', () => {
  expect(faults({ 'package-lock.json': '{\n  "resolved": "foundation/base"\n}\n' })).toEqual([])
})

test('sizes: 400 lines for a source file, 600 for a test', () => {
  const lines = (count: number): string => `// A sentence that opens it.\n${'\n'.repeat(count - 1)}`
  expect(faults({ 'a.ts': lines(400), 'b.ts': lines(401), 'c.test.ts': lines(600), 'd.test.ts': lines(601) })).toEqual([
    'b.ts:400 A source file ',
    'd.test.ts:600 A source file ',
  ])
})

test('a link that leads nowhere is told, from where the document stands', () => {
  const text = '[here](b.md#top) [web](https://example.com) [up](../a.md)\n[gone](gone.md)\n'
  expect(faults({ 'docs/a.md': text, 'docs/b.md': '# b\n', 'a.md': '# a\n' })).toEqual(['docs/a.md:2 A link of a do'])
})

test('a lock file without the packages of other platforms is told, since npm ci would refuse it', () => {
  const lock = {
    packages: {
      'node_modules/tool': {
        version: '1.2.3',
        optionalDependencies: { '@tool/linux': '1.2.3', '@tool/darwin': '1.2.3' },
      },
      'node_modules/@tool/linux': { version: '1.2.3' },
    },
  }
  using planted = plantHouse({}, { 'package-lock.json': JSON.stringify(lock) })
  const [broken, ...others] = checkTidiness(planted.root).broken
  expect(others).toEqual([])
  expect(broken?.found).toBe('tool 1.2.3 without @tool/darwin')
})
