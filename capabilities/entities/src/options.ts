// How the Admin API is set up over one database.
import type { LeaveOperation } from '@steward/engine'
import type { Pool } from '@steward/postgres'

/**
 * What is shown, and how strictly. The two ways to run it are `compat` (the pure dialect, for clients that exist already)
 * and Steward's own (reasons, guards, the trail).
 *
 * @example
 * const entities = await openEntities({ pool, schemas: ['public'], extraSearchPath: ['public'] })
 */
export type EntitiesOptions = {
  /** The service's own database. */
  pool: Pool
  /** Exposed schemas; the first is the default. */
  schemas: readonly [string, ...string[]]
  /** What stands behind the request's schema in `search_path`. */
  extraSearchPath?: readonly string[]
  /** At most so many rows in a list, an embed or the answer of a function; null is no limit. */
  maxRows?: number | null
  /** Answers `Accept: application/vnd.pgrst.plan`. */
  allowsPlan?: boolean
  /** Allows `sum()`, `count()` and their like in `select`. */
  allowsAggregates?: boolean
  /** Honours `Prefer: tx=rollback` and `tx=commit`. */
  allowsTxOverride?: boolean
  /** The pure dialect: no reason, no guards; each transaction runs as the database role of `anonymousRole`. */
  compat?: { anonymousRole: string | null }
  /** Refuses a write that does not say why (`Steward-Reason`); true unless given, and false in `compat`. */
  requiresReason?: boolean
  /** Told of errors that nobody expected: clients hear only that there was one. Process warnings unless given. */
  onError?: (error: unknown) => void
  /** Carries operations into the trail; without it writes leave only what the database itself knows. */
  leaveOperation?: LeaveOperation
}

/** The same with every default filled in. */
export type Settings = Required<Omit<EntitiesOptions, 'compat' | 'leaveOperation'>> & {
  compat: { anonymousRole: string | null } | null
  leaveOperation: LeaveOperation | null
}
