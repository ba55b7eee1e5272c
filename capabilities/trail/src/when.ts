// Moments of the past: from what people write to what decides, change by change, whether it had happened by then.
import { nearestNames, type StewardError } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { trailErrors } from './errors.ts'
import { instantSql } from './operation.ts'
import { ask } from './read/ask.ts'
import type { Relation } from './relation.ts'

/**
 * A moment as callers give it: a Date, `now`, an instant as ISO 8601 (UTC unless it has a zone), a mark's name or id, an
 * operation's id (the state just before it); or an object that says which of these is meant.
 *
 * @example
 * const when: When = { mark: 'before-release-4.2' }
 */
export type When = string | Date | { instant: string | Date } | { mark: string | number } | { operation: string }

/**
 * A resolved moment. `at` is the instant that it stands for (ISO 8601, UTC). `base` is the saved snapshot by which it is
 * told what had been committed: the mark itself, or for an instant the newest mark before it; null where there is none.
 */
export type Moment = {
  kind: 'now' | 'mark' | 'instant' | 'operation'
  at: string
  operationId: string | null
  base: SavedSnapshot | null
}

/**
 * A snapshot with the change ids between which it can be asked: changes from `comparableFrom` on are of the same life of
 * the database, older ones are contained, those from `nextLifeFrom` on are not. A change that it lacks is never older
 * than `openFrom` (an id) and `openSince` (an instant).
 */
export type SavedSnapshot = {
  snapshot: string
  comparableFrom: string
  nextLifeFrom: string
  openFrom: string
  openSince: string
}

type MomentRow = {
  at: string
  is_past: 't' | 'f'
  snapshot: string | null
  comparable_from: string
  next_life_from: string
  open_from: string
  open_since: string
}

// The snapshot of a mark is taken an instant before its change id is read, so that ids of that instant count as open.
const baseColumns = `
  mark.snapshot::text AS snapshot, coalesce(life.since_change, 0) AS comparable_from,
  coalesce((SELECT min(later.since_change) FROM steward.incarnation AS later WHERE later.id > mark.incarnation_id),
           9223372036854775807) AS next_life_from,
  greatest(coalesce(settled.change_id, 0) - 10000, 0) AS open_from,
  coalesce(${instantSql("settled.at - interval '1 minute'")}, '-infinity') AS open_since`

// A transaction that a mark lacks got its id after every mark that ends where this one begins.
const baseJoins = `
  LEFT JOIN steward.incarnation AS life ON life.id = mark.incarnation_id
  LEFT JOIN LATERAL (
    SELECT earlier.change_id, earlier.at FROM steward.mark AS earlier
     WHERE earlier.at < mark.at AND earlier.incarnation_id = mark.incarnation_id
       AND pg_snapshot_xmax(earlier.snapshot) <= pg_snapshot_xmin(mark.snapshot)
     ORDER BY earlier.at DESC LIMIT 1) AS settled ON true`

const markStatement = {
  name: 'steward_resolve_mark',
  text: `
  SELECT ${instantSql('mark.at')} AS at, true AS is_past, ${baseColumns}
    FROM (SELECT * FROM steward.mark
           WHERE mark.name = $1 OR mark.id = CASE WHEN $1 ~ '^[0-9]{1,18}$' THEN $1::bigint END
           ORDER BY mark.name = $1 DESC NULLS LAST LIMIT 1) AS mark ${baseJoins}`,
}

const instantStatement = {
  name: 'steward_resolve_instant',
  text: `
  SELECT ${instantSql('least(asked.at, statement_timestamp())')} AS at, asked.at < statement_timestamp() AS is_past, ${baseColumns}
    FROM (SELECT coalesce($1::timestamptz, 'infinity') AS at) AS asked
    LEFT JOIN LATERAL (SELECT * FROM steward.mark WHERE mark.at <= asked.at ORDER BY mark.at DESC LIMIT 1) AS mark ON true
    ${baseJoins}`,
}

const operationStatement = {
  name: 'steward_operation_begin',
  text: `SELECT ${instantSql('min(operation.at)')} AS at FROM steward.operation WHERE operation.id = $1::uuid`,
}

const marksStatement = {
  name: 'steward_mark_names',
  text: 'SELECT mark.name FROM steward.mark WHERE mark.name IS NOT NULL ORDER BY mark.at DESC LIMIT 10000',
}

