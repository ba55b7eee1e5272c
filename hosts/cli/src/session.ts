// One run of the program: its environment, its terminal, the engine it opens, and how it presents what came of it.
import { printJson } from '@steward/base'
import type { Block, CommandLine } from '@steward/contract'
import type { Engine } from '@steward/engine'
import type { Command } from 'commander'
import { cliErrors } from './errors.ts'
import { show } from './show/show.ts'
import type { Terminal } from './terminal.ts'

/** An engine over a database (null: what is asked for lives in Steward's own), and how to let go of it. */
export type OpenEngine = (options: {
  databaseUrl: string | null
}) => Promise<{ engine: Engine; close: () => Promise<void> }>

type Options = Readonly<Record<string, unknown>>

/**
 * What commands share while the program runs.
 *
 * @example
 * await session.withEngine(options, (engine) => perform(engine, request))
 */
export type Session = {
  env: Readonly<Record<string, string | undefined>>
  terminal: Terminal
  /** Somebody sits at the terminal and can be asked. */
  hasPerson: boolean
  databaseUrl: (options: Options) => string
  /** As it was typed, or empty: for commands that say themselves what is wrong with it. */
  typedUrl: (options: Options) => string
  /** A command that was carried out may still end with 1: it looked for something, and found it. */
  outcome: { isFailed: boolean }
  withEngine: (options: Options, work: (engine: Engine) => Promise<void>) => Promise<void>
  present: (output: unknown, hints: Pick<CommandLine, 'columns' | 'show'> | undefined, how: Options) => Promise<void>
  /** Adds the examples to a command's help. */
  teach: (command: Command, words: string, examples: readonly string[] | undefined) => void
}

/** What a session is made of. */
export type SessionParts = Pick<Session, 'env' | 'terminal' | 'hasPerson'> & { program: string; openEngine: OpenEngine }

/**
 * Opens a session.
 *
 * @example
 * const session = createSession({ program: 'steward', env: process.env, terminal, hasPerson: false, openEngine })
 */
export function createSession({ program, env, terminal, hasPerson, openEngine }: SessionParts): Session {
  const typedUrl = (options: Options): string =>
    (options['databaseUrl'] as string | undefined) ?? env['DATABASE_URL'] ?? ''
  const databaseUrl = (options: Options): string => demandUrl(options['databaseUrl'] ?? env['DATABASE_URL'])
  return {
    typedUrl,
    outcome: { isFailed: false },
    env,
    terminal,
    hasPerson,
    databaseUrl,
    async withEngine(options, work) {
      const isNeeded = options['home'] !== 'office' || (options['databaseUrl'] ?? env['DATABASE_URL']) !== undefined
      const { engine, close } = await openEngine({ databaseUrl: isNeeded ? databaseUrl(options) : null })
      try {
        await work(engine)
      } finally {
        await close()
      }
    },
    async present(output, hints, how) {
      if (how['json'] === true) return terminal.print(`${printJson(output ?? null)}\n`)
      await terminal.print(show(output, blocksOf(hints), terminal.out))
      if (how['isDryRun'] === true)
        await terminal.print(`${terminal.out.paint('yellow', 'Dry run: nothing was changed.')}\n`)
    },
    teach(command, words, examples = []) {
      const lines = examples.map((example) => `  $ ${program} ${words}${example === '' ? '' : ` ${example}`}`)
      if (lines.length > 0) command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
    },
  }
}

function blocksOf(hints: Pick<CommandLine, 'columns' | 'show'> | undefined): readonly Block[] | undefined {
  if (hints?.show !== undefined) return hints.show
  return hints?.columns === undefined ? undefined : [{ as: 'table', columns: hints.columns, empty: 'Nothing.' }]
}

function demandUrl(url: unknown): string {
  if (typeof url !== 'string' || url === '') throw cliErrors.DATABASE_URL_MISSING()
  // pg takes anything for a host name and then fails with "ENOTFOUND base", which helps nobody.
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) throw cliErrors.DATABASE_URL_INVALID()
  return url
}
