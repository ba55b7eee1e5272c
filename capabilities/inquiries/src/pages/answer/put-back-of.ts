// Whether what an operation did was put back: by which reverts, when, and all of it or a part.
import { printJson } from '@steward/base'
import type { ChangeFacts, Values } from '@steward/sdk'

/** An operation that took another one back; one that was taken back itself put nothing back in the end. */
export type Revert = { at: string; isTakenBack: boolean; changes: readonly ChangeFacts[] }

/**
 * When changes were put back, and whether all of them were; null where none of them was.
 *
 * @example
 * putBackOf(changes, []) // null
 */
export function putBackOf(
  changes: readonly ChangeFacts[],
  reverts: readonly Revert[],
): { at: string; isWhole: boolean } | null {
  const standing = reverts.filter(({ isTakenBack }) => !isTakenBack)
  const touching = standing.filter((revert) =>
    revert.changes.some((each) => changes.some((one) => isSameRecord(one, each))),
  )
  const at = touching
    .map((revert) => revert.at)
    .toSorted()
    .at(-1)
  if (at === undefined) return null
  const restored = Map.groupBy(
    touching.flatMap((revert) => revert.changes),
    recordId,
  )
  return { at, isWhole: changes.every((change) => isRestored(change, restored.get(recordId(change)) ?? [])) }
}

/** Whether a record came or went again, or each of its columns was written again. */
function isRestored(change: ChangeFacts, restoring: readonly ChangeFacts[]): boolean {
  if (restoring.some(({ kind }) => kind === 'insert' || kind === 'delete')) return true
  if (change.kind !== 'update') return false
  const written = new Set(restoring.flatMap(({ after }) => Object.keys(after ?? {})))
  return changedColumns(change).every((name) => written.has(name) || isBookkeeping(name))
}

function changedColumns({ before, after }: { before: Values | null; after: Values | null }): string[] {
  return Object.keys(after ?? {}).filter(
    (name) => printJson(before?.[name] ?? null) !== printJson(after?.[name] ?? null),
  )
}

/** The database writes these by itself. */
function isBookkeeping(column: string): boolean {
  return /^(updated|modified|changed)_?(at|on|date|time)$/i.test(column)
}

function recordId({ entity, key }: ChangeFacts): string {
  return printJson([entity, key])
}

function isSameRecord(one: ChangeFacts, other: ChangeFacts): boolean {
  return one.entity === other.entity && recordId(one) === recordId(other)
}
