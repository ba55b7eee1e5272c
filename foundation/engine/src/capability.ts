// What a capability is: a plain object with its promises, and the verbs that keep them.
import type { Actor, StewardError } from '@steward/base'
import type { AnyProcedure, Contract, InputOf, OutputOf } from '@steward/contract'
import type { Transaction } from '@steward/postgres'
import type { Operation } from './ports.ts'
import type { Role } from './role.ts'

/**
 * What a verb is handed besides its input.
 *
 * @example
 * const verb: Verb<typeof contract.define> = ({ transaction }, check) => defineCheck(transaction, check)
 */
export type Performing = {
  /** Open, and of the kind that the effect calls for: the verb neither commits nor rolls back. */
  transaction: Transaction
  actor: Actor
  /** What they may see and do; null where nothing is held back. */
  role: Role | null
  operation: Operation
  /** True when everything is rolled back afterwards; the verb does the same work either way. */
  isDryRun: boolean
}

/**
 * The function that keeps a promise: takes a transaction and the parsed input, returns facts.
 *
 * @example
 * const verb: Verb<typeof contract.ping> = async () => ({ answered: true })
 */
export type Verb<P extends AnyProcedure> = (performing: Performing, input: InputOf<P>) => Promise<OutputOf<P>>

/** A verb for each promise of a contract, no more and no less. */
type Verbs<C extends Contract> = { readonly [Name in keyof C]: Verb<C[Name]> }

/** A promise together with the verb that keeps it. */
export type KeptProcedure = {
  promised: AnyProcedure
  verb: (performing: Performing, input: unknown) => Promise<unknown>
}

/**
 * All procedures of a capability, kept.
 *
 * @example
 * const names = (procedures: KeptProcedures): string[] => Object.keys(procedures)
 */
export type KeptProcedures = Readonly<Record<string, KeptProcedure>>

/**
 * Says promise by promise which verb keeps it. The types refuse a promise that nobody keeps, and a verb that was
 * never promised.
 *
 * @example
 * import { z } from 'zod'
 *
 * const contract = {
 *   ping: procedure({ summary: 'Answers', effect: 'read', permission: 'demo:ping' })
 *     .input(z.object({ word: z.string() })).output(z.object({ echo: z.string() })),
 * }
 * const procedures = keep(contract, { ping: async (_performing, { word }) => ({ echo: word }) })
 */
export function keep<const C extends Contract>(contract: C, verbs: Verbs<C>): KeptProcedures {
  const kept = Object.entries(contract).map(([name, promised]) => {
    const verb = verbs[name]
    // For those who call it without types: found when the program starts, and not by the first customer.
    if (verb === undefined) throw new Error(`Nobody keeps the promise "${name}".`)
    return [name, { promised, verb: verb as KeptProcedure['verb'] }]
  })
  return Object.fromEntries(kept)
}

/**
 * A database that verbs work on: the service's own, or Steward's office.
 *
 * @example
 * const home: Home = 'office'
 */
export type Home = 'service' | 'office'

/**
 * What a capability registers.
 *
 * @example
 * const names = (capabilities: Capability[]): string[] => capabilities.map(({ name }) => name)
 */
export type Capability = {
  /** The one word that stands for it: folder, menu, URL, command, permission, error prefix. */
  name: string
  /** One line for the list of commands. */
  summary: string
  contract: Contract
  procedures: KeptProcedures
  /** Whose database its verbs work on: the service's own (unless said), or Steward's, where people and keys are. */
  home?: Home
  /** Its error codes, for the generated reference. */
  errors?: Readonly<Record<string, (...values: never[]) => StewardError>>
  /** Folder of its SQL migrations. */
  migrations?: URL
}

/**
 * Declares a capability.
 *
 * @example
 * const checks = defineCapability({
 *   name: 'checks', summary: 'Queries that must return no row', contract: checksContract, procedures: checksProcedures,
 * })
 */
export function defineCapability(capability: Capability): Capability {
  return capability
}
