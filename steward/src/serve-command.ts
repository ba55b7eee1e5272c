// `steward serve`: the entities of a database as an API, until it is told to stop.
import { once } from 'node:events'
import { cliErrors, type LocalCommand, type LocalRequest } from '@steward/cli'
import type { Configuration } from './config/configuration.ts'
import { configName, loadConfig } from './config/load-config.ts'
import { officeOnDemand } from './open-office.ts'
import type { ServeOptions, Serving } from './serve.ts'
import { capabilities } from './steward.ts'

type Options = LocalRequest['options']

/**
 * The command.
 *
 * @example
 * const locals: LocalCommand[] = [serveCommand]
 */
export const serveCommand: LocalCommand = {
  path: ['serve'],
  summary: 'Serves the back office, and every table, view and function of the database as an API',
  description: [
    'The back office at /, and below /api every entity, with reasons, guards and the trail; with --compat postgrest at /, exactly as PostgREST clients know it.',
    'Only this machine reaches it, as you, unless --host says otherwise: then every request needs a key as',
    '"Authorization: Bearer …", one of `steward access key` or the one in STEWARD_API_KEY.',
    '/healthz, /readyz and /metrics tell how it is. What is set in steward.config.ts and here is as it is here.',
  ].join('\n'),
  options: [
    ['--port <number>', 'where it listens (default: 4848; 0 takes any that is free)'],
    ['--host <address>', 'on which address (default: 127.0.0.1)'],
    ['--schemas <name,name>', 'what is shown, the default first (default: all with tables of the service)'],
    ['--extra-search-path <name,name>', 'where functions and types are found, too (default: public)'],
    ['--max-rows <number>', 'at most so many rows in an answer (default: 1000, with --compat no limit)'],
    ['--plan', 'answer with execution plans to whoever asks for them'],
    ['--aggregates <allow|refuse>', 'whether select takes sum(), count() and their like (default: allow)'],
    ['--tx <allow|refuse>', 'whether Prefer: tx=rollback makes a dry run (default: allow)'],
    ['--compat <dialect>', 'postgrest: the pure dialect, for clients that exist already'],
    ['--anonymous-role <role>', 'with --compat: the database role that requests act as (default: your own)'],
    ['--allow-origins <url,url>', 'whose web pages may ask, beside its own (default: none)'],
    ['--api-only', 'without the pages of the back office'],
    ['--json-logs', 'one JSON document a line instead of lines for people'],
  ],
  isServing: true,
  examples: ['', '--port 8080 --schemas public,personal', '--compat postgrest --anonymous-role web_anon'],
  run: async (asked) => {
    const isJson = asked.options['jsonLogs'] === true || asked.options['json'] === true
    const { configuration } = await loadConfig({ named: configName(asked), folder: process.cwd() })
    const options = {
      ...readOptions(asked, isJson, configuration),
      configuration,
      pages: asked.options['apiOnly'] !== true,
      warn: isJson ? warnMachine : warnPerson,
    }
    // Loaded here: no other command needs a web server, and all of them start sooner without.
    const { serveSteward } = await import('./serve.ts')
    const office = officeOnDemand({ url: asked.env['STEWARD_DATABASE_URL'], folder: '.steward', capabilities })
    const serving = await serveSteward({ ...options, office: office.pool })
    try {
      if (!isJson) for (const line of greeting(serving, options)) await asked.print(line)
      if (!asked.stopping.aborted) await once(asked.stopping, 'abort')
      if (!isJson) await asked.print('Stopping: what runs is finished first. Once more stops at once.')
    } finally {
      await serving.close()
      await office.close()
    }
  },
}

/** Beside the log, so that a pipe that reads the one is not surprised by the other. */
function warnPerson(message: string): void {
  process.stderr.write(`! ${message}\n`)
}

/** As the log has it: pino's number for a warning. */
function warnMachine(message: string): void {
  process.stderr.write(`${JSON.stringify({ level: 40, time: Date.now(), msg: message })}\n`)
}

