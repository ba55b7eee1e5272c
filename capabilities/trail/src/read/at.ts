// A record as it was.
import type { Queryable } from '@steward/postgres'
import { parseKey } from '../key.ts'
import { findRelation } from '../relation.ts'
import { resolveMoment, type When } from '../when.ts'
import { presentRow, readPast } from './past.ts'

/** Which record, and when. */
export type RecordQuestion = { entity: string; key: unknown; when: When }

/**
 * The record that had the key then; null when there was none. `asOf` is the instant it stands for (ISO 8601, UTC).
 * `exact` is true where it is certain: by a mark, before an operation that touched the record, or by an instant when
 * nothing was in flight; false where only the clock can tell, or where rows were changed past the trail.
 */
export type PastRecord = { record: Readonly<Record<string, unknown>> | null; asOf: string; exact: boolean }

/**
 * Reads a record as it was, under today's column names: columns that came later and those that are gone are left out.
 * Values are PostgreSQL's own JSON, with all digits. Row and changes are read in one statement, so any connection will do.
 *
 * @throws TRAIL_NOT_INSTALLED, TRAIL_NOT_PERMITTED, TRAIL_UNKNOWN_ENTITY, TRAIL_NOT_TRACKED, TRAIL_NO_KEY,
 * TRAIL_KEY_SHAPE, TRAIL_BAD_INSTANT, TRAIL_UNKNOWN_MARK, TRAIL_UNKNOWN_OPERATION, TRAIL_BEFORE_TRACKING,
 * TRAIL_HISTORY_UNKNOWN, TRAIL_OUT_OF_STEP
 * @example
 * const { record, exact } = await readAt(pool, { entity: 'orders', key: 1042, when: 'before-release-4.2' })
 */
export async function readAt(queryable: Queryable, { entity, key, when }: RecordQuestion): Promise<PastRecord> {
  const relation = await findRelation(queryable, entity)
  const keyText = await parseKey(queryable, relation, key)
  const moment = await resolveMoment(queryable, when, relation)
  const { rows, isExact } = await readPast(queryable, relation, moment, { key: keyText })
  const row = rows.get(keyText)
  return { record: row ? presentRow(row, relation, moment) : null, asOf: moment.at, exact: isExact }
}
