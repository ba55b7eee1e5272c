// The SQL of the weekly numbers: one named function a statement.
import type { Actor } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import type { WeekQuestion } from '../report.ts'
import { actorSql } from './column-sql.ts'

// $1 how many weeks, $2 a day of the last one (today if null), $3 the time zone.
const weekSql = `week AS (
    SELECT to_char(monday, 'YYYY-MM-DD') AS "from", monday AT TIME ZONE $3::text AS begins,
           (monday + interval '7 days') AT TIME ZONE $3::text AS ends
      FROM generate_series(0, $1::integer - 1) AS back
     CROSS JOIN LATERAL (SELECT date_trunc('week', coalesce($2::date::timestamp, now() AT TIME ZONE $3::text))
                                - make_interval(days => 7 * back)) AS day (monday))`

const minutesSql = (part: number) => `round((percentile_cont(${part}) WITHIN GROUP (
    ORDER BY extract(epoch FROM answered_at - asked_at)::float8 / 60))::numeric, 1)::float8`

/** A week with its sums. */
export type WeekSums = {
  from: string
  asked: number
  answered: number
  medianMinutes: number | null
  p90Minutes: number | null
}

/** Every week, also those in which nothing was asked; the newest first. */
export async function selectWeeks(queryable: Queryable, question: WeekQuestion): Promise<WeekSums[]> {
  const { rows } = await queryable.query<WeekSums>(
    `WITH ${weekSql}
     SELECT week."from", asked.count AS asked, answered.count AS answered,
            answered.median AS "medianMinutes", answered.p90 AS "p90Minutes"
       FROM week
      CROSS JOIN LATERAL (
        SELECT count(*)::int FROM steward_office.inquiries_inquiry WHERE asked_at >= begins AND asked_at < ends) AS asked (count)
      CROSS JOIN LATERAL (
        SELECT count(*)::int, ${minutesSql(0.5)}, ${minutesSql(0.9)}
          FROM steward_office.inquiries_inquiry WHERE answered_at >= begins AND answered_at < ends) AS answered (count, median, p90)
      ORDER BY week."from" DESC`,
    valuesOf(question),
  )
  return rows
}

/** What somebody asked in a week. */
export type WeekAsker = { from: string; person: Actor; asked: number }

/** The busiest first. */
export async function selectWeekAskers(queryable: Queryable, question: WeekQuestion): Promise<WeekAsker[]> {
  const { rows } = await queryable.query<WeekAsker>(
    `WITH ${weekSql},
     counted AS (
       SELECT week."from", asked_by_type AS who_type, asked_by_id AS who_id, count(*)::int AS asked,
              (array_agg(asked_by_name ORDER BY id DESC))[1] AS who_name
         FROM week JOIN steward_office.inquiries_inquiry ON asked_at >= begins AND asked_at < ends
        GROUP BY 1, 2, 3)
     SELECT "from", ${actorSql('who')} AS person, asked FROM counted ORDER BY asked DESC, who_id`,
    valuesOf(question),
  )
  return rows
}

/** What the owners of inquiries got answered in a week. */
export type WeekOwner = Omit<WeekSums, 'asked'> & { person: Actor }

/** The busiest first. */
export async function selectWeekOwners(queryable: Queryable, question: WeekQuestion): Promise<WeekOwner[]> {
  const { rows } = await queryable.query<WeekOwner>(
    `WITH ${weekSql},
     counted AS (
       SELECT week."from", owner_type AS who_type, owner_id AS who_id, count(*)::int AS answered,
              (array_agg(owner_name ORDER BY id DESC))[1] AS who_name,
              ${minutesSql(0.5)} AS median, ${minutesSql(0.9)} AS p90
         FROM week JOIN steward_office.inquiries_inquiry ON answered_at >= begins AND answered_at < ends
        GROUP BY 1, 2, 3)
     SELECT "from", ${actorSql('who')} AS person, answered, median AS "medianMinutes", p90 AS "p90Minutes"
       FROM counted ORDER BY answered DESC, who_id`,
    valuesOf(question),
  )
  return rows
}

function valuesOf({ weeks, until, timeZone }: WeekQuestion): unknown[] {
  return [weeks, until, timeZone]
}
