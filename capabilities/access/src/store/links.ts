// The SQL of links that work once: one named function a statement.
import { timeOrderedId } from '@steward/base'
import type { Queryable, Transaction } from '@steward/postgres'
import { instantSql } from './instant-sql.ts'

/** What a link is for: a person sets their password, or the first admin comes in. */
export type LinkUse = 'password' | 'first-admin'

/** Stored by its hash; earlier links of the same person stop working. Answers with its end. */
export async function insertLink(
  transaction: Transaction,
  { use, hash, personId, hours }: { use: LinkUse; hash: string; personId: string; hours: number },
): Promise<string> {
  await transaction.query(
    `DELETE FROM steward_office.access_verification
      WHERE expires_at <= now() OR (value = $2 AND identifier LIKE $1 || ':%')`,
    [use, personId],
  )
  const { rows } = await transaction.query<{ expiresAt: string }>(
    `INSERT INTO steward_office.access_verification (id, identifier, value, expires_at)
     VALUES ($1, $2, $3, now() + make_interval(hours => $4)) RETURNING ${instantSql('expires_at')} AS "expiresAt"`,
    [timeOrderedId(), `${use}:${hash}`, personId, hours],
  )
  return (rows[0] as { expiresAt: string }).expiresAt
}

/** Whose link it was; null when it does not work any more. Of two who use it at the same moment the second finds it gone. */
export async function deleteLink(transaction: Transaction, use: LinkUse, hash: string): Promise<string | null> {
  const { rows } = await transaction.query<{ value: string }>(
    `DELETE FROM steward_office.access_verification WHERE identifier = $1 AND expires_at > now() RETURNING value`,
    [`${use}:${hash}`],
  )
  return rows[0]?.value ?? null
}

/** All that a person could still use. */
export async function deleteLinksOf(transaction: Transaction, personId: string): Promise<void> {
  await transaction.query(`DELETE FROM steward_office.access_verification WHERE value = $1`, [personId])
}

/** What a link is for that still works; null when it does not. */
export async function selectLink(
  queryable: Queryable,
  hash: string,
): Promise<{ use: LinkUse; personId: string } | null> {
  const { rows } = await queryable.query<{ use: LinkUse; personId: string }>(
    `SELECT split_part(identifier, ':', 1) AS use, value AS "personId" FROM steward_office.access_verification
      WHERE identifier IN ('password:' || $1, 'first-admin:' || $1) AND expires_at > now()`,
    [hash],
  )
  return rows[0] ?? null
}
