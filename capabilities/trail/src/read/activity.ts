// Counts over time: for the numbers of the week, and for the hours after a release.
import type { Actor } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { instantSql } from '../operation.ts'
import { readRelations } from '../relation.ts'
import { askOfInstants, instantText } from '../when.ts'

/**
 * By what is counted, in which steps (of `zone`, such as Asia/Seoul, else of UTC; weeks begin on Monday), from when (inclusive) to
 * when (exclusive).
 */
export type ActivityQuestion = {
  by: 'procedure' | 'actor' | 'entity'
  every: 'hour' | 'day' | 'week'
  from?: string | Date | undefined
  to?: string | Date | undefined
  zone?: string | undefined
}

/**
 * How many operations and changes there were in the step that begins `at` (ISO 8601, UTC), of one procedure (null: none),
 * actor or entity, whichever was asked for. An operation over several steps counts in each.
 */
export type Activity = {
  at: string
  procedure?: string | null
  actor?: Actor
  entity?: string
  operations: number
  changes: number
}

type Row = {
  at: string
  name: string | null
  type: string | null
  person: string | null
  operations: string
  changes: string
}

const periodSql = (alias: string) =>
  `NOT ${alias}.imported AND ${alias}.at >= coalesce($2::timestamptz, '-infinity') AND ${alias}.at < coalesce($3::timestamptz, 'infinity')`

const stepSql = (alias: string) => `date_trunc($1, ${alias}.at AT TIME ZONE $5::text) AT TIME ZONE $5::text`

const ofOperations = (name: string, type: string, person: string) => `
  WITH counted AS (
    SELECT change.operation_id, change.xid, count(*) AS changes FROM steward.change
     WHERE NOT change.imported AND change.at >= coalesce($2::timestamptz - interval '1 minute', '-infinity')
       AND ($4::integer[] IS NULL OR change.relation_id = ANY ($4))
     GROUP BY change.operation_id, change.xid)
  SELECT ${instantSql('step.at')} AS at, step.name, step.type, step.person, step.operations, step.changes
    FROM (SELECT ${stepSql('operation')} AS at, ${name} AS name, ${type} AS type, max(${person}) AS person,
                 count(DISTINCT operation.id) AS operations, coalesce(sum(counted.changes), 0) AS changes
            FROM steward.operation LEFT JOIN counted ON counted.operation_id = operation.id AND counted.xid = operation.xid
           WHERE ${periodSql('operation')} AND ($4::integer[] IS NULL OR counted.changes IS NOT NULL)
           GROUP BY 1, 2, 3) AS step
   ORDER BY step.at, step.operations DESC, step.name`

const statements = {
  procedure: {
    name: 'steward_activity_procedure',
    text: ofOperations('operation.procedure', 'NULL::text', 'NULL::text'),
  },
  actor: {
    name: 'steward_activity_actor',
    text: ofOperations('operation.actor_id', 'operation.actor_type', 'operation.actor_name'),
  },
  entity: {
    name: 'steward_activity_entity',
    text: `
    SELECT ${instantSql('step.at')} AS at, step.name, NULL AS type, NULL AS person, step.operations, step.changes
      FROM (SELECT ${stepSql('change')} AS at, change.relation_id AS name, count(DISTINCT change.operation_id) AS operations, count(*) AS changes
              FROM steward.change WHERE ${periodSql('change')} AND ($4::integer[] IS NULL OR change.relation_id = ANY ($4)) GROUP BY 1, 2) AS step
     ORDER BY step.at, step.operations DESC, step.name`,
  },
}

/**
 * Counts operations and changes over time, oldest step first, busiest first within a step; steps in which nothing
 * happened are left out, and so is imported history. With `relationIds` only changes of these tables count, and the
 * operations that made them.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_BAD_INSTANT
 * @example
 * await readActivity(pool, { by: 'procedure', every: 'hour', from: releasedAt })
 */
export async function readActivity(
  queryable: Queryable,
  { by, every, from, to, zone = 'UTC' }: ActivityQuestion,
  relationIds: readonly number[] | null = null,
): Promise<Activity[]> {
  const bounds = [from, to].map((instant) => (instant === undefined ? null : instantText(instant)))
  const rows = await askOfInstants<Row>(queryable, statements[by], [every, ...bounds, relationIds, zone])
  const relations =
    by === 'entity'
      ? await readRelations(
          queryable,
          rows.map(({ name }) => name as string),
        )
      : null
  return rows.map(({ at, name, type, person, ...counts }) => {
    const numbers = { operations: Number(counts.operations), changes: Number(counts.changes) }
    if (by === 'procedure') return { at, procedure: name, ...numbers }
    if (by === 'actor')
      return { at, actor: { type: type as Actor['type'], id: name as string, name: person }, ...numbers }
    return { at, entity: relations?.get(name as string)?.entity ?? (name as string), ...numbers }
  })
}
