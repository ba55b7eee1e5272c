// The SQL of kept writes, in Steward's own database.
import type { Pool, Queryable, Transaction } from '@steward/postgres'

/** Whose write, by which key. */
export type WriteKey = { sender: string; key: string }

/** A write as it is kept; `status` is null until it is answered. */
export type KeptWrite = {
  asked: Buffer
  operation: string
  status: number | null
  headers: Record<string, string> | null
  body: string | null
  isWhole: boolean
  /** As which role it was answered. */
  role: Buffer | null
}

/** How it was answered. */
export type KeptAnswer = {
  status: number
  headers: Record<string, string>
  body: string | null
  isWhole: boolean
  role: Buffer
}

/** Says that a write begins, unless one of this key has; false where one has. Committed at once: it outlives its process. */
export async function insertKeptWrite(
  pool: Pool,
  { sender, key, asked, operation }: WriteKey & Pick<KeptWrite, 'asked' | 'operation'>,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `INSERT INTO steward_office.entities_kept_write (sender, key, asked, operation) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
    [sender, key, asked, operation],
  )
  return rowCount === 1
}

/** Whether nobody else does this write right now; held until the transaction ends, or its process does. */
export async function lockKeptWrite(transaction: Transaction, { sender, key }: WriteKey): Promise<boolean> {
  const { rows } = await transaction.query<{ isOurs: boolean }>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "isOurs"`,
    [JSON.stringify(['steward', 'kept write', sender, key])],
  )
  return rows[0]?.isOurs === true
}

/** The write of a key; null where it was forgotten. */
export async function selectKeptWrite(queryable: Queryable, { sender, key }: WriteKey): Promise<KeptWrite | null> {
  const { rows } = await queryable.query<KeptWrite>(
    `SELECT asked, operation, status, headers, body, is_whole AS "isWhole", role
       FROM steward_office.entities_kept_write WHERE sender = $1 AND key = $2`,
    [sender, key],
  )
  return rows[0] ?? null
}

/** A new attempt at a write that was never done is another operation. */
export async function updateOperation(
  queryable: Queryable,
  { sender, key }: WriteKey,
  operation: string,
): Promise<void> {
  await queryable.query(`UPDATE steward_office.entities_kept_write SET operation = $3 WHERE sender = $1 AND key = $2`, [
    sender,
    key,
    operation,
  ])
}

/** Keeps how a write was answered. */
export async function updateAnswer(queryable: Queryable, { sender, key }: WriteKey, answer: KeptAnswer): Promise<void> {
  await queryable.query(
    `UPDATE steward_office.entities_kept_write SET status = $3, headers = $4, body = $5, is_whole = $6, role = $7
      WHERE sender = $1 AND key = $2`,
    [sender, key, answer.status, JSON.stringify(answer.headers), answer.body, answer.isWhole, answer.role],
  )
}

/** A write that was refused may be sent again, mended, under the same key. */
export async function deleteKeptWrite(queryable: Queryable, { sender, key }: WriteKey): Promise<void> {
  await queryable.query('DELETE FROM steward_office.entities_kept_write WHERE sender = $1 AND key = $2', [sender, key])
}

/** Forgets what nobody sends again: some of what is older than a day, each time. */
export async function deleteOldWrites(queryable: Queryable): Promise<void> {
  await queryable.query(
    `DELETE FROM steward_office.entities_kept_write WHERE (sender, key) IN (
       SELECT sender, key FROM steward_office.entities_kept_write WHERE created_at < now() - interval '1 day' LIMIT 1000)`,
  )
}
