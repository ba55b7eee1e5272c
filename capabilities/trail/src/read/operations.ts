// The search through operations, newest first, in pages.
import type { Queryable } from '@steward/postgres'
import { trailErrors } from '../errors.ts'
import { parseKey } from '../key.ts'
import {
  instantSql,
  type ListedOperation,
  operationFacts,
  type StoredListing,
  toListedOperation,
} from '../operation.ts'
import { findRelation, namesOf, type Relation } from '../relation.ts'
import { askOfInstants, instantText } from '../when.ts'
import { ask } from './ask.ts'
import { readableJson } from './readable-json.ts'
import { touchedBy } from './touched.ts'

/**
 * Which operations: all that is given must hold. `actor` is an id or `type:id`; `procedure` a name, or with `*` at its end
 * everything that begins so; `field` a column that was written; `from` (inclusive) and `to` (exclusive) bound when it
 * began; `text` is looked for in procedure, parameters, reason and actor, whatever its capitals; with `touched` each says how
 * many records of which tables it changed itself; `after` is what `next` of the page before said.
 */
export type OperationFilter = {
  actor?: string | undefined
  procedure?: string | undefined
  source?: string | undefined
  entity?: string | undefined
  key?: unknown
  field?: string | undefined
  from?: string | Date | undefined
  to?: string | Date | undefined
  text?: string | undefined
  touched?: boolean | undefined
  limit?: number | undefined
  after?: string | undefined
}

/**
 * What of the search is held back from who asks: operations are looked for by changes of these tables alone, never by
 * their params, and those that `keep` does not name are passed over.
 */
export type HeldBack = {
  relationIds: readonly number[]
  keep: (ids: readonly string[], wrote: WroteCondition) => Promise<ReadonlySet<string>>
  /** Whether changes of this table may be counted. */
  isCounted: (relation: Relation) => boolean
}

/** Which changes an operation was looked for by; null is any. */
export type WroteCondition = { relationId: number | null; names: readonly string[] | null }

/** A page of operations. `next` leads to the page after it, null when this is the last. */
export type OperationPage = { operations: ListedOperation[]; next: string | null }

/**
 * Searches operations, newest first by when they began. The parts that an operation left in several transactions are one
 * operation here. Looks at a minute, then at eight, and so on back to `from`, until the page is full: the newest are
 * found at once however many there are; rare ones are looked for in all of the period (a second for a million).
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_UNKNOWN_ENTITY, TRAIL_NOT_TRACKED, TRAIL_KEY_SHAPE,
 * TRAIL_KEY_WITHOUT_ENTITY, TRAIL_BAD_INSTANT, TRAIL_BAD_CURSOR
 * @example
 * const { operations, next } = await searchOperations(pool, { procedure: 'orders.*', actor: 'staff:kim' })
 */
export async function searchOperations(
  queryable: Queryable,
  filter: OperationFilter = {},
  heldBack: HeldBack | null = null,
): Promise<OperationPage> {
  const { limit = 100, after } = filter
  const page: StoredListing[] = []
  for await (const operation of walkBack(queryable, filter, limit + 1, {
    cursor: after === undefined ? null : readCursor(after),
    heldBack,
  })) {
    page.push(operation)
    if (page.length > limit) break
  }
  const last = page[limit - 1]
  const next = last && page.length > limit ? writeCursor(last) : null
  const operations = page.slice(0, limit).map(toListedOperation)
  if (filter.touched !== true) return { operations, next }
  const ids = operations.map(({ id }) => id)
  const touched = await touchedBy(queryable, ids, heldBack?.isCounted)
  return { operations: operations.map((each) => ({ ...each, touched: touched.get(each.id) ?? [] })), next }
}

type Place = { at: string; id: string }
type Period = { begin: string; end: string; anchor: string; minutes: string }
type FoundPart = StoredListing & { is_first: 't' | 'f' }

const largestBatch = 5000

