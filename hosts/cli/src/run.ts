// The command line, the file to read first: builds the commands from the contracts, runs one, answers an exit code.
import type { Capability } from '@steward/engine'
import { Command, CommanderError } from 'commander'
import { describeFailure, exitCodeOf, printFailure, usageFailure } from './failure.ts'
import { type LocalCommand, localCommand } from './local-command.ts'
import { pathOf, procedureCommand } from './procedure-command.ts'
import { createSession, type OpenEngine, type Session } from './session.ts'
import { processTerminal, type Terminal } from './terminal.ts'

/**
 * What the composition root hands to the command line.
 *
 * @example
 * const parts: CommandLineParts = { name: 'steward', version: '0.1.0', summary: '…', capabilities, locals, openEngine }
 */
export type CommandLineParts = {
  name: string
  version: string
  summary: string
  capabilities: readonly Capability[]
  locals: readonly LocalCommand[]
  openEngine: OpenEngine
  /** Further options that every command takes, as commander writes them. */
  globals?: readonly (readonly [flags: string, summary: string])[]
  /** What went wrong while the list of commands was made: told first, and, where it is fatal, last. */
  problem?: { error: unknown; isFatal: boolean }
}

/**
 * Runs one command line and answers with its exit code: 0 done, 1 refused or failed, 2 wrong usage. Never throws.
 *
 * @example
 * process.exitCode = await runCommandLine(parts, process.argv.slice(2))
 */
export async function runCommandLine(parts: CommandLineParts, words: readonly string[]): Promise<0 | 1 | 2> {
  const terminal = processTerminal()
  const isJson = words.slice(0, words.indexOf('--') >>> 0).includes('--json')
  if (parts.problem !== undefined) {
    const failure = describeFailure(parts.problem.error)
    await terminal.complain(printFailure(failure, { isJson, paper: terminal.error }))
    if (process.env['STEWARD_DEBUG'] === '1' && !isJson) console.error(parts.problem.error)
    if (parts.problem.isFatal) return exitCodeOf(failure)
  }
  const { program, session } = buildProgram(parts, terminal)
  try {
    if (words.length === 0) program.outputHelp()
    else await program.parseAsync([...words], { from: 'user' })
    return session.outcome.isFailed ? 1 : 0
  } catch (error) {
    if (isHelp(error)) return error.exitCode === 0 ? 0 : 2
    const failure = describeFailure(error)
    await terminal.complain(printFailure(failure, { isJson, paper: terminal.error }))
    if (process.env['STEWARD_DEBUG'] === '1' && !isJson) console.error(error)
    return exitCodeOf(failure)
  }
}

/** commander throws after it has printed its help or the version; without a verb the help goes to stderr, as an error. */
function isHelp(error: unknown): error is CommanderError {
  return error instanceof CommanderError && (error.exitCode === 0 || error.code === 'commander.help')
}

function buildProgram(parts: CommandLineParts, terminal: Terminal): { program: Command; session: Session } {
  const hasPerson = process.stdin.isTTY === true && process.stderr.isTTY === true
  const session = createSession({
    program: parts.name,
    env: process.env,
    terminal,
    hasPerson,
    openEngine: parts.openEngine,
  })
  const program = new Command(parts.name)
    .description(parts.summary)
    .version(parts.version, '-V, --version', 'print the version')
    .option('--database-url <url>', 'the database (default: DATABASE_URL)')
    .option('--json', 'print one JSON document, for programs')
  for (const [flags, summary] of parts.globals ?? []) program.option(flags, summary)
  // What prepares the ground stands first in the help.
  for (const { name, summary } of parts.capabilities) program.command(name).description(summary)
  for (const local of parts.locals) groupOf(program, local.path.slice(0, -1)).addCommand(localCommand(local, session))
  for (const capability of parts.capabilities) addProcedures(program, capability, session)
  for (const command of everyCommand(program)) {
    nameDeeds(command)
    settle(command)
  }
  return { program, session }
}

function addProcedures(program: Command, capability: Capability, session: Session): void {
  const { name, contract } = capability
  for (const [word, promised] of Object.entries(contract)) {
    const command = procedureCommand(capability, word, promised, session)
    groupOf(program, [name, ...pathOf(word, promised).slice(0, -1)]).addCommand(command)
  }
}

function groupOf(program: Command, path: readonly string[]): Command {
  return path.reduce(
    (group, word) => group.commands.find((each) => each.name() === word) ?? group.command(word),
    program,
  )
}

/** A group that nobody has described says what is in it. */
function nameDeeds(command: Command): void {
  if (command.description() !== '' || command.commands.length === 0) return
  command.description(command.commands.map((each) => each.name()).join(', '))
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)]
}

/** Errors are thrown and told in one place; help goes where commander sends it. */
function settle(command: Command): void {
  command
    .exitOverride((error) => {
      throw isHelp(error) ? error : usageFailure(error, wordsOf(command))
    })
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ showGlobalOptions: true })
    .helpOption('-h, --help', 'show this help')
    .helpCommand(command.parent === null)
}

function wordsOf(command: Command): string {
  return command.parent === null ? command.name() : `${wordsOf(command.parent)} ${command.name()}`
}
