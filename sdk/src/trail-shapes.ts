// What the trail answers with: operations, changes, records as they were, and reverts.
import type { Actor } from '@steward/base'

/** Columns with their values. */
export type Values = Readonly<Record<string, unknown>>

/**
 * A key of a record: its value, or the values of its columns.
 *
 * @example
 * const key: Key = { order_id: 42, line: 3 }
 */
export type Key = string | number | bigint | boolean | Readonly<Record<string, unknown>>

/** What happened to one record. `before` and `after` have the columns that changed; all of them where it came or went. */
export type ChangeFacts = {
  kind: 'insert' | 'update' | 'delete' | 'truncate'
  entity: string
  key: Values | null
  before: Values | null
  after: Values | null
}

/** A change as the trail keeps it. */
export type Change = ChangeFacts & { id: string; at: string; imported: boolean; operation: Operation }

/** Who did what, through what, why. */
export type Operation = {
  id: string
  at: string
  actor: Actor | { type: string; id: string; name: string | null }
  procedure: string | null
  params: unknown
  reason: string | null
  source: string
  requestId: string | null
  [more: string]: unknown
}

/** One operation with everything that it changed. */
export type OperationWithChanges = { operation: Operation; changes: Change[] }

/** Which operations; what is left out is not asked for. */
export type OperationFilter = {
  procedure?: string
  /** An id, or `type:id`. */
  actor?: string
  entity?: string
  key?: Key
  /** Changed this column. */
  field?: string
  source?: string
  from?: string | Date
  to?: string | Date
  /** Words in procedure, parameters, reason or actor. */
  text?: string
  limit?: number
  /** The next page: what `next` said. */
  after?: string
}

/** A page of operations, newest first; `next` is null on the last one. */
export type OperationPage = { operations: Operation[]; next: string | null }

/** A record as it was; `exact` says whether the moment was a mark, or could be told from one. */
export type RecordThen = { record: Values | null; asOf: string; exact: boolean; [more: string]: unknown }

/** What a procedure touched in a period. */
export type Blast = {
  entities: { entity: string; records: number; changes: number; columns: unknown[]; sample: unknown[] }[]
  operations: unknown
  [more: string]: unknown
}

/** What is taken back: an operation, one change, a run, or one record to a moment. */
export type RevertTarget =
  | { operation: string }
  | { change: string }
  | { run: string }
  | { entity: string; key: Key; to: string | Date }

/** What a revert would do or has done. */
export type Reverted = {
  plan: { rows: ChangeFacts[]; conflicts: Conflict[]; [more: string]: unknown }
  applied: unknown
  operation: unknown
  [more: string]: unknown
}

/** Where somebody has edited since. */
export type Conflict = {
  entity: string
  key: Values | null
  column: string | null
  wrote: unknown
  now: unknown
  by: unknown
  reason: string
}
