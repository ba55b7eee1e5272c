// `node tools/test/main.ts results.json…`: prints `N passed, N failed` over the results of several test runs.
import { printCount, readResults } from './read-results.ts'

const count = readResults(process.argv.slice(2))
if (count.skipped > 0) console.log(`${count.skipped} skipped`)
console.log(printCount(count))
process.exitCode = count.failed === 0 && count.passed > 0 ? 0 : 1