// Goes back in steps of time, within a step in batches, and passes over the later parts of an operation.
async function* walkBack(
  queryable: Queryable,
  filter: OperationFilter,
  wanted: number,
  { cursor, heldBack }: { cursor: Place | null; heldBack: HeldBack | null },
): AsyncGenerator<StoredListing> {
  const { from, to, key } = filter
  const conditions = await conditionsOf(queryable, filter, heldBack)
  const bounds = [from, to].map((instant) => (instant === undefined ? null : instantText(instant)))
  const [period] = await askOfInstants<Period>(queryable, periodStatement, [...bounds, cursor?.at ?? null])
  const { begin, end, anchor, minutes } = period as Period
  // Of one record all operations are found by its key: there is nothing to be gained by small steps.
  let [newer, older] = [0, key === undefined ? 1 : Number.POSITIVE_INFINITY]
  let place = cursor
  let batch = Math.min(wanted, largestBatch)
  for (;;) {
    // Only imported operations began before the trail was installed: the last step goes back for ever.
    const isLast = older >= Number(minutes)
    const step = [anchor, newer, isLast ? null : older, begin, end, place?.at ?? null, place?.id ?? null, batch]
    const parts = await ask<FoundPart>(queryable, batchStatement(conditions), [...step, ...conditions.values])
    const first = parts.filter((part) => part.is_first === 't')
    const kept = await heldBack?.keep(
      first.map((part) => part.operation_id),
      conditions.wrote,
    )
    for (const part of first) if (kept?.has(part.operation_id) ?? true) yield part
    const last = parts.at(-1)
    if (last && parts.length === batch) {
      place = { at: last.operation_at, id: last.operation_id }
      batch = Math.min(batch * 4, largestBatch)
    } else if (isLast) return
    else [newer, older] = [older, older * 8]
  }
}

const periodStatement = {
  name: 'steward_search_period',
  text: `
  SELECT coalesce(${instantSql('$1::timestamptz')}, '-infinity') AS begin, coalesce(${instantSql('$2::timestamptz')}, 'infinity') AS "end",
         ${instantSql('least($2::timestamptz, $3::timestamptz, statement_timestamp())')} AS anchor,
         extract(epoch FROM least($2::timestamptz, $3::timestamptz, statement_timestamp())
           - coalesce($1::timestamptz, (SELECT min(incarnation.since) FROM steward.incarnation), statement_timestamp())) / 60 AS minutes`,
}

type Conditions = { sql: string[]; values: unknown[]; wrote: WroteCondition }

// How many parameters the step's own bounds take.
const boundCount = 8

// $1 anchor, $2 and $3 the step in minutes before it, $4 begin, $5 end, $6 and $7 where the batch before ended, $8 its size.
function batchStatement({ sql }: Conditions): { text: string } {
  return {
    text: `
  WITH part AS MATERIALIZED (
    SELECT operation.* FROM steward.operation
     WHERE ($2::float8 = 0 OR operation.at < $1::timestamptz - make_interval(secs => $2::float8 * 60))
       AND ($3::float8 IS NULL OR operation.at >= $1::timestamptz - make_interval(secs => $3::float8 * 60))
       AND operation.at >= $4::timestamptz AND operation.at < $5::timestamptz
       AND ($6::timestamptz IS NULL OR operation.at <= $6::timestamptz)
       AND ($6::timestamptz IS NULL OR (operation.at, operation.id) < ($6::timestamptz, $7::uuid))
       ${sql.map((condition) => `AND ${condition}`).join('\n       ')}
     ORDER BY operation.at DESC, operation.id DESC LIMIT $8::bigint)
  SELECT part.id AS operation_id, ${operationFacts('part')}, part.parent_id, part.reverts, part.run_id, part.imported,
         whole.outcome, whole.error, earlier.at IS NULL AS is_first
    FROM part
    LEFT JOIN LATERAL (
      SELECT operation.at FROM steward.operation
       WHERE operation.id = part.id AND operation.at <= part.at AND (operation.at < part.at OR operation.xid < part.xid) LIMIT 1) AS earlier ON true
    LEFT JOIN LATERAL (
      SELECT CASE WHEN bool_or(operation.outcome = 'failed') THEN 'failed' ELSE max(operation.outcome) END AS outcome,
             max(operation.error) FILTER (WHERE operation.outcome = 'failed') AS error
        FROM steward.operation WHERE earlier.at IS NULL AND operation.id = part.id AND operation.at >= part.at) AS whole ON true
   ORDER BY part.at DESC, part.id DESC`,
  }
}

