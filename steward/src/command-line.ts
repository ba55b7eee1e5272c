// The commands of `steward`: derived from the capabilities, plus those that are local.
import { createRequire } from 'node:module'
import { runCommandLine } from '@steward/cli'
import { installCommand } from './install-command.ts'
import { serveCommand } from './serve-command.ts'
import { capabilities, createSteward } from './steward.ts'

/**
 * Runs one command and answers with its exit code: 0 done, 1 refused or failed, 2 wrong usage.
 *
 * @example
 * process.exitCode = await runSteward(['trail', 'status'])
 */
export function runSteward(words: readonly string[]): Promise<0 | 1 | 2> {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string }
  return runCommandLine(
    {
      name: 'steward',
      version,
      summary: 'The operations back office for teams that run a service on PostgreSQL',
      capabilities,
      locals: [serveCommand, installCommand],
      openEngine: async ({ databaseUrl }) =>
        createSteward({ databaseUrl, officeUrl: process.env['STEWARD_DATABASE_URL'] }),
    },
    words,
  )
}
