// The plain count is honest about suites that break, files that are missing and runs that found nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fullParts } from './full-parts.ts'
import { printCount, readResults } from './read-results.ts'

const folder = mkdtempSync(join(tmpdir(), 'steward-results-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

test('counts of several runs are added up', () => {
  const first = write(
    'a.json',
    JSON.stringify({ numPassedTests: 3, numFailedTests: 1, numPendingTests: 2, success: false }),
  )
  const second = write('b.json', JSON.stringify({ numPassedTests: 4, numFailedTests: 0, success: true }))
  expect(readResults([first, second])).toEqual({ passed: 7, failed: 1, skipped: 2 })
  expect(printCount(readResults([second]))).toBe('4 passed, 0 failed')
})

test('a suite that broke before its first test is a failure', () => {
  const file = write(
    'c.json',
    JSON.stringify({ numPassedTests: 4, numFailedTests: 0, numFailedTestSuites: 1, success: false }),
  )
  expect(readResults([file]).failed).toBe(1)
})

test('a missing or broken file is a failure', () => {
  expect(readResults([join(folder, 'missing.json'), write('d.json', 'not JSON')]).failed).toBe(2)
})

test('the full run covers every version, and parts have names of their own', () => {
  expect(new Set(fullParts.map(({ postgres }) => postgres))).toEqual(new Set(['14', '16', '18']))
  expect(new Set(fullParts.map(({ name }) => name)).size).toBe(fullParts.length)
})
