// What the engine needs of others: declared here, kept by a capability, wired by the composition root.
import type { Actor } from '@steward/base'
import type { Transaction } from '@steward/postgres'

/**
 * The door that an operation came through.
 *
 * @example
 * const source: Source = 'cli'
 */
export type Source = 'app' | 'admin-api' | 'backoffice' | 'script' | 'cli' | 'sql' | 'system'

/**
 * One performance of a procedure, as the trail will remember it.
 *
 * @example
 * const named = (operation: Operation): string => `${operation.procedure} by ${operation.actor.id}`
 */
export type Operation = {
  /** Time-ordered uuid. */
  id: string
  actor: Actor
  /** `capability.name` */
  procedure: string
  /** The parsed input; whoever keeps it also redacts it. */
  params: unknown
  reason: string | null
  source: Source
  requestId: string | null
  runId: string | null
  parentId: string | null
  /** The operation that this one inverts. */
  reverts: string | null
}

/** How an operation ended. */
export type Ending = { outcome: 'done' } | { outcome: 'failed'; error: unknown }

/**
 * Port: leaves an operation in the trail, in the transaction of its changes. Kept by the trail.
 *
 * @example
 * const leavesNothing: LeaveOperation = { settings: () => ({}), leave: async () => {} }
 */
export type LeaveOperation = {
  /** The transaction-local settings that carry the operation; they ride on BEGIN and cost no round trip. */
  settings: (operation: Operation) => Record<string, string>
  /** Makes sure, before COMMIT, that the operation is in the trail also when no row has changed. */
  leave: (transaction: Transaction, operation: Operation, ending: Ending) => Promise<void>
}

/**
 * Port: may this actor do what needs this permission? On the command line the person at the terminal may do
 * everything that the database lets them do.
 *
 * @example
 * const everything: Permit = () => true
 */
export type Permit = (question: { actor: Actor; permission: string; procedure: string }) => boolean | Promise<boolean>
