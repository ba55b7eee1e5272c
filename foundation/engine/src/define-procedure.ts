// Procedures of the service itself: business functions of the team, performed like every promise of Steward's own.
import { type AnyProcedure, type CommandLine, type Effect, procedure } from '@steward/contract'
import type { z } from 'zod'
import type { Capability, KeptProcedure, Performing } from './capability.ts'
import { engineErrors } from './errors.ts'
import { keepOpen } from './keep-open.ts'

/**
 * What `run` is handed besides its input. `transaction` is open and a client of `pg`: what is asked through it is part of
 * the operation, and is rolled back in a dry run. It is committed when `run` has answered, and never by `run` itself.
 * What goes through another pool or DataSource of the service is neither: hand the client to the code that is shared with
 * it (an ORM over node-postgres takes one).
 *
 * @example
 * const refund = async ({ transaction }: Acting, id: number) => transaction.query('DELETE FROM refund WHERE id = $1', [id])
 */
export type Acting = Performing & {
  /** Why; null where nobody said and nobody had to. */
  reason: string | null
}

/** What a team writes of a procedure of its own. */
type ProcedureDefinition<Input extends z.ZodType, Output extends z.ZodType> = {
  /** `word.deed` in letters and digits: `orders.refund`. */
  name: `${string}.${string}`
  /** One line, in the third person, without a full stop: "Refunds an order". */
  summary: string
  description?: string
  /** `read` runs in a read-only transaction, `write` in one with its trail, `danger` also demands reason and confirmation. */
  effect: Effect
  /** What a role is given to perform it; `orders:refund` for `orders.refund` unless given. */
  permission?: `${string}:${string}`
  /** The entity whose records it is an action of, `orders` or `billing.invoices`. */
  entity?: string
  /** An object, since options and forms are made of its fields. */
  input: Input
  output: Output
  /** Hints for the command line. */
  cli?: CommandLine
  run: (acting: Acting, input: z.output<Input>) => Promise<z.input<Output>>
}

/**
 * A procedure of the service, ready to be registered.
 *
 * @example
 * const names = (procedures: ServiceProcedure[]) => procedures.map(({ name }) => name)
 */
export type ServiceProcedure = KeptProcedure & { name: string; entity: string | null }

/**
 * Defines a procedure of the service: at `/api/rpc/orders.refund`, as `steward orders refund`, in the SDK, and as an action
 * of its entity. Nobody may perform it but roles that hold its permission.
 *
 * @throws ENGINE_PROCEDURE_MALFORMED
 * @example
 * import { z } from 'zod'
 *
 * const refund = defineProcedure({
 *   name: 'orders.refund', summary: 'Refunds an order', effect: 'write', entity: 'orders',
 *   input: z.object({ order: z.number().int() }), output: z.object({ refunded: z.boolean() }),
 *   run: async ({ transaction }, { order }) => {
 *     const { rowCount } = await transaction.query(`UPDATE orders SET status = 'refunded' WHERE id = $1`, [order])
 *     return { refunded: rowCount === 1 }
 *   },
 * })
 */
export function defineProcedure<const Input extends z.ZodType, const Output extends z.ZodType>(
  definition: ProcedureDefinition<Input, Output>,
): ServiceProcedure {
  // Also for those who write it without types: found when the program starts, and not by the first customer.
  const problem = problemOf(definition as Partial<ProcedureDefinition<z.ZodType, z.ZodType>>)
  if (problem !== null) throw engineErrors.PROCEDURE_MALFORMED({ procedure: String(definition?.name), problem })
  const { name, summary, description, effect, entity = null, input, output, cli, run } = definition
  const permission = definition.permission ?? permissionOf(name)
  const promised: AnyProcedure = procedure({
    summary,
    effect,
    permission,
    ...(description === undefined ? {} : { description }),
    ...(cli === undefined ? {} : { cli }),
  })
    .input(input)
    .output(output)
  return {
    name,
    entity,
    promised,
    verb: (performing, parsed) => {
      const { operation, transaction } = performing
      const acting = { ...performing, transaction: keepOpen(transaction), reason: operation.reason }
      return run(acting, parsed as z.output<Input>)
    },
  }
}

