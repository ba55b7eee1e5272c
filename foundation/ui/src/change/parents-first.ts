// The order in which people tell of several entities: what others belong to comes first.
import type { Meta } from '@steward/sdk'

/**
 * Rows with those of an entity before those that belong to it, as people tell it: orders, then their items. Otherwise in their order.
 *
 * @example
 * parentsFirst([{ entity: 'order_items' }, { entity: 'orders' }], meta) // [{ entity: 'orders' }, { entity: 'order_items' }]
 */
export function parentsFirst<Row extends { readonly entity: string }>(
  rows: readonly Row[],
  meta: Meta | undefined,
): Row[] {
  const names = [...new Set(rows.map(({ entity }) => entity))]
  if (names.length < 2) return [...rows]
  const parentsOf = (name: string) =>
    (meta?.entities.find(({ entity }) => entity === name)?.relationships ?? [])
      .filter(({ entity, cardinality }) => cardinality === 'many-to-one' && entity !== name && names.includes(entity))
      .map(({ entity }) => entity)
  const depths = new Map<string, number>()
  const depthOf = (name: string, below: readonly string[]): number => {
    const known = depths.get(name)
    if (known !== undefined) return known
    const parents = parentsOf(name).filter((parent) => !below.includes(parent))
    return Math.max(0, ...parents.map((parent) => depthOf(parent, [...below, name]) + 1))
  }
  for (const name of names) depths.set(name, depthOf(name, []))
  return rows.toSorted((one, other) => (depths.get(one.entity) ?? 0) - (depths.get(other.entity) ?? 0))
}
