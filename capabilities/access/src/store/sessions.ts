// The SQL of sessions: one named function a statement.
import type { Queryable, Transaction } from '@steward/postgres'
import { idleHours, type Session } from '../session.ts'
import { instantSql } from './instant-sql.ts'

const isLive = `session.expires_at > now() AND session.last_seen_at > now() - interval '${idleHours} hours'`

const sessionSql = `session.id, session.person_id AS "personId", person.email, nullif(session.ip_address, '') AS address,
  nullif(session.user_agent, '') AS "userAgent", ${instantSql('session.created_at')} AS "createdAt",
  ${instantSql('session.last_seen_at')} AS "lastSeenAt",
  ${instantSql(`least(session.expires_at, session.last_seen_at + interval '${idleHours} hours')`)} AS "expiresAt"`

/** Who comes with a session. */
export type SessionHolder = { sessionId: string; personId: string; email: string; name: string; role: string }

/** The holder of the session with this hash, if it may still be used; that it was is noted once a minute. */
export async function useSession(queryable: Queryable, hash: string): Promise<SessionHolder | null> {
  const { rows } = await queryable.query<SessionHolder>(
    `WITH found AS (
       SELECT session.id, session.last_seen_at, person.id AS person_id, person.email, person.name, person.role
         FROM steward_office.access_session AS session
         JOIN steward_office.access_person AS person ON person.id = session.person_id
        WHERE session.token = $1 AND ${isLive} AND person.disabled_at IS NULL),
     noted AS (
       UPDATE steward_office.access_session AS session SET last_seen_at = now() FROM found
        WHERE session.id = found.id AND found.last_seen_at < now() - interval '1 minute')
     SELECT id AS "sessionId", person_id AS "personId", email, name, role FROM found`,
    [hash],
  )
  return rows[0] ?? null
}

/** Those that can be used, the newest first; of one person, or (null) of all. */
export async function selectSessions(queryable: Queryable, emailOrId: string | null): Promise<Session[]> {
  const { rows } = await queryable.query<Session>(
    `SELECT ${sessionSql} FROM steward_office.access_session AS session
       JOIN steward_office.access_person AS person ON person.id = session.person_id
      WHERE ${isLive} AND person.disabled_at IS NULL AND ($1::text IS NULL OR person.id = $1 OR person.email = lower($1))
      ORDER BY session.created_at DESC, session.id`,
    [emailOrId],
  )
  return rows
}

/** Locked until the transaction ends, with the role of its holder. */
export async function lockSession(transaction: Transaction, id: string): Promise<(Session & { role: string }) | null> {
  const { rows } = await transaction.query<Session & { role: string }>(
    `SELECT ${sessionSql}, person.role FROM steward_office.access_session AS session
       JOIN steward_office.access_person AS person ON person.id = session.person_id
      WHERE session.id = $1 FOR UPDATE OF session`,
    [id],
  )
  return rows[0] ?? null
}

/** By id. */
export async function deleteSession(transaction: Transaction, id: string): Promise<void> {
  await transaction.query(`DELETE FROM steward_office.access_session WHERE id = $1`, [id])
}

/** Of a person: all but the one that is kept, if any. */
export async function deleteSessionsOf(transaction: Transaction, personId: string, kept: string | null): Promise<void> {
  await transaction.query(
    `DELETE FROM steward_office.access_session WHERE person_id = $1 AND ($2::text IS NULL OR id <> $2)`,
    [personId, kept],
  )
}
