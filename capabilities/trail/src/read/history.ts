// What happened to a record, newest first.
import { parseEntity, type Queryable } from '@steward/postgres'
import type { Change } from '../change.ts'
import { trailErrors } from '../errors.ts'
import { parseKey, parsePlainKey } from '../key.ts'
import { findVersion, type RelationVersion, recallVersion, versionOfSql } from '../relation.ts'
import { ask } from './ask.ts'
import { isChangeId, type PageRow, pageColumns, partOfChangeSql, presentPage } from './change-page.ts'

/** Which page: at most `limit` changes (50), older than the change `before` (its id), else the newest. */
export type HistoryOptions = { limit?: number | undefined; before?: string | undefined }

/** Which record, and which page. */
export type HistoryQuestion = HistoryOptions & { entity: string; key: unknown }

// `holds`: whether the register still says what the statement was asked by. A page of nothing says it in a row without id.
type HistoryRow = { holds: 't' | 'f' | null } & PageRow

const shownSql = `
  SELECT register.holds, ${pageColumns}
    FROM (SELECT ${versionOfSql('$5', '$6')} = $7 AS holds) AS register
    LEFT JOIN page AS change ON true
    ${partOfChangeSql}
   ORDER BY change.id DESC`

// $1 relation, $2 key, $3 the id below which the page begins, $4 how many; $5 schema, $6 table, $7 version of the register.
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

/**
 * Reads what happened to a record, newest first, each change with its operation. A record whose key was changed goes on
 * with its changes under the older key; under the old key the change that took it away is shown. A TRUNCATE that was only
 * noted stands there with the key null. Imported changes come after (older than) all captured ones, by their time. One
 * statement, which takes about a millisecond for a page of 50, however many changes there are; a second one where the
 * pool has not asked for this table before or the table was altered since.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_UNKNOWN_ENTITY, TRAIL_NOT_TRACKED, TRAIL_NO_KEY,
 * TRAIL_KEY_SHAPE, TRAIL_BAD_CURSOR
 * @example
 * const newest = await readHistory(pool, { entity: 'orders', key: 1042 })
 * const older = await readHistory(pool, { entity: 'orders', key: 1042, before: newest.at(-1)?.id })
 */
export async function readHistory(queryable: Queryable, question: HistoryQuestion): Promise<Change[]> {
  const { entity, key, before } = question
  if (before !== undefined && !isChangeId(before)) throw trailErrors.BAD_CURSOR({ cursor: before })
  const recalled = recallVersion(queryable, entity)
  const plainKey = recalled ? parsePlainKey(recalled.relation, key) : null
  if (recalled && plainKey !== null) {
    const rows = await pageOf(queryable, recalled, plainKey, question)
    if (rows[0]?.holds === 't') return presentPage(queryable, recalled.relation, rows)
  }
  const found = await findVersion(queryable, entity)
  const keyText = await parseKey(queryable, found.relation, key)
  return presentPage(queryable, found.relation, await pageOf(queryable, found, keyText, question))
}

const newest = '9223372036854775807'

// The chain of keys is walked only where there is one: on the newest page a change of the key would be seen, on others
// it may lie before it.
async function pageOf(
  queryable: Queryable,
  { relation, version }: RelationVersion,
  key: string,
  { entity, before = newest, limit = 50 }: HistoryQuestion,
): Promise<HistoryRow[]> {
  const { schema, name } = parseEntity(entity)
  const values = [relation.id, key, before, limit, schema, name, version]
  if (!relation.hasTurns) return ask<HistoryRow>(queryable, pageStatement, values)
  if (before === newest) {
    const rows = await ask<HistoryRow>(queryable, turningPageStatement, values)
    if (!rows.some((row) => row.id !== null && row.key === key && row.previous_key !== null)) return rows
  }
  return ask<HistoryRow>(queryable, chainStatement, values)
}
