// A process may die between its last word to the database and the commit: what it sent is done all the same, a moment later.
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from '@steward/postgres'

/** So long a write of somebody who is gone is waited for, and so often it is looked after. */
const patienceMs = 2_000
const stepMs = 50

/**
 * Waits until every write that is under way in this database, of the user that asks, has ended; false where one goes on for longer.
 * What begins meanwhile is not waited for.
 */
export async function awaitWriters(pool: Pool): Promise<boolean> {
  const begun = await selectWriters(pool)
  const until = Date.now() + patienceMs
  let left = begun
  while (left.size > 0) {
    if (Date.now() > until) return false
    await pause(stepMs)
    const now = await selectWriters(pool)
    left = new Set([...left].filter((writer) => now.has(writer)))
  }
  return true
}

/** By their transactions; those of other users are none of ours. */
async function selectWriters(pool: Pool): Promise<Set<string>> {
  const { rows } = await pool.query<{ xid: string }>(
    `SELECT backend_xid::text AS xid FROM pg_stat_activity
      WHERE datname = current_database() AND usename = current_user AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()`,
  )
  return new Set(rows.map(({ xid }) => xid))
}
