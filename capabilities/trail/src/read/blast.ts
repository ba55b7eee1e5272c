// What a procedure touched in a period: its blast radius.
import { parseJson } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { presentKey } from '../key.ts'
import { readRelations } from '../relation.ts'
import { askOfInstants, instantText } from '../when.ts'
import { procedurePattern } from './operations.ts'
import { columnsToday, writtenColumnsSql } from './written-columns.ts'

/** Which procedure (`orders.refund`, or `orders.*`), from when (inclusive) to when (exclusive). */
export type BlastQuestion = { procedure: string; from: string | Date; to: string | Date }

/**
 * What was touched of one table: how many records and changes, which columns (under today's names), and the keys of up to
 * ten records. Records of a table without key cannot be told apart: they count 0.
 */
export type TouchedEntity = {
  entity: string
  records: number
  changes: number
  columns: string[]
  sample: Readonly<Record<string, unknown>>[]
}

/** The tables that were touched, most changes first, and how many operations did it. */
export type Blast = { entities: TouchedEntity[]; operations: number }

type Row = {
  operations: string
  relation_id: string | null
  changes: string
  records: string
  columns: string
  sample: string
}

const statement = {
  name: 'steward_blast',
  text: `
  WITH part AS MATERIALIZED (
    SELECT operation.id, operation.xid FROM steward.operation
     WHERE operation.procedure LIKE $1 AND operation.at >= $2::timestamptz AND operation.at < $3::timestamptz AND NOT operation.imported),
  touched AS MATERIALIZED (
    SELECT change.* FROM part JOIN steward.change ON change.operation_id = part.id AND change.xid = part.xid
     WHERE NOT change.imported AND change.at >= $2::timestamptz - interval '1 minute'
       AND ($4::integer[] IS NULL OR change.relation_id = ANY ($4))),
  entity AS (
    SELECT touched.relation_id, count(*) AS changes, count(DISTINCT touched.key) AS records FROM touched GROUP BY touched.relation_id),
  written AS (
    SELECT touched.relation_id, written.name, max(touched.id) AS change
      FROM touched CROSS JOIN LATERAL ${writtenColumnsSql('touched')}
     WHERE touched.kind <> 't' OR touched.key IS NOT NULL
     GROUP BY touched.relation_id, written.name)
  SELECT total.operations, entity.relation_id, entity.changes, entity.records,
         (SELECT coalesce(json_agg(json_build_object('name', written.name, 'change', written.change::text)), '[]')::text
            FROM written WHERE written.relation_id = entity.relation_id) AS columns,
         (SELECT coalesce(json_agg(record.key), '[]')::text FROM (
            SELECT DISTINCT touched.key FROM touched
             WHERE touched.relation_id = entity.relation_id AND touched.key IS NOT NULL LIMIT 10) AS record) AS sample
    FROM (SELECT CASE WHEN $4::integer[] IS NULL THEN (SELECT count(DISTINCT part.id) FROM part)
                      ELSE (SELECT count(DISTINCT touched.operation_id) FROM touched) END AS operations) AS total LEFT JOIN entity ON true
   ORDER BY entity.changes DESC, entity.relation_id`,
}

/**
 * Reads what a procedure touched in a period. Imported history is left out: it happened elsewhere. Takes time in
 * proportion to what was touched. With `relationIds` only these tables, and the operations that touched them, are counted.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_BAD_INSTANT
 * @example
 * await readBlast(pool, { procedure: 'orders.cancel', from: '2026-03-01', to: '2026-03-02' })
 */
export async function readBlast(
  queryable: Queryable,
  { procedure, from, to }: BlastQuestion,
  relationIds: readonly number[] | null = null,
): Promise<Blast> {
  const values = [procedurePattern(procedure), instantText(from), instantText(to), relationIds]
  const rows = await askOfInstants<Row>(queryable, statement, values)
  const touched = rows.flatMap((row) => (row.relation_id === null ? [] : [{ ...row, id: row.relation_id }]))
  const relations = await readRelations(
    queryable,
    touched.map(({ id }) => id),
  )
  const entities = touched.flatMap((row) => {
    const relation = relations.get(row.id)
    if (!relation) return []
    const keys = JSON.parse(row.sample) as string[]
    return [
      {
        entity: relation.entity,
        records: Number(row.records),
        changes: Number(row.changes),
        columns: columnsToday(relation, JSON.parse(row.columns) as { name: string; change: string }[]),
        sample: keys.map((key) => parseJson(presentKey(relation, key)) as Record<string, unknown>),
      },
    ]
  })
  return { entities, operations: Number(rows[0]?.operations ?? 0) }
}
