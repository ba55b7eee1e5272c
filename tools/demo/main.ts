// `npm start`: Steward on a helpdesk with ninety days behind it, or on the database of DATABASE_URL.
import { isStewardError } from '@steward/base'
import { readOptions, usage } from './read-options.ts'
import { serveDatabase } from './serve-database.ts'
import type { Stage } from './stage.ts'
import { startDemo } from './start-demo.ts'

const stage: Stage = {
  folder: process.cwd(),
  environment: process.env,
  screen: process.stdout,
  say: (line) => console.log(line),
  stopping: listenForStop(),
}

try {
  const options = readOptions(process.argv.slice(2), process.env)
  const databaseUrl = process.env['DATABASE_URL']?.trim() ?? ''
  if (options === null) stage.say(usage)
  else if (databaseUrl !== '') await serveDatabase(databaseUrl, options.port, stage)
  else await startDemo(options, stage)
} catch (error) {
  console.error(explain(error))
  process.exitCode = 1
}

/** Whoever asks a second time does not want to wait; but npm passes on what the terminal has said to us already. */
function listenForStop(): AbortSignal {
  const stopping = new AbortController()
  let asked = 0
  const stop = () => {
    if (stopping.signal.aborted && performance.now() - asked > 1000) process.exit(130)
    asked = performance.now()
    stopping.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return stopping.signal
}

function explain(error: unknown): string {
  if (!isStewardError(error)) return error instanceof Error ? (error.stack ?? error.message) : String(error)
  return [error.message, error.details, error.hint].filter((part) => part !== null && part !== '').join('\n')
}
