// The list of files is the same with Git and without.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { plantHouse } from '../house/testing/plant-house.ts'
import { isCode, isTest, listFiles } from './files.ts'

test('what is ignored, installed or made does not belong to the repository; dot files do', () => {
  using planted = plantHouse(
    {},
    {
      'a.ts': '',
      'src/b.ts': '',
      '.ci/run': '',
      '.gitignore': 'node_modules/\ndist/\n',
    },
  )
  for (const folder of ['node_modules/x', 'src/dist']) {
    mkdirSync(join(planted.root, folder), { recursive: true })
    writeFileSync(join(planted.root, folder, 'made.js'), '')
  }
  const expected = ['.ci/run', '.gitignore', 'a.ts', 'src/b.ts']
  expect(listFiles(planted.root)).toEqual(expected)
  rmSync(join(planted.root, '.git'), { recursive: true })
  expect(listFiles(planted.root)).toEqual(expected)
})

test('code and tests are told from the rest', () => {
  expect(['a.ts', 'a.tsx', 'a.mjs', 'a.d.ts', 'a.sql'].map(isCode)).toEqual([true, true, true, false, false])
  expect(['a.test.ts', 'src/testing/a.ts', 'src/fixtures/a.ts', 'src/testing.ts'].map(isTest)).toEqual([
    true,
    true,
    true,
    false,
  ])
})
