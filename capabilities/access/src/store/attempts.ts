// The SQL of attempts to sign in: one named function a statement.
import type { Queryable } from '@steward/postgres'

/** How many attempts are free, and the longest wait after the others, which doubles from a second. */
export type AttemptRule = { free: number; longestSeconds: number }

/** A counter is forgotten after an hour without an attempt. */
const isForgotten = `access_attempt.last_at < now() - interval '1 hour'`
const failuresNow = `CASE WHEN ${isForgotten} THEN 1 ELSE access_attempt.failures + 1 END`

/** How long the longest of these counters still blocks, in whole seconds; 0 when none does. */
export async function secondsBlocked(queryable: Queryable, counters: readonly string[]): Promise<number> {
  const { rows } = await queryable.query<{ seconds: number }>(
    `SELECT coalesce(ceil(extract(epoch FROM max(blocked_until) - now())), 0)::int AS seconds
       FROM steward_office.access_attempt WHERE counter = ANY ($1) AND blocked_until > now()`,
    [counters],
  )
  return rows[0]?.seconds ?? 0
}

/**
 * Counts an attempt before anybody knows how it ends, so that a hundred at the same moment are a hundred; false when the counter
 * blocks now. What does not block is `-infinity`: two at the same moment have each their own idea of now.
 */
export async function countAttempt(queryable: Queryable, counter: string, rule: AttemptRule): Promise<boolean> {
  const { rowCount } = await queryable.query(
    `INSERT INTO steward_office.access_attempt (counter, failures, last_at, blocked_until) VALUES ($1, 1, now(), '-infinity')
     ON CONFLICT (counter) DO UPDATE SET failures = ${failuresNow}, last_at = now(), is_told = false,
       blocked_until = CASE WHEN ${failuresNow} < $2 THEN '-infinity'
         ELSE now() + make_interval(secs => least($3, power(2, least(${failuresNow} - $2, 30)))) END
      WHERE access_attempt.blocked_until <= now()`,
    [counter, rule.free, rule.longestSeconds],
  )
  return rowCount === 1
}

/** Takes an attempt back that was none, or that ended well. */
export async function forgiveAttempt(queryable: Queryable, counter: string): Promise<void> {
  await queryable.query(
    `UPDATE steward_office.access_attempt SET failures = greatest(failures - 1, 0), blocked_until = '-infinity' WHERE counter = $1`,
    [counter],
  )
}

/** Forgets a counter, and all that are old. */
export async function forgetAttempts(queryable: Queryable, counter: string): Promise<void> {
  await queryable.query(
    `DELETE FROM steward_office.access_attempt WHERE counter = $1 OR last_at < now() - interval '1 day'`,
    [counter],
  )
}

/** Whether this is the first request that these counters turned away since they began to block. */
export async function tellOnce(queryable: Queryable, counters: readonly string[]): Promise<boolean> {
  const { rowCount } = await queryable.query(
    `UPDATE steward_office.access_attempt SET is_told = true
      WHERE counter = ANY ($1) AND NOT is_told AND blocked_until > now()`,
    [counters],
  )
  return (rowCount ?? 0) > 0
}

/** Whether somebody has signed in from this address within a month. */
export async function isKnownAddress(queryable: Queryable, email: string, address: string): Promise<boolean> {
  const { rowCount } = await queryable.query(
    `SELECT FROM steward_office.access_known_address AS known
       JOIN steward_office.access_person AS person ON person.id = known.person_id
      WHERE person.email = $1 AND known.address = $2 AND known.last_at > now() - interval '30 days'`,
    [email, address],
  )
  return rowCount === 1
}

/** They have signed in from here now. */
export async function upsertKnownAddress(queryable: Queryable, personId: string, address: string): Promise<void> {
  await queryable.query(
    `INSERT INTO steward_office.access_known_address (person_id, address) VALUES ($1, $2)
     ON CONFLICT (person_id, address) DO UPDATE SET last_at = now()`,
    [personId, address],
  )
}
