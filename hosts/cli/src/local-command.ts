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
    const output = await local.run({ databaseUrl: session.databaseUrl(options), actor, options, isDryRun })
    await session.present(output, local.show === undefined ? undefined : { show: local.show }, { ...options, isDryRun })
  })
}