function readOptions(
  { databaseUrl, actor, env, options }: LocalRequest,
  isJson: boolean,
  { server = {} }: Configuration,
): Omit<ServeOptions, 'office'> {
  const key = env['STEWARD_API_KEY']?.trim() ?? ''
  const secret = env['STEWARD_SECRET']?.trim() ?? ''
  const compat = readCompat(options)
  const maxRows = readNumber(options, 'maxRows', Number.MAX_SAFE_INTEGER)
  const tx = readChoice(options, 'tx', ['allow', 'refuse'])
  const aggregates = readChoice(options, 'aggregates', ['allow', 'refuse'])
  return {
    databaseUrl,
    actor,
    key: key === '' ? null : key,
    host: readText(options, 'host') ?? server.host ?? '127.0.0.1',
    port: readNumber(options, 'port', 65_535) ?? server.port ?? 4848,
    // What is not said is left to the configuration.
    ...(options['schemas'] === undefined ? {} : { schemas: readList(options, 'schemas') }),
    ...(options['extraSearchPath'] === undefined ? {} : { extraSearchPath: readList(options, 'extraSearchPath') }),
    ...(options['allowOrigins'] === undefined ? {} : { origins: readList(options, 'allowOrigins') }),
    ...(secret === '' ? {} : { secret }),
    allowsPlan: options['plan'] === true,
    // What is not said is left to the entities: it depends on the dialect.
    ...(maxRows === null ? {} : { maxRows }),
    ...(aggregates === null ? {} : { allowsAggregates: aggregates === 'allow' }),
    ...(tx === null ? {} : { allowsTxOverride: tx === 'allow' }),
    logs: isJson ? 'json' : 'lines',
    ...(compat === null ? {} : { compat }),
  }
}

function readCompat(options: Options): { anonymousRole: string | null } | null {
  const anonymousRole = readText(options, 'anonymousRole')
  if (readChoice(options, 'compat', ['postgrest']) !== null) return { anonymousRole }
  if (anonymousRole !== null) throw misused('--anonymous-role', 'needs --compat postgrest')
  return null
}

function readText(options: Options, name: string): string | null {
  const text = options[name]
  return typeof text === 'string' && text.trim() !== '' ? text.trim() : null
}

function readList(options: Options, name: string): string[] {
  const words = (readText(options, name) ?? '').split(',').map((word) => word.trim())
  return words.filter((word) => word !== '')
}

function readNumber(options: Options, name: string, most: number): number | null {
  const text = readText(options, name)
  if (text === null) return null
  if (!/^\d+$/.test(text) || Number(text) > most) throw misused(flagOf(name), `takes a number up to ${most}`)
  return Number(text)
}

function readChoice(options: Options, name: string, choices: readonly string[]): string | null {
  const text = readText(options, name)
  if (text !== null && !choices.includes(text)) throw misused(flagOf(name), `takes ${choices.join(' or ')}`)
  return text
}

function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

function misused(flag: string, rule: string) {
  return cliErrors.USAGE({ problem: `${flag} ${rule}.`, hint: 'See what it takes with: steward serve --help' })
}

function greeting(
  { url, backOffice, database, schemas, exampleTable, firstLink }: Serving,
  { key, compat }: Omit<ServeOptions, 'office'>,
): string[] {
  const header = key == null ? '' : ' -H "Authorization: Bearer $STEWARD_API_KEY"'
  const table = encodeURIComponent(exampleTable ?? '')
  const isOpen = compat?.anonymousRole === null && key === null
  return [
    ...(backOffice === null ? [] : [`The back office: ${backOffice}`]),
    `Steward serves ${database} (${schemas.join(', ')}) at ${url}`,
    ...(isOpen ? ['Whoever reaches it acts as your own database user: name a role with --anonymous-role.'] : []),
    `Try: curl${header} '${url}/${table}${table === '' ? '' : '?limit=3'}'`,
    ...(compat === undefined ? [`Every route, to read and to try: ${url}/docs`] : []),
    ...(firstLink === null ? [] : [`Nobody has signed in yet. The first admin does here, once: ${firstLink.link}`]),
    'Ctrl-C stops it.',
  ]
}