/**
 * Finds out which moment is meant. A text is a mark if one has this name or id, else an operation if it is a uuid, else
 * an instant if it begins like a date. An instant that has not come yet is now. With a relation it is also checked that
 * the relation was tracked by then.
 *
 * @throws TRAIL_BAD_INSTANT, TRAIL_UNKNOWN_MARK with the nearest names, TRAIL_UNKNOWN_OPERATION, TRAIL_BEFORE_TRACKING
 * @example
 * const moment = await resolveMoment(pool, '2026-03-02T14:00+09', relation)
 */
export async function resolveMoment(queryable: Queryable, when: When, relation?: Relation): Promise<Moment> {
  const moment = await findMoment(queryable, when)
  // Both are of one width, so that they compare as texts.
  if (relation && moment.at < relation.since) {
    throw trailErrors.BEFORE_TRACKING({ entity: relation.entity, since: relation.since, asked: moment.at })
  }
  return moment
}

async function findMoment(queryable: Queryable, when: When): Promise<Moment> {
  if (when instanceof Date) return resolveInstant(queryable, when)
  if (typeof when === 'string') return resolveText(queryable, when.trim())
  if ('instant' in when) return resolveInstant(queryable, when.instant)
  if ('operation' in when) return resolveOperation(queryable, when.operation)
  return resolveMark(queryable, String(when.mark))
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function resolveText(queryable: Queryable, text: string): Promise<Moment> {
  if (text.toLowerCase() === 'now') return resolveNow(queryable)
  const [mark] = await ask<MomentRow>(queryable, markStatement, [text])
  if (mark) return toMoment('mark', mark)
  if (uuid.test(text)) return resolveOperation(queryable, text)
  if (/^\d{4,}-\d/.test(text)) return resolveInstant(queryable, text)
  throw await unknownMark(queryable, text)
}

async function resolveMark(queryable: Queryable, name: string): Promise<Moment> {
  const [mark] = await ask<MomentRow>(queryable, markStatement, [name])
  if (!mark) throw await unknownMark(queryable, name)
  return toMoment('mark', mark)
}

async function unknownMark(queryable: Queryable, mark: string): Promise<StewardError> {
  const marks = await ask<{ name: string }>(queryable, marksStatement, [])
  const names = marks.map(({ name }) => name)
  return trailErrors.UNKNOWN_MARK({ mark, nearest: nearestNames(mark, names) })
}

async function resolveInstant(queryable: Queryable, instant: string | Date): Promise<Moment> {
  const [row] = await askOfInstants<MomentRow>(queryable, instantStatement, [instantText(instant)])
  return toMoment(row?.is_past === 't' ? 'instant' : 'now', row as MomentRow)
}

async function resolveNow(queryable: Queryable): Promise<Moment> {
  const [row] = await ask<MomentRow>(queryable, instantStatement, [null])
  return toMoment('now', row as MomentRow)
}

async function resolveOperation(queryable: Queryable, id: string): Promise<Moment> {
  if (!uuid.test(id)) throw trailErrors.UNKNOWN_OPERATION({ id })
  const [row] = await ask<{ at: string | null }>(queryable, operationStatement, [id])
  if (!row?.at) throw trailErrors.UNKNOWN_OPERATION({ id })
  return { ...(await resolveInstant(queryable, row.at)), kind: 'operation', operationId: id.toLowerCase() }
}

/**
 * An instant as PostgreSQL reads it, for parameters of type timestamptz: ISO 8601, in UTC unless it has a zone.
 *
 * @throws TRAIL_BAD_INSTANT for what does not look like ISO 8601; a 30th of February is found by {@link askOfInstants}.
 * @example
 * instantText('2026-03-02 14:00') // '2026-03-02 14:00Z'
 */
export function instantText(instant: string | Date): string {
  if (instant instanceof Date) {
    if (Number.isNaN(instant.getTime())) throw trailErrors.BAD_INSTANT({ text: String(instant) })
    return instant.toISOString()
  }
  const text = instant.trim()
  const match =
    /^(\d{4,6}-\d{1,2}-\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{1,2}(?::?\d{2})?)?)?$/i.exec(
      text,
    )
  if (!match) throw trailErrors.BAD_INSTANT({ text: instant })
  const [, day, time = '00:00', zone = 'Z'] = match
  return `${day} ${time}${zone}`
}