async function conditionsOf(
  queryable: Queryable,
  filter: OperationFilter,
  heldBack: HeldBack | null,
): Promise<Conditions> {
  const conditions: Conditions = { sql: [], values: [], wrote: { relationId: null, names: null } }
  const value = (given: unknown) => {
    conditions.values.push(given)
    return `$${boundCount + conditions.values.length}`
  }
  const { actor, procedure, source, text } = filter
  if (actor !== undefined) {
    const [, type, id] = /^(user|staff|service|system):(.+)$/s.exec(actor) ?? []
    const typed =
      type === undefined ? '' : ` OR (operation.actor_type = ${value(type)} AND operation.actor_id = ${value(id)})`
    conditions.sql.push(`(operation.actor_id = ${value(actor)}${typed})`)
  }
  if (procedure !== undefined) conditions.sql.push(`operation.procedure LIKE ${value(procedurePattern(procedure))}`)
  if (source !== undefined) conditions.sql.push(`operation.source = ${value(source)}`)
  if (text !== undefined) {
    const columns = ['procedure', ...(heldBack === null ? ['params'] : []), 'reason', 'actor_name', 'actor_id']
    const words = columns.map((column) => `operation.${column}`)
    conditions.sql.push(`concat_ws(E'\\n', ${words.join(', ')}) ILIKE ${value(`%${escapePattern(text)}%`)}`)
  }
  await addChangeCondition(queryable, filter, { conditions, value, heldBack })
  return conditions
}

async function addChangeCondition(
  queryable: Queryable,
  { entity, key, field }: OperationFilter,
  {
    conditions,
    value,
    heldBack,
  }: { conditions: Conditions; value: (given: unknown) => string; heldBack: HeldBack | null },
): Promise<void> {
  if (key !== undefined && entity === undefined) throw trailErrors.KEY_WITHOUT_ENTITY()
  if (entity === undefined && field === undefined) return
  const relation = entity === undefined ? null : await findRelation(queryable, entity)
  const names = field === undefined ? null : namesEver(relation, field)
  conditions.wrote = { relationId: relation?.id ?? null, names }
  const which: string[] = []
  if (heldBack) which.push(`change.relation_id = ANY (${value(heldBack.relationIds)}::integer[])`)
  if (relation) which.push(`change.relation_id = ${value(relation.id)}::integer`)
  let source = 'steward.change'
  if (relation && key !== undefined) {
    const text = value(await parseKey(queryable, relation, key))
    const id = which.at(-1) as string
    source = `(SELECT * FROM steward.change WHERE ${id} AND change.key = ${text}
      UNION ALL SELECT * FROM steward.turned_change AS change WHERE ${id} AND change.previous_key = ${text}) AS change`
  } else {
    // An operation's changes come after it began: newer ones than this step need not be looked at.
    which.push(`($3::float8 IS NULL OR change.at >= $1::timestamptz - make_interval(secs => $3::float8 * 60 + 60))`)
  }
  if (names !== null) which.push(`(${wroteSql(value(names))})`)
  conditions.sql.push(`operation.id IN (SELECT change.operation_id FROM ${source} WHERE ${which.join(' AND ')})`)
}

function namesEver(relation: Relation | null, field: string): string[] {
  return relation === null ? [field] : namesOf(relation, field)
}

/** SQL that is true of a change that wrote one of these columns. The plain search for the name spares most rows the parsing. */
export function wroteSql(names: string): string {
  const side = (column: string) =>
    `(strpos(change.${column}, to_json(field.name)::text || ':') > 0
      AND (${readableJson(`change.${column}`)} -> field.name) IS NOT NULL)`
  return `(change.kind <> 't' OR change.key IS NOT NULL)
    AND EXISTS (SELECT FROM unnest(${names}::text[]) AS field (name) WHERE ${side('before')} OR ${side('after')})`
}

/** A procedure's name, or with `*` at its end everything that begins so, as a pattern of LIKE. */
export function procedurePattern(procedure: string): string {
  return procedure.endsWith('*') ? `${escapePattern(procedure.slice(0, -1))}%` : escapePattern(procedure)
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&')
}

function writeCursor({ operation_at, operation_id }: StoredListing): string {
  return Buffer.from(`${operation_at} ${operation_id}`).toString('base64url')
}

function readCursor(cursor: string): { at: string; id: string } {
  const text = Buffer.from(cursor, 'base64url').toString()
  const match = /^(\d{4,6}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/.exec(text)
  if (!match) throw trailErrors.BAD_CURSOR({ cursor })
  return { at: match[1] as string, id: match[2] as string }
}
