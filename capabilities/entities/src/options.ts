// How the Admin API is set up over one database.
import type { Contract } from '@steward/contract'
import type { LeaveOperation } from '@steward/engine'
import type { Pool } from '@steward/postgres'
import type { ReadCalls } from './calls/read-calls-port.ts'
import type { EntityWords } from './entity-words.ts'
import type { ServiceProcedures } from './service-procedures/service-procedures.ts'

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
  /**
   * At most so many rows are changed or removed by one request of a person (`staff`, `user`) whose role says nothing about it,
   * unless they say how many they mean; null is no limit. 1000 unless given.
   */
  maxAffectedByPeople?: number | null
  /** How deep related rows may be embedded in one another; null is no limit. 8 unless given, and null in `compat`. */
  maxEmbedDepth?: number | null
  /** Seals what clients carry for us, as the reason of a session: the same in all processes. One of this process alone unless given. */
  secret?: string
  /** Told of errors that nobody expected: clients hear only that there was one. Process warnings unless given. */
  onError?: (error: unknown) => void
  /** Carries operations into the trail; without it writes leave only what the database itself knows. */
  leaveOperation?: LeaveOperation
  /** Of the capabilities that are mounted beside it, by their word: the document at `/openapi.json` has their routes. */
  contracts?: Readonly<Record<string, Contract>>
  /** The service's own procedures, at `/rpc/<name>`. */
  procedures?: ServiceProcedures
  /** What the team says about its entities, by name as `orders` or `billing.invoices`. */
  words?: Readonly<Record<string, EntityWords>>
  /** How long the search box may look through one entity, in milliseconds; 300 unless given. */
  searchBudgetMs?: number
  /** Steward's own database, where writes with an `Idempotency-Key` are kept for a day; without it they are refused. */
  office?: () => Promise<Pool>
  /** Reads the log of calls, for `GET /calls`; there is no such route without it. */
  readCalls?: ReadCalls
}

/** The same with every default filled in. */
export type Settings = Required<
  Omit<EntitiesOptions, 'compat' | 'leaveOperation' | 'office' | 'procedures' | 'readCalls'>
> & {
  compat: { anonymousRole: string | null } | null
  leaveOperation: LeaveOperation | null
  office: (() => Promise<Pool>) | null
  procedures: ServiceProcedures | null
  readCalls: ReadCalls | null
}
