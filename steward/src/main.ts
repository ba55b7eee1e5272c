// The program `steward`.
import { runSteward } from './command-line.ts'

process.exitCode = await runSteward(process.argv.slice(2))
