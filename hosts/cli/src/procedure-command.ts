// One command derived from one promise: its words, options and help, and what happens when it is typed.
import type { AnyProcedure, ProcedureWords } from '@steward/contract'
import { wordsOf } from '@steward/contract'
import { type Capability, type Home, type Performed, type PerformRequest, perform } from '@steward/engine'
import { Argument, Command, Option } from 'commander'
import { readActor } from './actor.ts'
import { cliErrors } from './errors.ts'
import { type Field, fieldsOf, readWord } from './fields.ts'
import { linesOf } from './lines.ts'
import type { Session } from './session.ts'

type Options = Readonly<Record<string, unknown>>

/**
 * Builds the command of a procedure.
 *
 * @example
 * group.addCommand(procedureCommand(trail, 'history', trailContract.history, session))
 */
export function procedureCommand(
  { name: capability, home = 'service' }: Pick<Capability, 'name' | 'home'>,
  name: string,
  promised: AnyProcedure,
  session: Session,
): Command {
  const words = wordsOf(promised)
  const fields = fieldsOf(promised)
  const path = pathOf(name, promised)
  const command = new Command(path.at(-1)).summary(words.summary).description(describe(words))
  for (const field of fields) {
    if (field.position === null) command.addOption(optionFor(field))
    else command.addArgument(argumentFor(field))
  }
  if (words.effect !== 'read') addChangingOptions(command, words)
  session.teach(command, [capability, ...path].join(' '), words.cli?.examples)
  return command.action(async function (this: Command) {
    const options = this.optsWithGlobals<Options>()
    const input = await readInput(fields, this.processedArgs, options)
    await run({ procedure: `${capability}.${name}`, home, input, words, options, session })
  })
}

/** The words of a procedure's command below its capability's: its name, unless the contract says others. */
export function pathOf(name: string, promised: AnyProcedure): readonly string[] {
  return wordsOf(promised).cli?.path ?? [wordFor(name)]
}

/** `planRevert` is typed `plan-revert`. */
function wordFor(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

function describe({ summary, description }: ProcedureWords): string {
  return description === undefined ? `${summary}.` : `${summary}.\n\n${description}`
}

function argumentFor(field: Field): Argument {
  const word = field.kind === 'file' ? field.placeholder : field.name
  const dots = field.kind === 'list' ? '...' : ''
  const argument = new Argument(field.isRequired ? `<${word}${dots}>` : `[${word}${dots}]`, field.description)
  return argument.argParser((typed, earlier) => readWord(field, typed, earlier))
}

function optionFor(field: Field): Option {
  const flag = `--${wordFor(field.name)}`
  const placeholder = field.choices === null ? field.placeholder : field.choices.join('|')
  const option = new Option(field.kind === 'flag' ? flag : `${flag} <${placeholder}>`, field.description)
  option.makeOptionMandatory(field.isRequired)
  return field.kind === 'flag' ? option : option.argParser((typed, earlier) => readWord(field, typed, earlier))
}

function addChangingOptions(command: Command, { effect, cli }: ProcedureWords): void {
  command.option(
    '--reason <text>',
    effect === 'danger' ? 'why; the trail keeps it (required)' : 'why; the trail keeps it',
  )
  command.option('--dry-run', 'do all of it, show what came of it, and roll it back')
  command.option('--actor <actor>', 'who acts: id, type:id or JSON (default: STEWARD_ACTOR, else you)')
  if (effect === 'danger' || cli?.confirm !== undefined) command.option('--yes', 'do not ask whether you are sure')
}

async function readInput(fields: readonly Field[], given: readonly unknown[], options: Options): Promise<Options> {
  const input: Record<string, unknown> = {}
  for (const field of fields) {
    const value = field.position === null ? options[field.name] : given[field.position]
    if (value === undefined) continue
    input[field.name] = field.kind === 'file' && typeof value === 'string' ? await linesOf(value) : value
  }
  return input
}

type Asked = {
  procedure: string
  home: Home
  input: unknown
  words: ProcedureWords
  options: Options
  session: Session
}

async function run({ procedure, home, input, words, options, session }: Asked): Promise<void> {
  const isReading = words.effect === 'read'
  const isDryRun = options['dryRun'] === true
  const request: PerformRequest = {
    procedure,
    input,
    actor: isReading ? readActor(undefined) : readActor(textOf(options['actor']) ?? session.env['STEWARD_ACTOR']),
    source: 'cli',
    reason: isReading ? null : (textOf(options['reason']) ?? null),
    isDryRun,
  }
  await session.withEngine({ ...options, home }, async (engine) => {
    const performRequest = (more: Partial<PerformRequest>): Promise<Performed> =>
      perform(engine, { ...request, ...more })
    const isConfirmed = isReading || isDryRun || (await confirm(words, options, session, request, performRequest))
    const { output } = await performRequest({ isConfirmed })
    await session.present(output, words.cli, { ...options, isDryRun })
  })
}

/**
 * A person at a terminal sees the dry run of a danger and is asked; a program has no eyes, there the reason that it
 * must give is the confirmation.
 */
async function confirm(
  { effect, cli }: ProcedureWords,
  options: Options,
  session: Session,
  request: PerformRequest,
  performRequest: (more: Partial<PerformRequest>) => Promise<Performed>,
): Promise<boolean> {
  const isAsking =
    (effect === 'danger' || cli?.confirm !== undefined) && options['yes'] !== true && options['json'] !== true
  if (!isAsking || !session.hasPerson || (effect === 'danger' && request.reason === null)) return true
  if (effect === 'danger') {
    const { output } = await performRequest({ isDryRun: true })
    await session.present(output, cli, { isDryRun: true })
  }
  const answer = await session.terminal.ask(cli?.confirm ?? 'Do this for real?')
  if (answer === false) throw cliErrors.DECLINED()
  return true
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
