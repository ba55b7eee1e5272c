// Commands that walk outside perform(): they prepare the ground that procedures stand on (install, serve, init).
import type { Actor } from '@steward/base'
import type { Block } from '@steward/contract'
import { Command } from 'commander'
import { readActor } from './actor.ts'
import type { Session } from './session.ts'

/**
 * A command that is not derived from a contract. The composition root hands these in.
 *
 * @example
 * const where: LocalCommand = {
 *   path: ['where'], summary: 'Says which database is meant', run: async ({ databaseUrl }) => ({ databaseUrl }),
 * }
 */
export type LocalCommand = {
  /** Its words: `['trail', 'install']` is `steward trail install`. */
  path: readonly string[]
  summary: string
  description?: string
  /** Own options as commander writes them: `['--print', 'prints the SQL']`. */
  options?: readonly (readonly [flags: string, summary: string])[]
  /** It takes `--dry-run`, and does then what it would do without changing anything. */
  hasDryRun?: boolean
  /** It runs until it is told to stop, says what it has to say while it runs, and has no output of its own. */
  isServing?: boolean
  /** It has something to say without a database, too: `databaseUrl` is then as it was typed, or empty. */
  isWithoutDatabase?: boolean
  /** Whether the output, which is printed like any other, means that the program ends with 1. */
  isFailure?: (output: unknown) => boolean
  show?: readonly Block[]
  examples?: readonly string[]
  run: (asked: LocalRequest) => Promise<unknown>
}

/**
 * What a local command is handed.
 *
 * @example
 * const run = async ({ databaseUrl, isDryRun }: LocalRequest) => ({ databaseUrl, isDryRun })
 */
export type LocalRequest = {
  databaseUrl: string
  actor: Actor
  options: Readonly<Record<string, unknown>>
  isDryRun: boolean
  /** The environment of the program. */
  env: Readonly<Record<string, string | undefined>>
  /** Prints a line now. */
  print: (line: string) => Promise<void>
  /** Of a serving command: aborted by the first Ctrl-C or SIGTERM. The second ends the process at once. */
  stopping: AbortSignal
}

/**
 * Builds the command of a local command.
 *
 * @example
 * group.addCommand(localCommand(install, session))
 */
export function localCommand(local: LocalCommand, session: Session): Command {
  const word = local.path.at(-1) ?? ''
  const command = new Command(word).summary(local.summary)
  command.description(
    local.description === undefined ? `${local.summary}.` : `${local.summary}.\n\n${local.description}`,
  )
  for (const [flags, summary] of local.options ?? []) command.option(flags, summary)
  if (local.hasDryRun === true) command.option('--dry-run', 'show what would be done, and do nothing')
  command.option('--actor <actor>', 'who acts: id, type:id or JSON (default: STEWARD_ACTOR, else you)')
  session.teach(command, local.path.join(' '), local.examples)
  return command.action(async function (this: Command) {
    const options = this.optsWithGlobals<Record<string, unknown>>()
    const actor = readActor((options['actor'] as string | undefined) ?? session.env['STEWARD_ACTOR'])
    const isDryRun = options['dryRun'] === true
    const { stopping, forget } = local.isServing === true ? listenForStop() : neverStopped()
    const print = (line: string) => session.terminal.print(`${line}\n`)
    const { env } = session
    const databaseUrl = local.isWithoutDatabase === true ? session.typedUrl(options) : session.databaseUrl(options)
    const output = await local.run({ databaseUrl, actor, options, isDryRun, env, print, stopping }).finally(forget)
    if (local.isServing === true) return
    await session.present(output, local.show === undefined ? undefined : { show: local.show }, { ...options, isDryRun })
    if (local.isFailure?.(output) === true) session.outcome.isFailed = true
  })
}

type Stop = { stopping: AbortSignal; forget: () => void }

function neverStopped(): Stop {
  return { stopping: new AbortController().signal, forget: () => undefined }
}

/** Once each: a second Ctrl-C finds no listener, and does what it does to every program. */
function listenForStop(): Stop {
  const controller = new AbortController()
  const stop = () => {
    forget()
    controller.abort()
  }
  const forget = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  return { stopping: controller.signal, forget }
}