/** Asks a statement whose only texts that PostgreSQL may refuse are instants. @throws TRAIL_BAD_INSTANT */
export async function askOfInstants<Result extends { [Column in keyof Result]: string | null }>(
  queryable: Queryable,
  statement: { name?: string; text: string },
  values: unknown[],
): Promise<Result[]> {
  try {
    return await ask<Result>(queryable, statement, values)
  } catch (error) {
    const { code, message } = (error as { cause?: { code?: string; message?: string } }).cause ?? {}
    if (!code || !/^220(07|08|09)/.test(code)) throw error
    throw trailErrors.BAD_INSTANT({ text: /"([^"]*)"/.exec(message ?? '')?.[1] ?? String(values[0]) }, { cause: error })
  }
}

/** A condition on `steward.change AS <alias>`, with the values of its parameters. */
export type Condition = { sql: string; values: unknown[] }

/**
 * The condition that a change came after the moment and is to be undone. Parameters count from `first`. Imported changes
 * are left to the caller to leave out.
 */
export function changesAfter(moment: Moment, first: number, alias = 'change'): Condition {
  const later = changesAfterInstant(moment, first, alias)
  if (moment.operationId === null) return later
  // Of a record that the operation touched it is known exactly: the state before its first change there.
  const id = `$${first + later.values.length}`
  const touched = `SELECT min(touch.id) FROM steward.change AS touch
    WHERE touch.operation_id = ${id}::uuid AND touch.relation_id = ${alias}.relation_id
      AND (touch.key = ${alias}.key OR touch.previous_key = ${alias}.key OR touch.key = ${alias}.previous_key)`
  return { sql: `coalesce(${alias}.id >= (${touched}), ${later.sql})`, values: [...later.values, moment.operationId] }
}

/** The same without looking at what an operation touched: what marks know counts, and then the clock. */
export function changesAfterInstant(moment: Moment, first: number, alias = 'change'): Condition {
  if (moment.kind === 'now') return { sql: 'false', values: [] }
  if (moment.kind === 'mark') return missingIn(moment.base, first, alias)
  const missing = missingIn(moment.base, first, alias)
  const instant = `$${first + missing.values.length}::timestamptz`
  return { sql: `(${missing.sql} AND ${alias}.at > ${instant})`, values: [...missing.values, moment.at] }
}

/** The condition that nobody knows whether a change was committed by then: it was made before, but after the last mark. */
export function changesInDoubt(moment: Moment, first: number, alias = 'change'): Condition {
  if (moment.kind === 'now' || moment.kind === 'mark') return { sql: 'false', values: [] }
  const missing = missingIn(moment.base, first, alias)
  const instant = `$${first + missing.values.length}::timestamptz`
  return { sql: `(${missing.sql} AND ${alias}.at <= ${instant})`, values: [...missing.values, moment.at] }
}

// What a snapshot lacks. Transaction ids say it exactly; id and time only bound the search.
function missingIn(base: SavedSnapshot | null, first: number, alias: string): Condition {
  if (base === null) return { sql: 'true', values: [] }
  const [snapshot, comparable, nextLife, openFrom, openSince] = [0, 1, 2, 3, 4].map((place) => `$${first + place}`)
  return {
    sql: `(${alias}.id >= ${openFrom}::bigint AND ${alias}.at >= ${openSince}::timestamptz
      AND (${alias}.id >= ${nextLife}::bigint
           OR (${alias}.id >= ${comparable}::bigint AND NOT pg_visible_in_snapshot(${alias}.xid, ${snapshot}::pg_snapshot))))`,
    values: [base.snapshot, base.comparableFrom, base.nextLifeFrom, base.openFrom, base.openSince],
  }
}

function toMoment(kind: Moment['kind'], row: MomentRow): Moment {
  const { at, snapshot } = row
  const base = snapshot && {
    snapshot,
    comparableFrom: row.comparable_from,
    nextLifeFrom: row.next_life_from,
    openFrom: row.open_from,
    openSince: row.open_since,
  }
  return { kind, at, operationId: null, base: base || null }
}
