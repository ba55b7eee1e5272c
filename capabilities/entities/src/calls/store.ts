// The SQL of the log of calls: one named function a statement.

import type { Call } from '@steward/engine'
import type { Queryable } from '@steward/postgres'
import type { CallFilter, LoggedCall } from './logged-call.ts'

type Row = Omit<LoggedCall, 'actor' | 'rows'> & {
  rows: string | null
  actorType: string | null
  actorId: string | null
  actorName: string | null
}

/** The calls that fit, the newest first. */
export async function selectCalls(queryable: Queryable, filter: CallFilter): Promise<LoggedCall[]> {
  const { actor, key, path, entity, method, status, from, to, before, limit } = filter
  const { rows } = await queryable.query<Row>(
    `SELECT id::text, to_json(at) #>> '{}' AS at, request_id AS "requestId", actor_type AS "actorType",
            actor_id AS "actorId", actor_name AS "actorName", role, key, method, path, query, status,
            row_count::text AS rows, duration_ms::float8 AS "durationMs"
       FROM steward_office.entities_call
      WHERE ($1::text IS NULL OR actor_id = $1)
        AND ($2::text IS NULL OR key = $2)
        AND ($3::text IS NULL OR path = $3 OR starts_with(path, rtrim($3, '/') || '/'))
        AND ($4::text[] IS NULL OR path ~ ANY ($4))
        AND ($5::int IS NULL OR status BETWEEN $5 AND $6)
        AND ($7::timestamptz IS NULL OR at >= $7)
        AND ($8::timestamptz IS NULL OR at < $8)
        AND ($9::bigint IS NULL OR id < $9)
        AND ($10::text IS NULL OR method = $10)
      ORDER BY entities_call.id DESC
      LIMIT $11`,
    [
      actor ?? null,
      key ?? null,
      path ?? null,
      entity === undefined ? null : entityPatterns(entity),
      ...statusRange(status),
      from ?? null,
      to ?? null,
      before ?? null,
      method ?? null,
      limit,
    ],
  )
  return rows.map(toCall)
}

/** Writes calls, all in one statement. */
export async function insertCalls(queryable: Queryable, calls: readonly Call[]): Promise<void> {
  const column = <Value>(take: (call: Call) => Value): Value[] => calls.map(take)
  await queryable.query(
    `INSERT INTO steward_office.entities_call
       (at, request_id, actor_type, actor_id, actor_name, role, key, method, path, query, status, row_count, duration_ms)
     SELECT * FROM unnest($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::text[], $11::smallint[], $12::bigint[], $13::real[])`,
    [
      column(({ at }) => at.toISOString()),
      column(({ requestId }) => requestId),
      column(({ actor }) => actor?.type ?? null),
      column(({ actor }) => actor?.id ?? null),
      column(({ actor }) => actor?.name ?? null),
      column(({ role }) => role),
      column(({ key }) => key),
      column(({ method }) => method),
      column(({ path }) => path),
      column(({ query }) => query),
      column(({ status }) => status),
      column(({ rows }) => rows),
      column(({ durationMs }) => durationMs),
    ],
  )
}

/** Deletes at most a thousand of the calls that are older; says how many they were. */
export async function deleteOldCalls(queryable: Queryable, days: number): Promise<number> {
  const { rowCount } = await queryable.query(
    `DELETE FROM steward_office.entities_call WHERE id IN (
       SELECT id FROM steward_office.entities_call WHERE at < now() - make_interval(days => $1)
        ORDER BY at LIMIT 1000 FOR UPDATE SKIP LOCKED)`,
    [days],
  )
  return rowCount ?? 0
}

// `/api/orders`, `/api/entities/orders` and what stands below them, wherever the room is mounted.
function entityPatterns(entity: string): string[] {
  const names = new Set([entity, entity.slice(entity.lastIndexOf('.') + 1)].map((name) => encodeURIComponent(name)))
  return [...names].map((name) => `^(/[^/]+)?(/entities)?/${name.replaceAll(/[^\w%-]/g, String.raw`\$&`)}(/|$)`)
}

function statusRange(status: string | undefined): [number | null, number | null] {
  if (status === undefined) return [null, null]
  return status.endsWith('xx')
    ? [Number(status[0]) * 100, Number(status[0]) * 100 + 99]
    : [Number(status), Number(status)]
}

function toCall({ actorType, actorId, actorName, rows, ...call }: Row): LoggedCall {
  const actor =
    actorType === null || actorId === null
      ? null
      : ({ type: actorType, id: actorId, ...(actorName === null ? {} : { name: actorName }) } as LoggedCall['actor'])
  return { ...call, rows: rows === null ? null : Number(rows), actor }
}
