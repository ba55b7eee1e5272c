// The SQL of access: one named function a statement.
import type { Queryable, Transaction } from '@steward/postgres'
import type { BuiltInRole, Key } from './key.ts'

const instantSql = (column: string): string => `to_json(${column}) #>> '{}'`

const keySql = `id, name, role, created_by AS "createdBy", ${instantSql('created_at')} AS "createdAt",
  ${instantSql('expires_at')} AS "expiresAt", ${instantSql('last_used_at')} AS "lastUsedAt", ${instantSql('revoked_at')} AS "revokedAt"`

/** What is stored of a new key; `days` null never expires. */
export type KeyRow = {
  id: string
  name: string
  role: BuiltInRole
  hash: Buffer
  createdBy: string
  days: number | null
}

/** The key as it now stands. */
export async function insertKey(transaction: Transaction, row: KeyRow): Promise<Key> {
  const { rows } = await transaction.query<Key>(
    `INSERT INTO steward_office.access_key (id, name, role, secret_hash, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))
     RETURNING ${keySql}`,
    [row.id, row.name, row.role, row.hash, row.createdBy, row.days],
  )
  return rows[0] as Key
}

/**
 * The keys, the newest first; those that nobody can use any more only with `hasAll`.
 *
 * @example
 * const usable = await selectKeys(office, false)
 */
export async function selectKeys(queryable: Queryable, hasAll: boolean): Promise<Key[]> {
  const { rows } = await queryable.query<Key>(
    `SELECT ${keySql} FROM steward_office.access_key
      WHERE $1 OR (revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now()))
      ORDER BY created_at DESC, id`,
    [hasAll],
  )
  return rows
}

/** Null when there is no such key; one that was revoked before keeps its time. */
export async function updateRevoked(transaction: Transaction, id: string): Promise<Key | null> {
  const { rows } = await transaction.query<Key>(
    `UPDATE steward_office.access_key SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 RETURNING ${keySql}`,
    [id],
  )
  return rows[0] ?? null
}

/** The key with this hash, if it may still be used; that it was is noted once a minute. */
export async function useKey(queryable: Queryable, hash: Buffer): Promise<Pick<Key, 'id' | 'name' | 'role'> | null> {
  const { rows } = await queryable.query<Pick<Key, 'id' | 'name' | 'role'>>(
    `WITH found AS (
       SELECT id, name, role, last_used_at FROM steward_office.access_key
        WHERE secret_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())),
     noted AS (
       UPDATE steward_office.access_key SET last_used_at = now() FROM found
        WHERE access_key.id = found.id AND (found.last_used_at IS NULL OR found.last_used_at < now() - interval '1 minute'))
     SELECT id, name, role FROM found`,
    [hash],
  )
  return rows[0] ?? null
}
