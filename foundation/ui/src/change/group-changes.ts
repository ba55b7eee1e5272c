// Changes by entity, each with how many of which kind.
import type { ShownChange } from './change-subject.ts'

/** The changes of one entity, in their order. */
export type ChangeGroup = {
  entity: string
  changes: readonly ShownChange[]
  counts: Record<ShownChange['kind'], number>
}

/**
 * Changes by entity, in the order in which the entities come first.
 *
 * @example
 * groupChanges(changes)[0]?.counts.delete // 14
 */
export function groupChanges(changes: readonly ShownChange[]): ChangeGroup[] {
  return [...Map.groupBy(changes, ({ entity }) => entity)].map(([entity, own]) => {
    const counts = { insert: 0, update: 0, delete: 0, truncate: 0 }
    for (const { kind } of own) counts[kind]++
    return { entity, changes: own, counts }
  })
}
