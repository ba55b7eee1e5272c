// Reads what Vitest wrote as JSON: how many tests passed, failed and were skipped.
import { existsSync, readFileSync } from 'node:fs'

export interface TestCount {
  passed: number
  failed: number
  skipped: number
}

/** The sum over the files; a file that is missing or unreadable counts as one failure. */
export function readResults(files: readonly string[]): TestCount {
  const sum: TestCount = { passed: 0, failed: 0, skipped: 0 }
  for (const file of files) {
    const result = readResult(file)
    sum.passed += result.passed
    sum.failed += result.failed
    sum.skipped += result.skipped
  }
  return sum
}

function readResult(file: string): TestCount {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  try {
    const said = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    const count = (name: string): number => (typeof said[name] === 'number' ? said[name] : 0)
    const failedTests = count('numFailedTests')
    // A file that breaks before its first test has no failed test, only a failed suite.
    const failed = failedTests === 0 && said.success !== true ? Math.max(1, count('numFailedTestSuites')) : failedTests
    return { passed: count('numPassedTests'), failed, skipped: count('numPendingTests') + count('numTodoTests') }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** The plain line that others count by. */
export function printCount({ passed, failed }: TestCount): string {
  return `${passed} passed, ${failed} failed`
}
