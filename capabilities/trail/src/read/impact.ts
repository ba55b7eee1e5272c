// The map of a service as it was seen to be: which procedure writes which entities and columns.
import type { Queryable } from '@steward/postgres'
import { instantSql } from '../operation.ts'
import { type Relation, readRelations } from '../relation.ts'
import { askOfInstants, instantText } from '../when.ts'
import { columnsToday, writtenColumnsSql } from './written-columns.ts'

/** From when (inclusive) to when (exclusive); everything, unless given. */
export type ImpactQuestion = { from?: string | Date | undefined; to?: string | Date | undefined }

/** What a procedure has written of one table. `last` is its latest change there (ISO 8601, UTC). */
export type WrittenEntity = { entity: string; columns: string[]; operations: number; changes: number; last: string }

/** A procedure (null: an operation without one) with the tables it has written, most changes first. */
export type ProcedureImpact = { procedure: string | null; entities: WrittenEntity[]; changes: number; last: string }

type Row = {
  procedure: string | null
  relation_id: string
  operations: string
  changes: string
  last: string
  whole_row: string | null
  columns: string
}

// Inserts and deletes write all columns: only updates have to be looked into.
const statement = {
  name: 'steward_impact',
  text: `
  WITH written AS (
    SELECT operation.procedure, change.relation_id, change.operation_id, change.id, change.at, change.kind, change.after, change.before
      FROM steward.change JOIN steward.operation ON operation.id = change.operation_id AND operation.xid = change.xid
     WHERE NOT change.imported AND change.at >= coalesce($1::timestamptz, '-infinity') AND change.at < coalesce($2::timestamptz, 'infinity')
       AND ($3::integer[] IS NULL OR change.relation_id = ANY ($3))),
  counted AS (
    SELECT procedure, relation_id, count(DISTINCT operation_id) AS operations, count(*) AS changes, max(at) AS last,
           max(id) FILTER (WHERE kind <> 'u') AS whole_row
      FROM written GROUP BY procedure, relation_id),
  updated AS (
    SELECT named.procedure, named.relation_id,
           json_agg(json_build_object('name', named.name, 'change', named.change::text))::text AS columns
      FROM (SELECT change.procedure, change.relation_id, written.name, max(change.id) AS change
              FROM written AS change CROSS JOIN LATERAL ${writtenColumnsSql('change')}
             WHERE change.kind = 'u' GROUP BY 1, 2, 3) AS named
     GROUP BY named.procedure, named.relation_id)
  SELECT counted.procedure, counted.relation_id, counted.operations, counted.changes, ${instantSql('counted.last')} AS last,
         counted.whole_row, coalesce(updated.columns, '[]') AS columns
    FROM counted LEFT JOIN updated ON updated.procedure IS NOT DISTINCT FROM counted.procedure AND updated.relation_id = counted.relation_id
   ORDER BY counted.changes DESC, counted.relation_id`,
}

/**
 * Reads the map of procedures. It looks at every change of the period, some microseconds each: give a period where there
 * are many. Imported history is left out, and with `relationIds` all other tables.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_BAD_INSTANT
 * @example
 * const map = await readImpact(pool, { from: '2026-03-01' })
 */
export async function readImpact(
  queryable: Queryable,
  { from, to }: ImpactQuestion = {},
  relationIds: readonly number[] | null = null,
): Promise<ProcedureImpact[]> {
  const bounds = [from, to].map((instant) => (instant === undefined ? null : instantText(instant)))
  const rows = await askOfInstants<Row>(queryable, statement, [...bounds, relationIds])
  const relations = await readRelations(
    queryable,
    rows.map(({ relation_id: id }) => id),
  )
  const procedures = new Map<string | null, ProcedureImpact>()
  for (const row of rows) {
    const relation = relations.get(row.relation_id)
    if (!relation) continue
    const impact = procedures.get(row.procedure) ?? {
      procedure: row.procedure,
      entities: [],
      changes: 0,
      last: row.last,
    }
    impact.entities.push(toEntity(row, relation))
    impact.changes += Number(row.changes)
    if (row.last > impact.last) impact.last = row.last
    procedures.set(row.procedure, impact)
  }
  return [...procedures.values()].sort((one, other) => other.changes - one.changes)
}

function toEntity(row: Row, relation: Relation): WrittenEntity {
  const updated = JSON.parse(row.columns) as { name: string; change: string }[]
  const whole = row.whole_row === null ? [] : columnsAt(relation, row.whole_row)
  return {
    entity: relation.entity,
    columns: columnsToday(relation, [...whole, ...updated]),
    operations: Number(row.operations),
    changes: Number(row.changes),
    last: row.last,
  }
}

function columnsAt(relation: Relation, change: string): { name: string; change: string }[] {
  const id = BigInt(change)
  return relation.columns
    .filter((column) => column.sinceChange <= id && (column.untilChange === null || id < column.untilChange))
    .filter((column) => !relation.excluded.includes(column.name))
    .map(({ name }) => ({ name, change }))
}
