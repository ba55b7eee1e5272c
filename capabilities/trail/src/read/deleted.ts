// Records that were deleted, found by what they held: the orders that a customer no longer has.
import { nearestNames } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import type { Change } from '../change.ts'
import { trailErrors } from '../errors.ts'
import { findRelation, type Relation } from '../relation.ts'
import { ask } from './ask.ts'
import { isChangeId, type PageRow, pageColumns, partOfChangeSql, presentPage } from './change-page.ts'
import { readableJson } from './readable-json.ts'

/** Deletions that are looked through at most: some tenths of a second. */
const mostLookedThrough = 20_000

/** Of which table; `filter`: only what held these values, compared as texts, when it was deleted; `before`: the next page. */
export type DeletedQuestion = {
  entity: string
  filter?: Readonly<Record<string, string>> | undefined
  limit?: number | undefined
  before?: string | undefined
}

/** A deletion; `isBack`: the record was inserted again since, as a revert does. */
export type Deletion = Change & { isBack: boolean }

/** A page of deletions, newest first. Where `isComplete` is false, older ones were not looked through. */
export type DeletedPage = { changes: Deletion[]; isComplete: boolean }

// $1 relation, $2 the id below which the page begins, $3 what it held: [{ names, needle, value }], $4 how many.
const deletedStatement = {
  name: 'steward_deleted',
  text: `
  WITH looked AS MATERIALIZED (
    SELECT change.* FROM steward.change
     WHERE change.relation_id = $1::integer AND change.kind IN ('d', 't') AND change.id < $2::bigint
     ORDER BY change.id DESC LIMIT ${mostLookedThrough}),
  page AS MATERIALIZED (
    SELECT looked.* FROM looked
     WHERE looked.key IS NOT NULL AND looked.before IS NOT NULL
       AND NOT EXISTS (
         SELECT FROM json_to_recordset($3::json) AS wanted (names json, needle text, value text)
          -- The text is looked for first: to take a row apart costs more.
          WHERE strpos(looked.before, wanted.needle) = 0
             OR NOT EXISTS (SELECT FROM json_array_elements_text(wanted.names) AS name
                             WHERE ${readableJson('looked.before')} ->> name = wanted.value))
     ORDER BY looked.id DESC LIMIT $4::integer)
  SELECT ${pageColumns}, (SELECT count(*) FROM looked) AS looked,
         EXISTS (SELECT FROM steward.change AS later
                  WHERE later.relation_id = $1::integer AND later.key = change.key AND later.id > change.id AND later.kind = 'i') AS is_back
    FROM (SELECT) AS one
    LEFT JOIN page AS change ON true
    ${partOfChangeSql}
   ORDER BY change.id DESC`,
}

type DeletedRow = PageRow & { looked: string; is_back: 't' | 'f' }

const newest = '9223372036854775807'

/**
 * Finds what was deleted from a table, newest first, each with its operation. Values are compared as the texts that the trail keeps;
 * a column that was renamed is looked for under all its names. At most 20,000 deletions are looked through at once.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_UNKNOWN_ENTITY, TRAIL_NOT_TRACKED, TRAIL_UNKNOWN_COLUMN,
 * TRAIL_COLUMN_NOT_KEPT, TRAIL_BAD_CURSOR
 * @example
 * const { changes } = await readDeleted(pool, { entity: 'orders', filter: { customer_id: '7' } })
 */
export async function readDeleted(queryable: Queryable, question: DeletedQuestion): Promise<DeletedPage> {
  const { entity, filter = {}, limit = 50, before = newest } = question
  if (!isChangeId(before)) throw trailErrors.BAD_CURSOR({ cursor: before })
  const relation = await findRelation(queryable, entity)
  const wanted = Object.entries(filter).map(([column, value]) => ({
    names: namesOf(relation, column),
    // As it stands in JSON: numbers bare, texts with their escapes.
    needle: JSON.stringify(value).slice(1, -1),
    value,
  }))
  const rows = await ask<DeletedRow>(queryable, deletedStatement, [relation.id, before, JSON.stringify(wanted), limit])
  const changes = await presentPage(queryable, relation, rows)
  const isComplete = changes.length < limit && Number(rows[0]?.looked ?? 0) < mostLookedThrough
  return { changes: changes.map((change, at) => ({ ...change, isBack: rows[at]?.is_back === 't' })), isComplete }
}

/** Every name that the column had. */
function namesOf({ entity, columns, excluded, fingerprinted }: Relation, column: string): string[] {
  if (excluded.includes(column) || fingerprinted.includes(column)) throw trailErrors.COLUMN_NOT_KEPT({ entity, column })
  const live = columns.filter(({ untilChange }) => untilChange === null)
  const found = live.find(({ name }) => name === column)
  if (found === undefined) {
    throw trailErrors.UNKNOWN_COLUMN({
      entity,
      column,
      nearest: nearestNames(
        column,
        live.map(({ name }) => name),
      ),
    })
  }
  return [...new Set(columns.filter(({ attnum }) => attnum === found.attnum).map(({ name }) => name))]
}
