// How much one request may ask for in Steward's own mode: depth of embeds, and comparisons.
import { entitiesErrors } from '../../errors.ts'
import type { Settings } from '../../options.ts'
import type { Logic, SelectItem } from '../dialect-request.ts'
import type { QueryPart } from './read-query.ts'

// Each is a value of the statement and work for the planner; a list of values is one of them.
const mostComparisons = 1000

/** @throws ENTITIES_EMBED_TOO_DEEP, ENTITIES_TOO_MANY_FILTERS */
export function limitRequest(
  { select, filters }: Pick<QueryPart, 'select' | 'filters'>,
  { maxEmbedDepth }: Pick<Settings, 'maxEmbedDepth'>,
): void {
  if (maxEmbedDepth !== null && depthOf(select) > maxEmbedDepth)
    throw entitiesErrors.EMBED_TOO_DEEP({ most: maxEmbedDepth })
  const count = filters.reduce((sum, { what }) => sum + comparisonsOf(what), 0)
  if (count > mostComparisons) throw entitiesErrors.TOO_MANY_FILTERS({ count, most: mostComparisons })
}

function depthOf(select: readonly SelectItem[]): number {
  return select.reduce(
    (deepest, item) => (item.kind === 'embed' ? Math.max(deepest, 1 + depthOf(item.select)) : deepest),
    0,
  )
}

function comparisonsOf(logic: Logic): number {
  return logic.kind === 'condition' ? 1 : logic.members.reduce((sum, member) => sum + comparisonsOf(member), 0)
}
