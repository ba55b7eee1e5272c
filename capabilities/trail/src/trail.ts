// The trail as a library: one object over the service's own pool, with a method for each thing the trail can do.
import { createHmac } from 'node:crypto'
import type { Actor } from '@steward/base'
import { type Connectable, inTransaction, openPool, type Pool, type Transaction } from '@steward/postgres'
import { signContexts } from './context/open-operation.ts'
import { bulk } from './install/bulk.ts'
import { type Examination, examine } from './install/doctor.ts'
import { type HardenOptions, hardenScript } from './install/harden.ts'
import { type ImportReport, importHistory } from './install/import.ts'
import { type InstallReport, install } from './install/install.ts'
import { type MaintainReport, maintain } from './install/maintain.ts'
import { leaveMark, type Mark } from './install/mark.ts'
import { stamp } from './install/stamp.ts'
import { readStatus, type Status } from './install/status.ts'
import { type TrackedTable, type TrackOptions, track, untrack } from './install/track.ts'
import { instrument } from './instrument/instrument.ts'
import type { InstrumentOptions } from './instrument/instrument-options.ts'
import { type ActivityQuestion, readActivity } from './read/activity.ts'
import { readAt } from './read/at.ts'
import { type BlastQuestion, readBlast } from './read/blast.ts'
import { type HistoryOptions, readHistory } from './read/history.ts'
import { readImpact } from './read/impact.ts'
import { readOperation } from './read/operation.ts'
import { type OperationFilter, searchOperations } from './read/operations.ts'
import { readTable } from './read/table.ts'
import { planRevert } from './revert/plan.ts'
import type { RevertPlan } from './revert/planned-revert.ts'
import { type RevertOptions, type RevertResult, revert } from './revert/revert.ts'
import type { RevertTarget } from './revert/revert-target.ts'
import type { When } from './when.ts'

/** The database: a pool of your own (it stays yours), or a connection string, for which a pool is opened. */
export type TrailOptions = ({ pool: Pool } | { connectionString: string }) & {
  /** The pool of a login that may read the trail (`steward_reader`); unless given, the same as for writing. */
  readerPool?: Pool
  /**
   * Signs the context of every operation of this process (HMAC-SHA-256); `install` keeps the same key in the database,
   * which then says of each part whether it was signed. A session that forges a context cannot sign it.
   */
  signingKey?: string
}

/** What {@link openTrail} gives. */
export type Trail = ReturnType<typeof openTrail>

/**
 * Opens the trail of a database. Nothing is read or written before a method is called.
 *
 * @example
 * const trail = openTrail({ pool })
 * await trail.install()
 * await trail.track(['orders', 'order_items'])
 * trail.instrument(pool)
 */
export function openTrail(options: TrailOptions) {
  const pool = 'pool' in options ? options.pool : openPool(options.connectionString)
  const reader = options.readerPool ?? pool
  const { signingKey } = options
  if (signingKey) signContexts((text) => createHmac('sha256', signingKey).update(text).digest('hex'))
  const write = <Result>(work: (transaction: Transaction) => Promise<Result>) => inTransaction(pool, {}, work)
  const read = <Result>(work: (transaction: Transaction) => Promise<Result>) => snapshot(reader, work)
  return {
    /** Installs the trail or brings it up to date; safe at every start of a service. */
    install: (): Promise<InstallReport> => install(pool, { signingKey }),
    /** What must happen from time to time: partitions, marks, drift, retention. Call it every minute. */
    maintain: (): Promise<MaintainReport> => write(maintain),
    /** Puts tables under the trail. */
    track: (
      entities: string | string[] | { all: true; schema?: string },
      how: TrackOptions = {},
    ): Promise<{ tracked: TrackedTable[] }> => write((transaction) => track(transaction, targetOf(entities), how)),
    /** Takes a table off the trail; its history stays. */
    untrack: (entity: string) => write((transaction) => untrack(transaction, { entity })),
    /** What is tracked, since when, and what is wrong with it. */
    status: (): Promise<Status> => read(readStatus),
    /** Lets a pool, a client, a TypeORM DataSource or the `pg` module carry the current operation. */
    instrument: <Target extends object>(target: Target, how: InstrumentOptions = {}): Target =>
      instrument(target, { recordOn: pool, ...how }),
    /** The changes of a record, newest first. */
    history: (entity: string, key: unknown, question: HistoryOptions = {}) =>
      readHistory(reader, { entity, key, ...question }),
    /** A record as it was. */
    at: (entity: string, key: unknown, when: When) => read((transaction) => readAt(transaction, { entity, key, when })),
    /** A whole table, or the rows that match, as it was. */
    table: (entity: string, when: When, filter?: Record<string, unknown>) =>
      read((transaction) => readTable(transaction, { entity, when, filter })),
    /** One operation with its changes. */
    operation: (id: string) => read((transaction) => readOperation(transaction, { id })),
    /** Searches operations, newest first, a page at a time. */
    operations: (filter: OperationFilter = {}) => read((transaction) => searchOperations(transaction, filter)),
    /** What a procedure touched in a period. */
    blast: (question: BlastQuestion) => read((transaction) => readBlast(transaction, question)),
    /** Which procedure has written which entities and columns. */
    impact: () => read((transaction) => readImpact(transaction, {})),
    /** Counts over time, by procedure, actor or entity. */
    activity: (question: ActivityQuestion) => read((transaction) => readActivity(transaction, question)),
    /** The exact inverse rows of an operation, a change, a run, or a record since a moment; and the conflicts. */
    planRevert: (target: RevertTarget): Promise<RevertPlan> => read((transaction) => planRevert(transaction, target)),
    /** Carries a plan out, in one transaction, with its own trail. */
    revert: (plan: RevertPlan, how: RevertOptions): Promise<RevertResult> =>
      write((transaction) => revert(transaction, plan, how)),
    /** Takes in history from elsewhere, marked as imported; all or nothing. */
    import: (lines: Iterable<unknown> | AsyncIterable<unknown>): Promise<ImportReport> =>
      write((transaction) => importHistory(transaction, lines)),
    /** Gives a table created_at, updated_at and a version, kept by the database. */
    stamp: (entity: string) => write((transaction) => stamp(transaction, { entity })),
    /** Everything that makes the trail less than it promises, with what mends it. */
    doctor: (): Promise<Examination> => read(examine),
    /** The SQL that takes the trail out of the application's reach; runs nothing. */
    harden: (how: HardenOptions = {}): Promise<{ sql: string }> =>
      read((transaction) => hardenScript(transaction, how)),
    /** Saves the snapshot by which "as of" is exact. */
    mark: (name?: string): Promise<Mark> => write((transaction) => leaveMark(transaction, { name })),
    /** One transaction in which the named tables are captured a statement at a time: half the cost a row. */
    bulk: <Result>(entities: string[], work: (transaction: Transaction) => Promise<Result>): Promise<Result> =>
      bulk(pool, entities, work),
    /** Closes the pool that was opened for a connection string; a pool of yours stays open. */
    close: async (): Promise<void> => {
      if (!('pool' in options)) await pool.end()
    },
  }
}

/** What an actor is, again from the library's own door. */
export type { Actor }

// Several statements of one answer must see one state.
function snapshot<Result>(pool: Connectable, work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return inTransaction(pool, { readOnly: true, isolation: 'repeatable read' }, work)
}

function targetOf(entities: string | string[] | { all: true; schema?: string }) {
  if (typeof entities === 'string') return { entities: [entities] }
  return Array.isArray(entities) ? { entities } : entities
}
