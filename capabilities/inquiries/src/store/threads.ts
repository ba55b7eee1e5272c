// The SQL of threads and links: one named function a statement.
import type { Actor } from '@steward/base'
import type { Queryable, Transaction } from '@steward/postgres'
import type { Entry, Link } from '../inquiry.ts'
import { actorSql, instantSql } from './column-sql.ts'
import { actorValues } from './inquiries.ts'

/** What is stored of an entry. */
export type EntryRow = {
  kind: Entry['kind']
  by: Actor
  text?: string
  operation?: string
  to?: Actor
}

/** An entry at the end of the thread. */
export async function insertEntry(
  transaction: Transaction,
  inquiry: number,
  { kind, by, text, operation, to }: EntryRow,
): Promise<void> {
  await transaction.query(
    `INSERT INTO steward_office.inquiries_entry
       (inquiry_id, kind, by_type, by_id, by_name, text, operation_id, to_type, to_id, to_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      inquiry,
      kind,
      ...actorValues(by),
      text ?? null,
      operation ?? null,
      ...(to === undefined ? [null, null, null] : actorValues(to)),
    ],
  )
}

/** The thread, oldest first. */
export async function selectEntries(queryable: Queryable, inquiry: number): Promise<Entry[]> {
  const { rows } = await queryable.query<Entry>(
    `SELECT id, kind, ${instantSql('at')} AS at, ${actorSql('by')} AS by, text, operation_id AS operation,
            ${actorSql('to')} AS "to"
       FROM steward_office.inquiries_entry WHERE inquiry_id = $1 ORDER BY id`,
    [inquiry],
  )
  return rows
}

/** How many entries a thread has. */
export async function countEntries(queryable: Queryable, inquiry: number): Promise<number> {
  const { rows } = await queryable.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM steward_office.inquiries_entry WHERE inquiry_id = $1`,
    [inquiry],
  )
  return rows[0]?.count ?? 0
}

/** False where it was linked before. */
export async function insertLink(
  transaction: Transaction,
  inquiry: number,
  { operation, by }: { operation: string; by: Actor },
): Promise<boolean> {
  const { rowCount } = await transaction.query(
    `INSERT INTO steward_office.inquiries_link (inquiry_id, operation_id, linked_by_type, linked_by_id, linked_by_name)
     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
    [inquiry, operation, ...actorValues(by)],
  )
  return rowCount === 1
}

/** False where it was not linked. */
export async function deleteLink(transaction: Transaction, inquiry: number, operation: string): Promise<boolean> {
  const { rowCount } = await transaction.query(
    `DELETE FROM steward_office.inquiries_link WHERE inquiry_id = $1 AND operation_id = $2`,
    [inquiry, operation],
  )
  return rowCount === 1
}

/** The operations of an inquiry, in the order in which they were linked. */
export async function selectLinks(queryable: Queryable, inquiry: number): Promise<Link[]> {
  const { rows } = await queryable.query<Link>(
    `SELECT operation_id AS operation, ${actorSql('linked_by')} AS "linkedBy", ${instantSql('linked_at')} AS "linkedAt"
       FROM steward_office.inquiries_link WHERE inquiry_id = $1 ORDER BY linked_at, operation_id`,
    [inquiry],
  )
  return rows
}
