// The statements that read the past: the rows of now and the changes since, of one record or of a table.
import type { Relation } from '../relation.ts'
import { type Condition, changesAfterInstant, changesInDoubt, type Moment } from '../when.ts'
import type { Statement } from './ask.ts'

/** A row of either statement: a row of now, a change since then, or that there is a change in doubt. */
export type FoundInPast = {
  what: 'row' | 'change' | 'doubt'
  id: string | null
  kind: 'i' | 'u' | 'd' | 't' | null
  xid: string | null
  key: string | null
  previous_key: string | null
  before: string | null
  after: string | null
  literal_nulls: string | null
}

// The keys that the record had later lead to the row that it is today.
export function recordStatement(
  relation: Relation,
  moment: Moment,
  key: string,
  touch: string | null,
): { statement: Statement; values: unknown[] } {
  const after = touch === null ? changesAfterInstant(moment, 3) : { sql: 'change.id >= $3::bigint', values: [touch] }
  const doubt = touch === null ? changesInDoubt(moment, 3 + after.values.length) : nobody
  const text = `
  WITH RECURSIVE steward_reached (key) AS (
    SELECT $2::text COLLATE "C"
    UNION
    SELECT change.key FROM steward_reached JOIN steward.turned_change AS change ON change.relation_id = $1::integer
       AND change.previous_key = steward_reached.key AND NOT change.imported AND ${after.sql})
  SELECT 'change' AS what, ${undoneColumns}
    FROM steward_reached JOIN steward.change ON change.relation_id = $1::integer AND change.key = steward_reached.key
     AND NOT change.imported AND ${after.sql}
  UNION ALL
  SELECT 'change', ${undoneColumns} FROM steward.change
   WHERE change.relation_id = $1::integer AND change.previous_key IS NULL AND change.key IS NULL AND change.kind = 't' AND NOT change.imported AND ${after.sql}
  UNION ALL ${rowsSql(relation, 'ARRAY(SELECT key FROM steward_reached)')}
  UNION ALL
  SELECT * FROM (SELECT 'doubt', ${nothing} FROM steward_reached JOIN steward.change ON change.relation_id = $1::integer
    AND change.key = steward_reached.key AND NOT change.imported AND ${doubt.sql} LIMIT 1) AS doubt
  ORDER BY 2 DESC`
  const way = touch === null ? `${moment.kind}_${moment.base ? 'mark' : 'clock'}` : 'touch'
  return {
    statement: { name: `steward_record_${relation.id}_${way}`, text },
    values: [relation.id, key, ...after.values, ...doubt.values],
  }
}

const nobody: Condition = { sql: 'false', values: [] }

export function tableStatement(
  relation: Relation,
  moment: Moment,
  filter: { columns: string[]; values: (string | null)[] } | null,
): { statement: Statement; values: unknown[] } {
  const after = changesAfterInstant(moment, 2)
  const doubt = changesInDoubt(moment, 2 + after.values.length)
  const values = [relation.id, ...after.values, ...doubt.values]
  let touched = ''
  let [join, isUndone] = ['', after.sql]
  if (moment.operationId !== null) {
    values.push(moment.operationId)
    touched = touchedSql(`$${values.length}`)
    join = `LEFT JOIN steward_touched AS own ON own.key = change.key
            LEFT JOIN steward_touched AS earlier ON earlier.key = change.previous_key`
    isUndone = `coalesce(change.id >= least(own.first, earlier.first), ${after.sql})`
  }
  let keys = 'NULL'
  if (filter) {
    values.push(filter.columns, filter.values)
    keys = `ARRAY(SELECT steward.matching_keys($1::integer, $${values.length - 1}::text[], $${values.length}::text[])
      UNION SELECT steward_undone.key FROM steward_undone WHERE steward_undone.key IS NOT NULL)`
  }
  const text = `
  WITH ${touched} steward_undone AS MATERIALIZED (
    SELECT change.* FROM steward.change ${join} WHERE change.relation_id = $1::integer AND NOT change.imported AND ${isUndone})
  SELECT 'change' AS what, ${undoneColumns} FROM steward_undone AS change
  UNION ALL ${rowsSql(relation, keys)}
  UNION ALL
  SELECT * FROM (SELECT 'doubt', ${nothing} FROM steward.change WHERE change.relation_id = $1::integer AND NOT change.imported
    AND ${doubt.sql} LIMIT 1) AS doubt
  ORDER BY 2 DESC`
  return { statement: { text }, values }
}

// The records that an operation touched, each with its first change of them.
function touchedSql(operation: string): string {
  return `steward_touched (key, first) AS MATERIALIZED (
    SELECT touch.key, min(touch.id) FROM (
      SELECT change.id, unnest(ARRAY[change.key, change.previous_key]) AS key FROM steward.change
       WHERE change.relation_id = $1::integer AND change.operation_id = ${operation}::uuid) AS touch
     WHERE touch.key IS NOT NULL GROUP BY touch.key),`
}

const undoneColumns = `change.id, change.kind::text AS kind, change.xid::text AS xid, change.key::text AS key,
  change.previous_key::text AS previous_key, change.before, change.after, to_json(change.literal_nulls)::text AS literal_nulls`

const nothing = 'NULL::bigint, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text'

function rowsSql(relation: Relation, keys: string): string {
  return `SELECT 'row', NULL, NULL, NULL, steward_now.key, NULL, steward_now.record, NULL, to_json(steward_now.literal_nulls)::text
    FROM steward.rows_${relation.id}(${keys}) AS steward_now`
}
