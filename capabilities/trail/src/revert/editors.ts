// Who wrote to a record after the operation that is to be reverted.
import type { Transaction } from '@steward/postgres'
import { readableJson } from '../read/readable-json.ts'
import type { Conflict, FoundConflict } from './planned-revert.ts'

/** For each conflict the latest operation that touched its record (and column) since; null where nobody is known. */
export async function findEditors(transaction: Transaction, conflicts: FoundConflict[]): Promise<Conflict['by'][]> {
  const asked = conflicts.map((conflict, place) => ({ conflict, place })).filter(({ conflict }) => isEdit(conflict))
  if (asked.length === 0) return conflicts.map(() => null)
  const { rows } = await transaction.query<{ place: number; by: Conflict['by'] }>(
    `SELECT asked.place, json_build_object(
              'id', operation.id,
              'actor', json_build_object('type', operation.actor_type, 'id', operation.actor_id, 'name', operation.actor_name),
              'procedure', operation.procedure,
              'at', to_char(latest.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) AS by
       FROM json_to_recordset($1) AS asked (place int, relation int, key text, since bigint, "column" text)
       CROSS JOIN LATERAL (
         SELECT change.operation_id, change.xid, change.at
           FROM (SELECT * FROM steward.change WHERE change.relation_id = asked.relation AND change.key = asked.key
                 UNION ALL
                 SELECT * FROM steward.turned_change AS change WHERE change.relation_id = asked.relation AND change.previous_key = asked.key) AS change
          WHERE change.id > asked.since
            AND (asked.column IS NULL OR change.kind <> 'u'
                 OR coalesce(${readableJson('change.after')} -> asked.column, ${readableJson('change.before')} -> asked.column) IS NOT NULL)
          ORDER BY change.id DESC LIMIT 1) AS latest
       JOIN steward.operation ON operation.id = latest.operation_id AND operation.xid = latest.xid`,
    [
      JSON.stringify(
        asked.map(({ conflict, place }) => ({
          place,
          relation: conflict.table.relationId,
          key: conflict.key,
          since: conflict.since === null ? null : String(conflict.since),
          column: conflict.column,
        })),
      ),
    ],
  )
  const found = new Map(rows.map((row) => [row.place, row.by]))
  return conflicts.map((_, place) => found.get(place) ?? null)
}

function isEdit({ reason, key, since }: FoundConflict): boolean {
  return key !== null && since !== null && (reason === 'edited' || reason === 'gone' || reason === 'recreated')
}
