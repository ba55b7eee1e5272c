// The SQL of inquiries: one named function a statement.
import type { Actor } from '@steward/base'
import type { Queryable, Transaction } from '@steward/postgres'
import type { Inquiry, InquiryDetails, InquiryState } from '../inquiry.ts'
import { actorSql, instantSql } from './column-sql.ts'

const inquirySql = `id, title, state,
  CASE WHEN entity IS NOT NULL THEN json_build_object('kind', 'record', 'entity', entity, 'key', record_key)
       WHEN operation_id IS NOT NULL THEN json_build_object('kind', 'operation', 'operation', operation_id) END AS subject,
  ticket_url AS "ticketUrl", ${actorSql('asked_by')} AS "askedBy", ${instantSql('asked_at')} AS "askedAt",
  ${actorSql('owner')} AS owner, ${actorSql('answered_by')} AS "answeredBy", ${instantSql('answered_at')} AS "answeredAt",
  round(extract(epoch FROM answered_at - asked_at)::numeric / 60, 1)::float8 AS "minutesToAnswer",
  ${instantSql('closed_at')} AS "closedAt", ${instantSql('changed_at')} AS "changedAt",
  (SELECT count(*)::int FROM steward_office.inquiries_entry AS entry
    WHERE entry.inquiry_id = inquiry.id AND entry.kind = 'comment') AS comments`

/** What is stored of a question. */
export type InquiryRow = {
  title: string
  text: string
  ticketUrl: string | null
  entity: string | null
  key: string | null
  operation: string | null
  askedBy: Actor
}

