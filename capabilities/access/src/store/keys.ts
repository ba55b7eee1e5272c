// The SQL of keys: one named function a statement.
import { type Queryable, queryPrepared, type Transaction } from '@steward/postgres'
import type { Key } from '../key.ts'
import { instantSql } from './instant-sql.ts'

const keySql = `id, name, role, created_by AS "createdBy", ${instantSql('created_at')} AS "createdAt",
  ${instantSql('expires_at')} AS "expiresAt", ${instantSql('last_used_at')} AS "lastUsedAt", ${instantSql('revoked_at')} AS "revokedAt"`

/** What is stored of a new key; `days` null never expires. */
export type KeyRow = {
  id: string
  name: string
  role: string
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

/** A key that may be used. `isUnnoted`: that it was used has not been noted for a minute. */
export type UsableKey = Pick<Key, 'id' | 'name' | 'role'> & { hash: Buffer; isUnnoted: boolean }

/** The keys with these hashes that may still be used. */
export async function selectUsableKeys(queryable: Queryable, hashes: readonly Buffer[]): Promise<UsableKey[]> {
  const { rows } = await queryPrepared<UsableKey>(queryable, {
    text: `SELECT id, name, role, secret_hash AS hash,
                  (last_used_at IS NULL OR last_used_at < now() - interval '1 minute') AS "isUnnoted"
             FROM steward_office.access_key
            WHERE secret_hash = ANY ($1) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    values: [hashes],
  })
  return rows
}

/** Notes that the keys were used, once a minute. */
export async function updateLastUsed(queryable: Queryable, ids: readonly string[]): Promise<void> {
  await queryable.query(
    `UPDATE steward_office.access_key SET last_used_at = now()
      WHERE id = ANY ($1) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
    [ids],
  )
}
