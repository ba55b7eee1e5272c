// Paths into the tree of embeds: what `customer.country` filters and `order_item.limit` cuts.
import type { EmbedPlan, RowsPlan } from '../plan-tree.ts'
import { notEmbedded } from './plan-errors.ts'

/** @throws DialectError PGRST108 when nothing of that name is embedded there. */
export function findEmbed(rows: RowsPlan, name: string): EmbedPlan {
  const embed = rows.embeds.find(({ key }) => key === name)
  if (!embed) throw notEmbedded(name)
  return embed
}

/** @throws DialectError PGRST108 for the first part of the path that is not embedded. */
export function findRows(root: RowsPlan, path: readonly string[]): RowsPlan {
  return path.reduce((rows, name) => findEmbed(rows, name).rows, root)
}
