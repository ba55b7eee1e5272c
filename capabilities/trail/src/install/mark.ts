// Saves the snapshot by which "as of" is exact.
import type { Queryable } from '@steward/postgres'
import { translated } from './refusal.ts'

/** A saved mark: its id, its name if it has one, and when it was saved (UTC). */
export type Mark = { id: string; name: string | null; at: string }

/**
 * Leaves a mark: before a release, a backup, a risky script. `at(mark)` and `table(mark)` answer exactly with what was
 * committed at that moment.
 *
 * @throws TRAIL_REFUSED when a mark of this name exists.
 */
export async function leaveMark(
  queryable: Queryable,
  { name }: { name?: string | null | undefined } = {},
): Promise<Mark> {
  return translated(async () => {
    const { rows } = await queryable.query<Mark>(
      `SELECT id::text AS id, name, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM steward.leave_mark($1)`,
      [name ?? null],
    )
    return rows[0] as Mark
  })
}
