// What may be embedded: relations that are shown, joined by columns that are.
import type { QualifiedName } from '@steward/postgres'
import { findRelationship, type SoughtEmbed } from '../catalog/find-relationship.ts'
import type { Relationship } from '../catalog/schema-cache.ts'
import { DialectError } from '../dialect/dialect-error.ts'
import type { RowsPlan } from '../dialect/plan-tree.ts'
import { demandUnmasked } from './demand-usable.ts'
import { isHeldBack, type SeenTable } from './see-table.ts'
import type { Sight } from './sight.ts'

/**
 * The relationship that an embed means among those that are shown.
 *
 * @throws DialectError PGRST200 and PGRST201, which name nothing that is not shown; ENTITIES_NOT_VISIBLE and
 * ENTITIES_FUNCTION_NOT_ALLOWED where it means what is there and is not shown.
 */
export function findSeenRelationship(
  sight: Sight,
  origin: QualifiedName,
  { sought, schema }: { sought: SoughtEmbed; schema: string },
): Relationship {
  try {
    return findRelationship(sight.seen, origin, sought, schema)
  } catch (error) {
    if (sight.seen === sight.whole || !(error instanceof DialectError)) throw error
    demandWay(sight, findHidden(sight, origin, { sought, schema }))
    throw error
  }
}

function findHidden(sight: Sight, origin: QualifiedName, { sought, schema }: { sought: SoughtEmbed; schema: string }) {
  try {
    return findRelationship(sight.whole, origin, sought, schema)
  } catch {
    return null
  }
}

function demandWay(sight: Sight, way: Relationship | null): void {
  if (way === null) return
  sight.demand(way.target)
  if (way.kind === 'many-to-many') sight.demand(way.junction)
  if (way.kind === 'computed' && sight.holdsBack) sight.demandFunction(way.function)
}

/**
 * What is shown of the related table and of the one between. Both are joined by what is shown of them alone.
 *
 * @throws ENTITIES_NOT_VISIBLE, ENTITIES_FUNCTION_NOT_ALLOWED, ENTITIES_MASKED_COLUMN
 */
export function demandJoin(
  sight: Sight,
  origin: RowsPlan,
  way: Relationship,
): { seen: SeenTable | null; seenJunction: SeenTable | null } {
  demandWay(sight, way)
  const seen = sight.demand(way.target)
  const seenJunction = way.kind === 'many-to-many' ? sight.demand(way.junction) : null
  if (way.kind === 'computed') return { seen, seenJunction }
  const use = 'joined by'
  if (way.kind !== 'many-to-many') {
    for (const pair of way.columns) {
      demandUnmasked(origin.seen, pair.origin, use)
      demandUnmasked(seen, pair.target, use)
    }
    return { seen, seenJunction }
  }
  for (const pair of way.originColumns) {
    demandUnmasked(origin.seen, pair.origin, use)
    demandUnmasked(seenJunction, pair.junction, use)
  }
  for (const pair of way.targetColumns) {
    demandUnmasked(seen, pair.target, use)
    demandUnmasked(seenJunction, pair.junction, use)
  }
  return { seen, seenJunction }
}

/**
 * Refuses to group rows by a masked column, also by one that a spread embed hands up to them.
 *
 * @throws ENTITIES_MASKED_COLUMN
 */
export function demandPlainGroups(rows: RowsPlan): void {
  for (const column of rows.columns) {
    if (column.kind === 'field' && column.field && column.aggregate === null) {
      demandUnmasked(rows.seen, column.field.name, 'grouped by')
    }
    if (column.kind === 'star' && rows.seen && isHeldBack(rows.seen)) {
      for (const name of rows.seen.masks.keys()) demandUnmasked(rows.seen, name, 'grouped by')
    }
    if (column.kind === 'embed' && column.embed.isSpread && column.embed.isToOne) demandPlainGroups(column.embed.rows)
  }
}
