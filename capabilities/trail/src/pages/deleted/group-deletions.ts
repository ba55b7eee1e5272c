// Deletions of related records, put together by the operation that deleted them.
import { printJson } from '@steward/base'
import type { Change, MetaEntity, Operation, Values } from '@steward/sdk'

/** A deletion as the server tells it; `isBack`: the record was inserted again since. */
export type Deletion = Change & { isBack: boolean }

/** What one operation deleted, newest operation first. */
export type DeletionGroup = { operation: Operation; at: string; deletions: Deletion[]; isBack: boolean }

/** The entities whose records point at this one, each with the column that does and the value that it points with. */
export type Pointing = { entity: string; column: string; value: string }

/**
 * Which entities point at a record. Those that are off the trail, and those that point with several columns, are left out.
 *
 * @example
 * pointingAt(customers, { id: 7 }, meta.entities) // [{ entity: 'orders', column: 'customer_id', value: '7' }]
 */
export function pointingAt(entity: MetaEntity, values: Values, entities: readonly MetaEntity[]): Pointing[] {
  return entity.relationships.flatMap(({ cardinality, entity: other, columns: [pair, ...more] }) => {
    const isTracked = entities.find((each) => each.entity === other)?.isTracked === true
    if (cardinality !== 'one-to-many' || pair === undefined || more.length > 0 || !isTracked) return []
    const value = values[pair.from]
    return value == null ? [] : [{ entity: other, column: pair.to, value: textOf(value) }]
  })
}

/** As the trail compares it: numbers to their last digit. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : printJson(value)
}

/** Puts deletions together by operation; those of which all is back come as such. */
export function groupDeletions(deletions: readonly Deletion[]): DeletionGroup[] {
  const groups = new Map<string, DeletionGroup>()
  for (const deletion of deletions) {
    const { operation, at, isBack } = deletion
    const group = groups.get(operation.id)
    if (group === undefined) groups.set(operation.id, { operation, at, deletions: [deletion], isBack })
    else {
      group.deletions.push(deletion)
      group.isBack &&= isBack
    }
  }
  return [...groups.values()].toSorted((one, other) => other.at.localeCompare(one.at))
}
