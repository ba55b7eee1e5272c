// Windows of rows: what the request asks for, and the most that the server gives.
import type { At, RowRange } from '../dialect-request.ts'
import type { RowsPlan } from '../plan-tree.ts'
import { findRows } from './find-rows.ts'

/**
 * Hangs every range where its path leads, and caps every list.
 *
 * @throws DialectError PGRST108 for a path that is not embedded.
 */
export function placeRanges(root: RowsPlan, ranges: At<RowRange>[], maxRows: number | null): void {
  for (const { path, what } of ranges) {
    findRows(root, path).range = what
  }
  capRows(root, maxRows)
}

/** What the server caps all lists at, and the role those of this table; null is no limit. */
export function capOfRows({ seen }: Pick<RowsPlan, 'seen'>, maxRows: number | null): number | null {
  const own = seen?.maxRows ?? null
  return own === null || maxRows === null ? (own ?? maxRows) : Math.min(own, maxRows)
}

/** Caps the rows and every list in them. */
export function capRows(rows: RowsPlan, maxRows: number | null): void {
  const { offset, limit } = rows.range
  const cap = capOfRows(rows, maxRows)
  if (cap !== null) rows.range = { offset, limit: limit === null ? cap : Math.min(limit, cap) }
  capEmbeds(rows, maxRows)
}

function capEmbeds(rows: RowsPlan, maxRows: number | null): void {
  for (const embed of rows.embeds) {
    if (embed.isToOne) capEmbeds(embed.rows, maxRows)
    else capRows(embed.rows, maxRows)
  }
}
