// `npm run test:full`: every proof at its full count on PostgreSQL 14, 16 and 18, part by part. `--only "on 16"`, `--list`.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { run } from './repository/run.ts'
import { type FullPart, fullParts } from './test/full-parts.ts'
import { printCount, readResults, type TestCount } from './test/read-results.ts'

const partLimitMs = 20 * 60 * 1000

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, list: { type: 'boolean' } } })
const parts = fullParts.filter(({ name }) => values.only?.some((words) => name.includes(words)) ?? true)
const folder = mkdtempSync(join(tmpdir(), 'steward-full-'))

try {
  if (values.list) for (const { name } of parts) console.log(name)
  else process.exitCode = (await runParts(parts)) ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function runParts(chosen: readonly FullPart[]): Promise<boolean> {
  const sum: TestCount = { passed: 0, failed: 0, skipped: 0 }
  const lines: string[] = []
  for (const [index, part] of chosen.entries()) {
    console.log(`\n${part.name} (${index + 1} of ${chosen.length})`)
    const started = performance.now()
    const count = await runPart(part, join(folder, `${index}.json`))
    const minutes = ((performance.now() - started) / 60_000).toFixed(1)
    lines.push(
      `${count.failed === 0 ? 'ok    ' : 'FAILED'}  ${part.name.padEnd(36)} ${minutes.padStart(5)} min  ${printCount(count)}`,
    )
    sum.passed += count.passed
    sum.failed += count.failed
    sum.skipped += count.skipped
  }
  console.log(`\n${lines.join('\n')}\n\n${printCount(sum)}`)
  return sum.failed === 0 && sum.passed > 0
}

async function runPart({ folders, postgres, without, environment }: FullPart, results: string): Promise<TestCount> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  const finished = await run('vitest', ['run', ...folders, ...(without ? ['--exclude', without] : []), ...reporters], {
    environment: { STEWARD_SCALE: 'full', STEWARD_TEST_PG: postgres, ...environment },
    timeoutMs: partLimitMs,
    isShown: true,
  })
  if (finished.timedOut)
    console.error(`Stopped after ${partLimitMs / 60_000} minutes: cut this part smaller in tools/test/full-parts.ts.`)
  const count = readResults([results])
  // A part that found no test, or that ended badly without saying which test, has failed.
  const isSilent = count.passed === 0 || (finished.exitCode !== 0 && count.failed === 0)
  return isSilent ? { ...count, failed: Math.max(1, count.failed) } : count
}
