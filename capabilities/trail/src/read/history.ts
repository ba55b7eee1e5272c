// What happened to a record, newest first.
import type { Queryable } from '@steward/postgres'
import { type Change, changeColumns, type StoredChange, toChange } from '../change.ts'
import { trailErrors } from '../errors.ts'
import { parseKey } from '../key.ts'
import { type Operation, operationFacts, type StoredOperation, toOperation, unknownOperation } from '../operation.ts'
import { findRelation, type Relation } from '../relation.ts'
import { ask } from './ask.ts'

/** Which page: at most `limit` changes (50), older than the change `before` (its id), else the newest. */
export type HistoryOptions = { limit?: number | undefined; before?: string | undefined }

/** Which record, and which page. */
export type HistoryQuestion = HistoryOptions & { entity: string; key: unknown }

type FoundOperation = StoredChange & StoredOperation
type HistoryRow = FoundOperation | (StoredChange & { operation_at: null })

// An operation's part is written by its first change in a transaction: it stands a little before each of its changes.
// The bounds let PostgreSQL look into one month instead of all.
const shownSql = `
  SELECT ${changeColumns('change')}, ${operationFacts('operation')}
    FROM page AS change LEFT JOIN LATERAL (
      SELECT operation.* FROM steward.operation
       WHERE operation.id = change.operation_id AND operation.xid = change.xid
         AND operation.at >= change.at - interval '1 day' AND operation.at <= change.at + interval '1 minute'
       LIMIT 1) AS operation ON true
   ORDER BY change.id DESC`

// $1 relation, $2 key, $3 the id below which the page begins, $4 how many.
const ofKeySql = `
  SELECT change.* FROM steward.change
   WHERE change.relation_id = $1::integer AND change.key = $2 AND change.id < $3::bigint
   ORDER BY change.id DESC LIMIT $4::integer`

const takenAwaySql = `
  SELECT change.* FROM steward.turned_change AS change
   WHERE change.relation_id = $1::integer AND change.previous_key = $2 AND change.id < $3::bigint
   ORDER BY change.id DESC LIMIT $4::integer`

const pageStatement = { name: 'steward_history', text: `WITH page AS MATERIALIZED (${ofKeySql}) ${shownSql}` }

// A TRUNCATE that wrote no rows down is shown to all that had been there.
const notesSql = `
  SELECT change.* FROM steward.change
   WHERE change.relation_id = $1::integer AND change.previous_key IS NULL AND change.key IS NULL AND change.kind = 't'
     AND change.before::json ->> 'policy' = 'note' AND change.id < $3::bigint
     AND EXISTS (SELECT FROM steward.change AS older
                  WHERE older.relation_id = $1::integer AND older.key = $2 AND older.id < change.id)
   ORDER BY change.id DESC LIMIT $4::integer`

// Where keys were changed or the table was emptied: also what took the record away.
const turningPageStatement = {
  name: 'steward_history_turning',
  text: `
  WITH page AS MATERIALIZED (
    SELECT * FROM (
      (${ofKeySql}) UNION ALL (${takenAwaySql}) UNION ALL (${notesSql})) AS found
     ORDER BY found.id DESC LIMIT $4::integer)
  ${shownSql}`,
}

// A record that had other keys. A link of the chain is a key that it had, below the change that gave it the next one; the
// walk ends where the page must be full. The first link reaches below that change: a key can have had several lives.
const chainStatement = {
  name: 'steward_history_chain',
  text: `
  WITH RECURSIVE link (key, upper, shown) AS (
    SELECT $2::text COLLATE "C", 9223372036854775807, 0
    UNION ALL
    SELECT turn.previous_key, turn.change_id, link.shown + (turn.change_id < $3::bigint)::integer
      FROM link CROSS JOIN LATERAL (
        SELECT turn.change_id, turn.previous_key FROM steward.turn
         WHERE turn.relation_id = $1::integer AND turn.key = link.key AND turn.change_id < link.upper
         ORDER BY turn.change_id DESC LIMIT 1) AS turn
     WHERE link.shown < $4::integer),
  bounded AS MATERIALIZED (
    SELECT link.key, least(link.upper, $3::bigint) AS upper,
           coalesce(lead(link.upper) OVER (ORDER BY link.upper DESC), -9223372036854775808) AS lower
      FROM link WHERE link.upper < 9223372036854775807
     UNION ALL
    SELECT $2, $3::bigint, -9223372036854775808),
  page AS MATERIALIZED (
    SELECT DISTINCT ON (found.id) found.* FROM (
      SELECT change.* FROM bounded CROSS JOIN LATERAL (
        (SELECT change.* FROM steward.change
          WHERE change.relation_id = $1::integer AND change.key = bounded.key
            AND change.id < bounded.upper AND change.id >= bounded.lower
          ORDER BY change.id DESC LIMIT $4::integer)
        UNION ALL
        (SELECT change.* FROM steward.turned_change AS change
          WHERE change.relation_id = $1::integer AND change.previous_key = bounded.key
            AND change.id < bounded.upper AND change.id >= bounded.lower
          ORDER BY change.id DESC LIMIT $4::integer)) AS change
      UNION ALL (${notesSql})) AS found
     ORDER BY found.id DESC LIMIT $4::integer)
  ${shownSql}`,
}