const namePattern = /^[a-z][a-zA-Z0-9_]*\.[a-z][a-zA-Z0-9_]*$/
const permissionPattern = /^[a-z][a-zA-Z0-9_-]*:[a-z][a-zA-Z0-9_-]*$/

function problemOf(definition: Partial<ProcedureDefinition<z.ZodType, z.ZodType>>): string | null {
  const { name, summary, effect, permission, entity, input, output, run } = definition ?? {}
  if (typeof name !== 'string' || !namePattern.test(name)) {
    return 'its name reads word.deed, each of letters and digits and beginning with a small letter, as "orders.refund"'
  }
  if (typeof summary !== 'string' || summary.trim() === '') return 'it needs a summary'
  if (effect !== 'read' && effect !== 'write' && effect !== 'danger') return 'its effect is read, write or danger'
  if (permission !== undefined && !permissionPattern.test(permission)) {
    return 'its permission reads word:deed, as "orders:refund"'
  }
  if (entity !== undefined && (typeof entity !== 'string' || entity === '')) return 'its entity is the name of one'
  if (!isSchema(input)) return 'its input is a zod schema'
  if (!isObject(input)) return 'its input is an object: z.object({ … })'
  if (!isSchema(output)) return 'its output is a zod schema'
  return typeof run === 'function' ? null : 'it needs a function `run`'
}

function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

function isObject(schema: z.ZodType): boolean {
  return schema._zod.def.type === 'object'
}

/** `orders.refundAll` is permitted by `orders:refund-all`. */
function permissionOf(name: string): `${string}:${string}` {
  const [word = '', deed = ''] = name.split('.')
  return `${word}:${wordFor(deed)}`
}

function wordFor(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}

/**
 * The procedures as capabilities, one for each word before the dot, so that commands, permissions and pages treat them as
 * they treat any other. `taken` are words that are somebody else's already.
 *
 * @throws ENGINE_PROCEDURE_TWICE, ENGINE_PROCEDURE_WORD_TAKEN, ENGINE_PROCEDURE_MALFORMED
 * @example
 * const [orders] = asCapabilities([refund], ['trail', 'access'])
 */
export function asCapabilities(procedures: readonly ServiceProcedure[], taken: readonly string[] = []): Capability[] {
  const byWord = new Map<string, ServiceProcedure[]>()
  const commands = new Set<string>()
  for (const each of procedures) {
    demandDefined(each)
    const [word = '', deed = ''] = each.name.split('.')
    if (taken.includes(word)) throw engineErrors.PROCEDURE_WORD_TAKEN({ procedure: each.name, word })
    // Two names that are typed alike would be one command.
    const command = `${word} ${wordFor(deed)}`
    if (commands.has(command)) throw engineErrors.PROCEDURE_TWICE({ procedure: each.name })
    commands.add(command)
    byWord.set(word, [...(byWord.get(word) ?? []), each])
  }
  return [...byWord].map(([word, own]) => asCapability(word, own))
}

function demandDefined(value: ServiceProcedure): void {
  const { name, promised, verb } = (value ?? {}) as Partial<ServiceProcedure>
  if (typeof name === 'string' && promised !== undefined && typeof verb === 'function') return
  const problem = 'it was not made by defineProcedure({ … })'
  throw engineErrors.PROCEDURE_MALFORMED({ procedure: typeof name === 'string' ? name : typeof value, problem })
}

function asCapability(word: string, own: readonly ServiceProcedure[]): Capability {
  const kept = own.map(({ name, promised, verb }) => [name.slice(word.length + 1), { promised, verb }] as const)
  return {
    name: word,
    summary: `Procedures of the service: ${kept.map(([deed]) => deed).join(', ')}`,
    contract: Object.fromEntries(kept.map(([deed, { promised }]) => [deed, promised])),
    procedures: Object.fromEntries(kept),
  }
}
