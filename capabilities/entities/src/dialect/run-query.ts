// The fourth door of the corridor: runs a statement in one transaction that carries the request, in as few flights as it can.
import type { Pool, Transaction } from '@steward/postgres'
import { fly, isStale, type Landed } from './flight.ts'
import { type PreparedStatements, preparedStatements } from './prepared-statements.ts'
import type { Query } from './query.ts'

/** One transaction: how it begins, what it runs, how it ends. */
export type Work = {
  isReadOnly: boolean
  /** `repeatable read` or `serializable` where a function asks for it. */
  isolation: string | null
  /** For this transaction only, in this order: `role` takes away the right to set what needs more. */
  settings: [name: string, value: string][]
  query: Query
  /** Run after it, before the transaction ends: an estimate by EXPLAIN. */
  further: Query[]
  /** Everything is checked that COMMIT would check, and nothing is kept. */
  isRolledBack: boolean
  /**
   * Looks at the answers while nothing is kept yet, throws to keep nothing, and may read on in the transaction. Null
   * where nothing needs to be looked at: then everything leaves in one flight.
   */
  check: ((landed: Landed[], transaction: Transaction) => Promise<void>) | null
  afterFailure?: AfterFailure | null
}

/** Told of what went wrong once the connection is back in the pool; not of a transaction that could not begin. */
export type AfterFailure = (error: unknown) => Promise<void>

/** Several statements in one transaction, one after the other; `steps` ask for what they need. */
export type Steps = Pick<Work, 'isReadOnly' | 'isolation' | 'isRolledBack' | 'afterFailure'> & {
  steps: (transaction: Transaction) => Promise<void>
}

const isolations = new Set(['read committed', 'repeatable read', 'serializable'])

/**
 * Runs the work and gives what its query and what came after it answered. The connection always goes back to the pool,
 * a broken one is thrown away.
 *
 * @throws the server's error, the connection's, or what `check` throws; nothing is kept then.
 * @example
 * const [answer] = await runQuery(pool, { isReadOnly: true, isolation: null, settings, query, further: [], isRolledBack: false, check: null })
 */
export function runQuery(pool: Pool, work: Work): Promise<Landed[]> {
  return onConnection(pool, work, async (client) => {
    const prepared = preparedStatements(pool, client)
    try {
      return await runWork(client, work, prepared)
    } catch (error) {
      // Nothing of it ran but what is rolled back; it is parsed anew, as if it had never been prepared.
      if (!isStale(error) || !(await rollBack(client))) throw error
      return runWork(client, work, prepared)
    }
  })
}

/**
 * Runs steps in one transaction, committed whole or not at all.
 *
 * @throws what a step throws, the server's error, or the connection's; nothing is kept then.
 * @example
 * await runSteps(pool, { isReadOnly: false, isolation: null, isRolledBack: false, steps })
 */
export function runSteps(pool: Pool, work: Steps): Promise<void> {
  return onConnection(pool, work, async (client) => {
    await fly(client, [beginStatement(work)])
    await work.steps(client)
    demandEnd(await fly(client, [work.isRolledBack ? statement('ROLLBACK') : commit]), work)
  })
}

async function onConnection<Result>(
  pool: Pool,
  { afterFailure }: Pick<Work, 'afterFailure'>,
  run: (client: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let isBroken = true
  let failure: { error: unknown } | null = null
  try {
    const result = await run(client)
    isBroken = false
    return result
  } catch (error) {
    isBroken = !(await rollBack(client))
    failure = { error }
    throw error
  } finally {
    client.release(isBroken)
    if (failure !== null) await afterFailure?.(failure.error)
  }
}

async function runWork(client: Transaction, work: Work, prepared: PreparedStatements | null): Promise<Landed[]> {
  const beginning = [beginStatement(work), settingsStatement(work.settings)]
  const statements = [...beginning, work.query, ...work.further]
  const ending = work.isRolledBack ? [statement('SET CONSTRAINTS ALL IMMEDIATE'), statement('ROLLBACK')] : [commit]
  if (work.check === null) {
    const landed = await fly(client, [...statements, ...ending], prepared)
    demandEnd(landed, work)
    return landed.slice(beginning.length, -ending.length)
  }
  const landed = (await fly(client, statements, prepared)).slice(beginning.length)
  // Deferred constraints and triggers belong to what a rehearsal shows.
  if (work.isRolledBack) await fly(client, ending.slice(0, 1), prepared)
  await work.check(landed, client)
  demandEnd(await fly(client, ending.slice(-1), prepared), work)
  return landed
}

const commit = statement('COMMIT')

function statement(text: string): Query {
  return { text, values: [] }
}

function beginStatement({ isReadOnly, isolation }: Pick<Work, 'isReadOnly' | 'isolation'>): Query {
  const level = isolation !== null && isolations.has(isolation) ? isolation : 'read committed'
  return statement(`BEGIN ISOLATION LEVEL ${level} ${isReadOnly ? 'READ ONLY' : 'READ WRITE'}`)
}

/** One statement for settings of the transaction, in their order. */
export function settingsStatement(settings: Work['settings']): Query {
  const calls = settings.map((_, place) => `pg_catalog.set_config($${place * 2 + 1}, $${place * 2 + 2}, true)`)
  return { text: `SELECT ${calls.join(', ')}`, values: settings.flat() }
}

/** COMMIT answers ROLLBACK when the transaction had failed: what was promised is not there. */
function demandEnd(landed: Landed[], { isRolledBack }: Pick<Work, 'isRolledBack'>): void {
  const tag = landed.at(-1)?.tag
  if (!isRolledBack && tag !== 'COMMIT') throw new Error(`COMMIT was answered with ${tag}`)
}

/** Whether the connection is good again: one on which ROLLBACK fails has nothing left that could be used. */
async function rollBack(client: Transaction): Promise<boolean> {
  try {
    await fly(client, [statement('ROLLBACK')])
    return true
  } catch {
    return false
  }
}