const operationStatement = {
  name: 'steward_operation_of_change',
  text: `
  SELECT change.id, change.operation_id, ${operationFacts('operation')}
    FROM unnest($1::bigint[], $2::uuid[], $3::xid8[]) AS change (id, operation_id, xid)
   CROSS JOIN LATERAL (
     SELECT operation.* FROM steward.operation
      WHERE operation.id = change.operation_id AND (operation.xid = change.xid OR (change.xid IS NULL AND operation.imported))
      LIMIT 1) AS operation`,
}

/**
 * Reads what happened to a record, newest first, each change with its operation. A record whose key was changed goes on
 * with its changes under the older key; under the old key the change that took it away is shown. A TRUNCATE that was only
 * noted stands there with the key null. Imported changes come after (older than) all captured ones, by their time. Two
 * statements, of which the second takes less than a millisecond for a page of 50, however many changes there are.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_UNKNOWN_ENTITY, TRAIL_NOT_TRACKED, TRAIL_NO_KEY,
 * TRAIL_KEY_SHAPE, TRAIL_BAD_CURSOR
 * @example
 * const newest = await readHistory(pool, { entity: 'orders', key: 1042 })
 * const older = await readHistory(pool, { entity: 'orders', key: 1042, before: newest.at(-1)?.id })
 */
export async function readHistory(
  queryable: Queryable,
  { entity, key, limit = 50, before }: HistoryQuestion,
): Promise<Change[]> {
  if (before !== undefined && !isChangeId(before)) throw trailErrors.BAD_CURSOR({ cursor: before })
  const relation = await findRelation(queryable, entity)
  const keyText = await parseKey(queryable, relation, key)
  const rows = await pageOf(queryable, relation, [relation.id, keyText, before ?? newest, limit])
  const operations = await operationsFarOff(queryable, rows)
  return rows.map((row) => toChange(row, relation, operationOf(row, operations)))
}

const newest = '9223372036854775807'

// The chain of keys is walked only where there is one: on the newest page a change of the key would be seen, on others
// it may lie before it.
async function pageOf(queryable: Queryable, relation: Relation, values: unknown[]): Promise<HistoryRow[]> {
  if (!relation.hasTurns) return ask<HistoryRow>(queryable, pageStatement, values)
  const [, key, before] = values
  if (before === newest) {
    const rows = await ask<HistoryRow>(queryable, turningPageStatement, values)
    if (!rows.some((row) => row.key === key && row.previous_key !== null)) return rows
  }
  return ask<HistoryRow>(queryable, chainStatement, values)
}

function isChangeId(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
}

function operationOf(row: HistoryRow, farOff: Map<string, Operation>): Operation {
  if (row.operation_at !== null) return toOperation(row)
  return farOff.get(row.id) ?? unknownOperation(row.operation_id, row.at)
}

// A transaction longer than a day, an imported operation, or a forged one.
async function operationsFarOff(queryable: Queryable, rows: HistoryRow[]): Promise<Map<string, Operation>> {
  const missing = rows.filter((row) => row.operation_at === null)
  if (missing.length === 0) return new Map()
  const found = await ask<StoredOperation & { id: string }>(queryable, operationStatement, [
    missing.map((row) => row.id),
    missing.map((row) => row.operation_id),
    missing.map((row) => row.xid),
  ])
  return new Map(found.map((row) => [row.id, toOperation(row)]))
}
