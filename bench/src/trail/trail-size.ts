// How much the trail holds and what that takes on the disk.
import type { Pool } from '@steward/postgres'

export type TrailSize = { bytes: number; changes: number }

/** The parts of operations and the changes, with all their partitions and indexes. */
export async function readTrailSize(pool: Pool): Promise<TrailSize> {
  const { rows } = await pool.query<{ bytes: string; changes: string }>(
    `SELECT (SELECT sum(pg_total_relation_size(member.relid))
               FROM unnest(ARRAY['steward.part', 'steward.change']::regclass[]) AS parent (oid)
               CROSS JOIN LATERAL pg_partition_tree(parent.oid) AS member WHERE member.isleaf) AS bytes,
            (SELECT count(*) FROM steward.change) AS changes`,
  )
  return { bytes: Number(rows[0]?.bytes), changes: Number(rows[0]?.changes) }
}
