// Which records of a list are chosen: some of them, also of pages before, or all that match.
import type { Values } from '@steward/sdk'
import type { Parameter } from '../filter/dialect-text.ts'

/** Chosen records. `matching` is all that these filters find, which were so many when they were counted. */
export type Selection = {
  readonly keys: ReadonlyMap<string, Values>
  readonly matching: { readonly filters: readonly Parameter[]; readonly count: number } | null
}

export const noSelection: Selection = { keys: new Map(), matching: null }

/** What remains chosen: of the page that is shown exactly these, of other pages what was. */
export function choose(
  selection: Selection,
  shown: ReadonlyMap<string, Values>,
  selected: ReadonlySet<string>,
): Selection {
  const elsewhere = [...selection.keys].filter(([key]) => !shown.has(key))
  const here = [...shown].filter(([key]) => selected.has(key))
  return { keys: new Map([...elsewhere, ...here]), matching: null }
}

/** How many records are chosen. */
export function selectedCount({ keys, matching }: Selection): number {
  return matching?.count ?? keys.size
}
