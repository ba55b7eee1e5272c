// The entries of a timeline: what one operation did to a record, newest first.
import type { Operation } from '@steward/sdk'
import type { SeenChange } from '../answers.ts'

/** What one operation did to the record at one time; its changes newest first. */
export type Entry = {
  /** The id of its newest change. */
  id: string
  operation: Operation
  changes: [SeenChange, ...SeenChange[]]
  /** The operations that took it back, as far as they touched this record. */
  revertedBy: Operation[]
}

/** Which entries: that touched a field, or that somebody (`type:id`) made. */
export type EntryFilter = { field?: string | undefined; who?: string | undefined }

/** Changes, newest first, by the operations that made them. Whoever reverted an entry comes before it, so is among them. */
export function groupEntries(changes: readonly SeenChange[]): Entry[] {
  const entries: Entry[] = []
  const reverters = new Map<string, Map<string, Operation>>()
  for (const change of changes) {
    const { operation } = change
    const reverts = operation['reverts']
    if (typeof reverts === 'string') {
      const others = reverters.get(reverts) ?? new Map<string, Operation>()
      reverters.set(reverts, others.set(operation.id, operation))
    }
    const latest = entries.at(-1)
    if (latest?.operation.id === operation.id) latest.changes.push(change)
    else {
      const revertedBy = [...(reverters.get(operation.id)?.values() ?? [])]
      entries.push({ id: change.id, operation, changes: [change], revertedBy })
    }
  }
  return entries
}

/** Who acted, in one text: `staff:kim`. */
export function actorText({ type, id }: Operation['actor']): string {
  return `${type}:${id}`
}

/** The entries that the filter lets through. */
export function filterEntries(entries: readonly Entry[], { field, who }: EntryFilter): Entry[] {
  return entries.filter(
    ({ operation, changes }) =>
      (who === undefined || actorText(operation.actor) === who) &&
      (field === undefined || changes.some((change) => fieldsOf(change).includes(field))),
  )
}

/** The columns that a change has something to say of. */
export function fieldsOf({ before, after }: Pick<SeenChange, 'before' | 'after'>): string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
}

/** Who made these entries, each once, the latest first. */
export function actorsOf(entries: readonly Entry[]): Operation['actor'][] {
  return [...new Map(entries.map(({ operation: { actor } }) => [actorText(actor), actor])).values()]
}

/** What became of the record: the newest change of an entry decides. */
export function deedOf({ changes }: Entry): SeenChange['kind'] {
  return changes[0].kind
}
