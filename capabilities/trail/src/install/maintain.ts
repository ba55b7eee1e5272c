// What must happen from time to time: partitions, marks, drift, retention. A library has no clock of its own.
import type { Queryable } from '@steward/postgres'
import { translated } from './refusal.ts'

/** What one call of `maintain` did. `skipped` says why it did nothing: somebody else was at it. */
export type MaintainReport = {
  skipped?: string
  /** Month partitions that were made. */
  partitions?: number
  /** Tables whose capture code was generated anew. */
  refreshed?: number
  /** What could not be mended, by entity. */
  problems?: { entity: string; problem: string }[]
  /** Changes that the retention of their table let go. */
  forgotten?: number
}

/**
 * Makes partitions ahead, saves a mark, mends stale capture code, lets go what retention allows. Safe at any moment
 * and by several processes at once; call it every minute from `steward serve`, or from your own cron.
 *
 * @throws TRAIL_NOT_INSTALLED
 */
export async function maintain(queryable: Queryable): Promise<MaintainReport> {
  return translated(async () => {
    const { rows } = await queryable.query<{ report: MaintainReport }>('SELECT steward.maintain() AS report')
    return (rows[0] as { report: MaintainReport }).report
  })
}