/** The number that it got. */
export async function insertInquiry(transaction: Transaction, row: InquiryRow): Promise<number> {
  const { rows } = await transaction.query<{ id: number }>(
    `INSERT INTO steward_office.inquiries_inquiry
       (title, text, ticket_url, entity, record_key, operation_id, asked_by_type, asked_by_id, asked_by_name)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [row.title, row.text, row.ticketUrl, row.entity, row.key, row.operation, ...actorValues(row.askedBy)],
  )
  return (rows[0] as { id: number }).id
}

/** What a deed must know of an inquiry before it is done. */
export type Standing = { id: number; state: InquiryState; owner: Actor | null }

/** Locked until the transaction ends: what is done with it is done one after the other. Null where there is none. */
export async function lockInquiry(transaction: Transaction, id: number): Promise<Standing | null> {
  const { rows } = await transaction.query<Standing>(
    `SELECT id, state, ${actorSql('owner')} AS owner FROM steward_office.inquiries_inquiry WHERE id = $1 FOR UPDATE`,
    [id],
  )
  return rows[0] ?? null
}

/** With an owner it is taken, without one open. */
export async function updateOwner(transaction: Transaction, id: number, owner: Actor | null): Promise<void> {
  await transaction.query(
    `UPDATE steward_office.inquiries_inquiry
        SET owner_type = $2::text, owner_id = $3::text, owner_name = $4, changed_at = clock_timestamp(),
            state = CASE WHEN $3::text IS NULL THEN 'open' ELSE 'taken' END
      WHERE id = $1`,
    [id, ...(owner === null ? [null, null, null] : actorValues(owner))],
  )
}

/** Whoever answers what nobody owns is its owner. */
export async function updateAnswered(
  transaction: Transaction,
  id: number,
  { text, by }: { text: string; by: Actor },
): Promise<void> {
  await transaction.query(
    `UPDATE steward_office.inquiries_inquiry
        SET state = 'answered', answer = $2, answered_at = clock_timestamp(), changed_at = clock_timestamp(),
            answered_by_type = $3::text, answered_by_id = $4::text, answered_by_name = $5::text,
            owner_type = coalesce(owner_type, $3), owner_id = coalesce(owner_id, $4),
            owner_name = CASE WHEN owner_id IS NULL THEN $5 ELSE owner_name END
      WHERE id = $1`,
    [id, text, ...actorValues(by)],
  )
}

/** It keeps its answer, if it has one. */
export async function updateClosed(transaction: Transaction, id: number): Promise<void> {
  await transaction.query(
    `UPDATE steward_office.inquiries_inquiry
        SET state = 'closed', closed_at = clock_timestamp(), changed_at = clock_timestamp() WHERE id = $1`,
    [id],
  )
}

/** Back with its owner, or with nobody; it waits for another answer. */
export async function updateReopened(transaction: Transaction, id: number): Promise<void> {
  await transaction.query(
    `UPDATE steward_office.inquiries_inquiry
        SET state = CASE WHEN owner_id IS NULL THEN 'open' ELSE 'taken' END, closed_at = NULL, answer = NULL,
            answered_at = NULL, answered_by_type = NULL, answered_by_id = NULL, answered_by_name = NULL,
            changed_at = clock_timestamp()
      WHERE id = $1`,
    [id],
  )
}

/** Something was said or linked. */
export async function updateChanged(transaction: Transaction, id: number): Promise<void> {
  await transaction.query(`UPDATE steward_office.inquiries_inquiry SET changed_at = clock_timestamp() WHERE id = $1`, [
    id,
  ])
}

/** An inquiry without its thread; null where there is none. */
export async function selectInquiry(
  queryable: Queryable,
  id: number,
): Promise<Omit<InquiryDetails, 'entries' | 'operations'> | null> {
  const { rows } = await queryable.query<Omit<InquiryDetails, 'entries' | 'operations'>>(
    `SELECT ${inquirySql}, text, answer FROM steward_office.inquiries_inquiry AS inquiry WHERE id = $1`,
    [id],
  )
  return rows[0] ?? null
}

/** Which inquiries: all that is not null must hold, and all owners must be its owner. */
export type InquiryFilter = {
  state: readonly InquiryState[] | null
  /** With a null type: of this id, whatever they are. */
  owners: readonly { id: string; type: Actor['type'] | null }[]
  hasNoOwner: boolean
  asker: string | null
  text: string | null
  entity: string | null
  key: string | null
  operation: string | null
  /** Numbers below this one. */
  before: number | null
  limit: number
}

/** The newest first. */
export async function selectInquiries(queryable: Queryable, filter: InquiryFilter): Promise<Inquiry[]> {
  const { rows } = await queryable.query<Inquiry>(
    `SELECT ${inquirySql} FROM steward_office.inquiries_inquiry AS inquiry
      WHERE ($1::text[] IS NULL OR state = ANY ($1))
        AND NOT EXISTS (SELECT FROM json_to_recordset($2) AS wanted (id text, type text)
                         WHERE owner_id IS DISTINCT FROM wanted.id OR owner_type <> wanted.type)
        AND (NOT $3::boolean OR owner_id IS NULL)
        AND ($4::text IS NULL OR asked_by_id = $4)
        -- strpos takes what is typed as it is: no % and no _ means anything in it.
        AND ($5::text IS NULL OR id::text = ltrim($5, '#')
          OR strpos(lower(concat_ws(' ', title, text, answer, ticket_url, record_key)), lower($5)) > 0
          OR EXISTS (SELECT FROM steward_office.inquiries_entry AS entry
                      WHERE entry.inquiry_id = inquiry.id AND strpos(lower(entry.text), lower($5)) > 0))
        AND ($6::text IS NULL OR entity = $6) AND ($7::text IS NULL OR record_key = $7)
        AND ($8::uuid IS NULL OR operation_id = $8
          OR EXISTS (SELECT FROM steward_office.inquiries_link AS link
                      WHERE link.inquiry_id = inquiry.id AND link.operation_id = $8))
        AND ($9::integer IS NULL OR id < $9)
      ORDER BY id DESC LIMIT $10`,
    [
      filter.state,
      JSON.stringify(filter.owners),
      filter.hasNoOwner,
      filter.asker,
      filter.text,
      filter.entity,
      filter.key,
      filter.operation,
      filter.before,
      filter.limit,
    ],
  )
  return rows
}

/** Three counts over what is not closed. */
export async function countWaiting(
  queryable: Queryable,
  { type, id }: Actor,
): Promise<{ mine: number; unowned: number; answered: number }> {
  const { rows } = await queryable.query<{ mine: number; unowned: number; answered: number }>(
    `SELECT count(*) FILTER (WHERE state = 'taken' AND owner_type = $1 AND owner_id = $2)::int AS mine,
            count(*) FILTER (WHERE state = 'open')::int AS unowned,
            count(*) FILTER (WHERE state = 'answered' AND asked_by_type = $1 AND asked_by_id = $2)::int AS answered
       FROM steward_office.inquiries_inquiry WHERE state <> 'closed'`,
    [type, id],
  )
  return rows[0] as { mine: number; unowned: number; answered: number }
}

/** An actor as its three columns take it. */
export function actorValues({ type, id, name }: Actor): [string, string, string | null] {
  return [type, id, name ?? null]
}
