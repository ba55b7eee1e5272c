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
  if (maxRows !== null) capRows(root, maxRows)
}

function capRows(rows: RowsPlan, maxRows: number): void {
  const { offset, limit } = rows.range
  rows.range = { offset, limit: limit === null ? maxRows : Math.min(limit, maxRows) }
  for (const embed of rows.embeds) {
    if (embed.isToOne) capEmbeds(embed.rows, maxRows)
    else capRows(embed.rows, maxRows)
  }
}

function capEmbeds(rows: RowsPlan, maxRows: number): void {
  for (const embed of rows.embeds) {
    if (embed.isToOne) capEmbeds(embed.rows, maxRows)
    else capRows(embed.rows, maxRows)
  }
}
