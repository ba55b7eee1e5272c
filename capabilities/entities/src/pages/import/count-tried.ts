// How many rows of a file are new, changed, as they are, or refused: by what the database did, where the trail tells it.
import type { MetaEntity } from '@steward/sdk'
import type { Rehearsal } from './rehearse-import.ts'

/** Of all rows of a file. */
export type TriedCounts = { fresh: number; changed: number; unchanged: number; refused: number }

export function countTried({ sorted, rejected, done }: Rehearsal, { entity }: Pick<MetaEntity, 'entity'>): TriedCounts {
  const rejectedRows = new Set(rejected.flatMap(({ rows }) => rows))
  const refused = sorted.refused.length + rejectedRows.size
  const fresh = sorted.fresh.filter((row) => !rejectedRows.has(row)).length
  const sent = sorted.changed.filter(({ row }) => !rejectedRows.has(row)).length
  const updates = done?.changes?.filter((change) => change.kind === 'update' && change.entity === entity)
  // What was written and did not change anything was spelled in another way; triggers may have changed more.
  const changed = updates === undefined ? sent : Math.min(sent, updates.length)
  return { fresh, changed, unchanged: sorted.unchanged.length + sent - changed, refused }
}
