// What operations of a list were about: how many records of which tables, counted only so far as a line has to tell.
import type { Queryable } from '@steward/postgres'
import { type Relation, readRelations } from '../relation.ts'
import { ask } from './ask.ts'

/** So many records of a table that an operation changed; of a very large operation at least so many. */
export type Touched = { entity: string; records: number; isAtLeast: boolean }

/** From here on a line says "at least": an operation may have changed millions. */
const countedChanges = 1000

/** What each of these operations changed itself, by id, without what is nested in it; tables that `isTold` refuses are left out. */
export async function touchedBy(
  queryable: Queryable,
  ids: readonly string[],
  isTold: (relation: Relation) => boolean = () => true,
): Promise<ReadonlyMap<string, Touched[]>> {
  const touched = new Map<string, Touched[]>()
  if (ids.length === 0) return touched
  const rows = await ask<{ operation_id: string; relation_id: string; records: string; is_cut: 't' | 'f' }>(
    queryable,
    statement,
    [ids, countedChanges],
  )
  const relations = await readRelations(
    queryable,
    rows.map((row) => row.relation_id),
  )
  for (const row of rows) {
    const relation = relations.get(row.relation_id)
    if (relation === undefined || !isTold(relation)) continue
    const own = touched.get(row.operation_id) ?? []
    own.push({ entity: relation.entity, records: Number(row.records), isAtLeast: row.is_cut === 't' })
    touched.set(row.operation_id, own)
  }
  return touched
}

const statement = {
  name: 'steward_touched',
  text: `
  SELECT asked.id AS operation_id, counted.relation_id, counted.records, counted.changes >= $2::bigint AS is_cut
    FROM unnest($1::uuid[]) AS asked (id)
    CROSS JOIN LATERAL (
      SELECT change.relation_id, count(DISTINCT coalesce(change.key, change.id::text)) AS records, sum(count(*)) OVER () AS changes
        FROM (SELECT * FROM steward.change WHERE change.operation_id = asked.id LIMIT $2::bigint) AS change
       GROUP BY change.relation_id) AS counted
   ORDER BY counted.relation_id`,
}
