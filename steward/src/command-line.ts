// The commands of `steward`: derived from the capabilities and the team's own procedures, plus those that are local.
import { createRequire } from 'node:module'
import { type LocalCommand, runCommandLine } from '@steward/cli'
import { type ConfigPlace, loadConfig } from './config/load-config.ts'
import { type Configured, readConfiguration } from './config/read-configuration.ts'
import { doctorCommand } from './doctor-command.ts'
import { initCommand } from './init-command.ts'
import { installCommand } from './install-command.ts'
import { sdkCommand } from './sdk-command.ts'
import { serveCommand } from './serve-command.ts'
import { capabilities, createSteward } from './steward.ts'

const locals: readonly LocalCommand[] = [serveCommand, initCommand, doctorCommand, installCommand, sdkCommand]

/**
 * Runs one command and answers with its exit code: 0 done, 1 refused or failed, 2 wrong usage.
 *
 * @example
 * process.exitCode = await runSteward(['trail', 'status'])
 */
export async function runSteward(words: readonly string[]): Promise<0 | 1 | 2> {
  const { version } = createRequire(import.meta.url)('../package.json') as { version: string }
  const { configured, ...problem } = await proceduresFor(words)
  const service = configured.capabilities
  const code = await runCommandLine(
    {
      name: 'steward',
      version,
      summary: 'The operations back office for teams that run a service on PostgreSQL',
      capabilities: [...capabilities, ...service],
      locals,
      globals: [
        ['--config <file>', 'the configuration (default: STEWARD_CONFIG, else steward.config.ts here or above)'],
      ],
      openEngine: async ({ databaseUrl }) =>
        createSteward({
          databaseUrl,
          officeUrl: process.env['STEWARD_DATABASE_URL'],
          service,
          roles: [...configured.roles.keys()],
        }),
      ...problem,
    },
    words,
  )
  // Code of the service that the configuration imported may hold something open, as a pool: nobody waits for it.
  if (configured.file !== null) setTimeout(() => process.exit(), 500).unref()
  return code
}

type Found = { configured: Configured; problem?: { error: unknown; isFatal: boolean } }

/**
 * The configuration, where the command can be one of its procedures or the help lists them: all others start without the
 * code of the service. A broken one stands in the way of its own commands, and never of the help or of Steward's.
 */
async function proceduresFor(words: readonly string[]): Promise<Found> {
  const { word, named, isHelp, isVersion } = readWords(words)
  const isOurs = [...capabilities.map(({ name }) => name), ...locals.map(({ path }) => path[0])].includes(word ?? '')
  // Who hands out a role has to know which there are.
  if (isVersion || (isOurs && word !== 'access')) return { configured: readConfiguration(undefined) }
  try {
    return { configured: await loadConfig({ named, folder: process.cwd() }) }
  } catch (error) {
    const isFatal = word !== undefined && word !== 'help' && !isOurs && !isHelp
    return { configured: readConfiguration(undefined), problem: { error, isFatal } }
  }
}

/** What of the words matters before there are commands to read them. */
function readWords(
  words: readonly string[],
): ConfigPlaceNamed & { word?: string; isHelp: boolean; isVersion: boolean } {
  let named = process.env['STEWARD_CONFIG']
  let word: string | undefined
  const flags = new Set<string>()
  for (let place = 0; place < words.length && words[place] !== '--'; place += 1) {
    const [flag, value] = splitFlag(words[place] as string)
    if (flag === '--config') named = value ?? words[++place] ?? ''
    else if (flag === '--database-url') place += value === undefined ? 1 : 0
    else if (flag.startsWith('-')) flags.add(flag)
    else word ??= flag
  }
  const isVersion = word === undefined && (flags.has('--version') || flags.has('-V'))
  return { named, isHelp: flags.has('--help') || flags.has('-h'), isVersion, ...(word === undefined ? {} : { word }) }
}

type ConfigPlaceNamed = Pick<ConfigPlace, 'named'>

function splitFlag(word: string): [string, string?] {
  const equals = word.indexOf('=')
  return word.startsWith('--') && equals > 0 ? [word.slice(0, equals), word.slice(equals + 1)] : [word]
}
