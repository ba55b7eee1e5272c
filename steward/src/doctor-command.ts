// `steward doctor`: everything that is missing or will hurt some day, and how to mend it.
import type { Actor } from '@steward/base'
import { isStewardError } from '@steward/base'
import type { LocalCommand, LocalRequest } from '@steward/cli'
import type { Catalog } from '@steward/postgres'
import { examineConfiguration } from './config/examine-configuration.ts'
import { findConfig } from './config/find-config.ts'
import { configName, loadConfig } from './config/load-config.ts'
import { type Configured, readConfiguration } from './config/read-configuration.ts'
import { type DatabaseFacts, examineDatabase } from './doctor/examine-database.ts'
import { examineOffice, type OfficeFacts } from './doctor/examine-office.ts'
import { examineTrail } from './doctor/examine-trail.ts'
import type { Finding } from './finding.ts'
import { capabilities, createSteward } from './steward.ts'

/** What the doctor found: the facts, and what is wrong with them, the worst first. */
type Diagnosis = {
  /** No finding is an error. */
  healthy: boolean
  database: DatabaseFacts | null
  trail: { installed: boolean } | null
  configuration: { file: string | null; roles: string[]; procedures: string[] } | null
  office: OfficeFacts
  findings: Finding[]
}

/**
 * The command.
 *
 * @example
 * const locals: LocalCommand[] = [doctorCommand]
 */
export const doctorCommand: LocalCommand = {
  path: ['doctor'],
  summary: 'Says what is missing, and how to mend it',
  description: [
    'It looks at the database, the trail, the configuration and what it names, and at keys and roles; it changes nothing.',
    'It ends with 1 where something is an error.',
  ].join('\n'),
  isWithoutDatabase: true,
  isFailure: (output) => (output as Diagnosis).healthy === false,
  show: [
    { as: 'facts', of: 'database', title: 'Database', columns: ['name', 'user', 'version', 'entities'] },
    { as: 'facts', of: 'configuration', title: 'Configuration' },
    { as: 'facts', of: 'office', title: "Steward's own database" },
    {
      as: 'table',
      of: 'findings',
      title: 'Findings',
      columns: ['level', 'message', 'hint'],
      empty: 'Everything is as it should be.',
    },
  ],
  examples: ['', '--json'],
  run: diagnose,
}

async function diagnose(asked: LocalRequest): Promise<Diagnosis> {
  const { env, databaseUrl, actor } = asked
  const database = await lookAtDatabase(databaseUrl, actor)
  const config = await lookAtConfiguration(asked, database.catalog)
  const office = await examineOffice({
    url: env['STEWARD_DATABASE_URL'],
    folder: '.steward',
    roles: (config.configured ?? readConfiguration(undefined)).roles,
    written: Object.keys(config.configured?.configuration.roles ?? {}),
  })
  // Who has a role that cannot be read just now is not told that it is unknown.
  const ofOffice = office.findings.filter(({ kind }) => config.configured !== null || kind !== 'unknown-role')
  const findings = [...database.findings, ...config.findings, ...ofOffice].sort((one, other) => rank(one) - rank(other))
  return {
    healthy: findings.every(({ level }) => level !== 'error'),
    database: database.facts,
    trail: database.trail,
    configuration: config.configured === null ? null : describe(config.configured),
    office: office.facts,
    findings,
  }
}

function rank({ level }: Finding): number {
  return ['error', 'warning', 'note'].indexOf(level)
}

function describe({ file, roles, procedures }: Configured) {
  return { file, roles: [...roles.keys()], procedures: procedures.map(({ name }) => name) }
}

type Looked = {
  facts: DatabaseFacts | null
  trail: { installed: boolean } | null
  catalog: Catalog | null
  findings: Finding[]
}

async function lookAtDatabase(url: string, actor: Actor): Promise<Looked> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    return { facts: null, trail: null, catalog: null, findings: [nowhere(url)] }
  const { engine, close } = createSteward({ databaseUrl: url })
  try {
    const { facts, catalog, findings } = await examineDatabase(engine.pool)
    if (facts === null) return { facts, catalog, findings, trail: null }
    try {
      const { installed, findings: more } = await examineTrail(engine, actor)
      return { facts, catalog, findings: [...findings, ...more], trail: { installed } }
    } catch (error) {
      const { message, hint } = wordsOf(error)
      const finding: Finding = {
        level: 'error',
        kind: 'trail',
        subject: null,
        message: `The trail cannot be examined: ${message}`,
        hint,
      }
      return { facts, catalog, findings: [...findings, finding], trail: null }
    }
  } finally {
    await close()
  }
}

function nowhere(url: string): Finding {
  const message = url === '' ? 'No database is named.' : 'The database address is not a PostgreSQL URL.'
  return {
    level: 'error',
    kind: 'database',
    subject: null,
    message,
    hint: 'Set DATABASE_URL=postgres://user:password@host:5432/name',
  }
}

async function lookAtConfiguration(
  asked: LocalRequest,
  catalog: Catalog | null,
): Promise<{ configured: Configured | null; findings: Finding[] }> {
  const place = { named: configName(asked), folder: process.cwd() }
  try {
    const configured = await loadConfig(place)
    if ((await findConfig(place)) === null) return { configured, findings: [noConfiguration] }
    return { configured, findings: catalog === null ? [] : examineConfiguration(configured, { catalog, capabilities }) }
  } catch (error) {
    const { message, hint } = wordsOf(error)
    return { configured: null, findings: [{ level: 'error', kind: 'configuration', subject: null, message, hint }] }
  }
}

const noConfiguration: Finding = {
  level: 'note',
  kind: 'no-configuration',
  subject: null,
  message: 'There is no steward.config.ts: no roles but admin and reader, and no masks.',
  hint: 'steward init writes one for this database.',
}

function wordsOf(error: unknown): { message: string; hint: string } {
  if (!isStewardError(error)) return { message: String(error), hint: 'STEWARD_DEBUG=1 shows more.' }
  const message =
    error.details === null || error.details === '' || error.message.includes(error.details)
      ? error.message
      : `${error.message}\n${error.details}`
  return { message, hint: error.hint ?? '' }
}
