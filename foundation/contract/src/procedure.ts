// What a capability promises: one procedure with its effect, its permission and its shapes. Safe in a browser.
import {
  type AnyContractProcedure,
  type AnySchema,
  type ContractBuilder,
  type InferSchemaInput,
  type InferSchemaOutput,
  isContractProcedure,
  oc,
  type Schema,
} from '@orpc/contract'
import type { CommandLine } from './command-line.ts'
import { type WebRoute, webRoute } from './web-route.ts'

/**
 * What performing a procedure may do: `read` runs in a read-only transaction, `write` in one transaction with its
 * trail, `danger` like `write`, but it also demands a reason and a confirmation.
 *
 * @example
 * const effect: Effect = 'read'
 */
export type Effect = 'read' | 'write' | 'danger'

/**
 * The words of a promise, beside its input and its output.
 *
 * @example
 * const words: ProcedureWords = { summary: 'Runs one check now', effect: 'read', permission: 'checks:evaluate' }
 */
export type ProcedureWords = {
  /** One line, in the third person, without a full stop: "Shows what happened to a record". */
  summary: string
  /** More, for the help and for the API's page: what it does not do, what it needs. */
  description?: string
  effect: Effect
  /** `capability:deed`, what a role is given to perform it. */
  permission: `${string}:${string}`
  /** `changes`: a chore that is left in the trail only when it changed a row. Else every performance is (`always`). */
  record?: 'always' | 'changes'
  cli?: CommandLine
  /** Its address on the web where that is not its own name; false where it is not for the web. */
  http?: WebRoute | false
}

/** What is attached to the contract of every procedure. */
type ProcedureMeta = { promise?: ProcedureWords }

/**
 * A procedure as it stands in a contract: an oRPC contract procedure that carries its words.
 *
 * @example
 * const describe = (procedure: AnyProcedure): string => wordsOf(procedure).summary
 */
export type AnyProcedure = AnyContractProcedure

/**
 * A capability's contract: its procedures by name.
 *
 * @example
 * const contract: Contract = { ping: procedure({ summary: 'Answers', effect: 'read', permission: 'demo:ping' }) }
 */
export type Contract = { readonly [name: string]: AnyProcedure }

/**
 * What the verb behind a procedure receives: its input after parsing, with defaults filled in.
 *
 * @example
 * type Asked = InputOf<typeof checksContract.evaluate>
 */
export type InputOf<P extends AnyProcedure> = InferSchemaOutput<NonNullable<P['~orpc']['inputSchema']>>

/**
 * What the verb behind a procedure answers with, before the output is parsed.
 *
 * @example
 * type Answer = OutputOf<typeof checksContract.evaluate>
 */
export type OutputOf<P extends AnyProcedure> = InferSchemaInput<NonNullable<P['~orpc']['outputSchema']>>

/**
 * What somebody hands in to ask for a procedure: its input before parsing, where a default may be left out.
 *
 * @example
 * type Given = AskedOf<typeof checksContract.evaluate>
 */
export type AskedOf<P extends AnyProcedure> = InferSchemaInput<NonNullable<P['~orpc']['inputSchema']>>

/**
 * What whoever asked for a procedure gets: its output after parsing.
 *
 * @example
 * type Got = AnswerOf<typeof checksContract.evaluate>
 */
export type AnswerOf<P extends AnyProcedure> = InferSchemaOutput<NonNullable<P['~orpc']['outputSchema']>>

/**
 * Begins a promise; `.input(schema)` and `.output(schema)` (zod) complete it.
 *
 * @example
 * const checksContract = {
 *   evaluate: procedure({ summary: 'Runs one check now', effect: 'read', permission: 'checks:evaluate' })
 *     .input(z.object({ name: z.string() }))
 *     .output(z.object({ passed: z.boolean() })),
 * }
 */
export function procedure(
  words: ProcedureWords,
): ContractBuilder<Schema<unknown, unknown>, Schema<unknown, unknown>, Record<never, never>, ProcedureMeta> {
  const { summary, description } = words
  return oc
    .$route(description === undefined ? { summary } : { summary, description })
    .$meta<ProcedureMeta>({ promise: words })
}

/**
 * The words that a procedure was promised with.
 *
 * @throws Error when the contract was not made by `procedure()`.
 * @example
 * wordsOf(checksContract.evaluate).permission // 'checks:evaluate'
 */
export function wordsOf(promised: AnyProcedure): ProcedureWords {
  const words = (promised['~orpc'].meta as ProcedureMeta).promise
  if (words === undefined) throw new Error('A contract may only hold procedures that procedure({ … }) has begun.')
  return words
}

/**
 * Where a procedure is reached on the web, below its capability; null where it is not. A `read` is asked with GET, the
 * others with POST, and what has no path of its own goes by its name.
 *
 * @example
 * routeOf('evaluate', checksContract.evaluate) // { method: 'GET', path: '/evaluate', isConfirmedByReason: false }
 */
export function routeOf(name: string, promised: AnyProcedure): Required<WebRoute> | null {
  const { http = {}, effect } = wordsOf(promised)
  return http === false ? null : webRoute(name, effect, http)
}

/**
 * The schemas of a procedure's input and output; undefined where it promises none.
 *
 * @example
 * schemasOf(checksContract.evaluate).input
 */
export function schemasOf(promised: AnyProcedure): { input: AnySchema | undefined; output: AnySchema | undefined } {
  const { inputSchema: input, outputSchema: output } = promised['~orpc']
  return { input, output }
}

/**
 * Tells a procedure from everything else that may lie in an object.
 *
 * @example
 * Object.values(contract).every(isProcedure)
 */
export function isProcedure(value: unknown): value is AnyProcedure {
  return isContractProcedure(value)
}
