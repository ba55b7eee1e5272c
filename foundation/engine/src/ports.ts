// What the engine needs of others: declared here, kept by a capability, wired by the composition root.
import type { Actor } from '@steward/base'
import type { Queryable, Transaction } from '@steward/postgres'
import type { Role } from './role.ts'

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
export type Permit = (question: {
  actor: Actor
  /** Null at the terminal, where nobody has one. */
  role: Role | null
  permission: string
  procedure: string
}) => boolean | Promise<boolean>

/**
 * Port: what an operation has changed so far, read inside its own transaction, triggers and cascades included; oldest
 * first, as `trail operation` shows them, and with what the role may not see held back. Kept by the trail.
 *
 * @example
 * const nothingChanged: ReadChanges = async () => []
 */
export type ReadChanges = (
  transaction: Queryable,
  asked: { operationId: string; actor: Actor; role: Role | null },
) => Promise<unknown[]>

/**
 * One request as the log of calls remembers it.
 *
 * @example
 * const isWrite = ({ method }: Call) => method !== 'GET' && method !== 'HEAD'
 */
export type Call = {
  at: Date
  requestId: string
  actor: Actor | null
  /** By name. */
  role: string | null
  /** The visible part of the API key. */
  key: string | null
  method: string
  /** Whole, still percent-encoded. */
  path: string
  /** The filter, still percent-encoded. */
  query: string
  status: number
  rows: number | null
  durationMs: number
}

/**
 * Port: remembers a call. It is told after the answer has left, never throws, and makes nobody wait. Kept by entities.
 *
 * @example
 * const forgets: RecordCall = () => undefined
 */
export type RecordCall = (call: Call) => void
