// Puts together what several sources have found: grouped, in one order, whatever answered first.
import type { Phrase, SearchItem } from '@steward/ui'

/** What one source has answered so far; `items` is undefined until it has. */
export type Answered = {
  source: { name: string; label: Phrase; order: number }
  items: readonly SearchItem[] | undefined
}

/** Something found, with an id that is unique among all sources. */
export type FoundItem = SearchItem & { option: string }

/** What stands together under one label. */
export type FoundGroup = { id: string; label: Phrase; items: readonly FoundItem[] }

/**
 * Groups in the order of their sources, then as each source gave them. A page that two sources found is shown once.
 *
 * @example
 * const [first] = mergeFound([{ source, items }])
 */
export function mergeFound(answered: readonly Answered[]): FoundGroup[] {
  const groups = new Map<string, { id: string; label: Phrase; items: FoundItem[] }>()
  const paths = new Set<string>()
  for (const { source, items } of answered.toSorted((one, other) => one.source.order - other.source.order)) {
    for (const item of items ?? []) {
      if (paths.has(item.path)) continue
      paths.add(item.path)
      const label = item.group ?? source.label
      const id = `${source.name}/${label.en}`
      const group = groups.get(id) ?? { id, label, items: [] }
      groups.set(id, group)
      group.items.push({ ...item, option: `${source.name}/${item.id}` })
    }
  }
  return [...groups.values()]
}

/**
 * The option that is chosen after one step; round and round, and the first one where the chosen one is gone.
 *
 * @example
 * stepTo(['a', 'b'], 'b', 1) // 'a'
 */
export function stepTo(options: readonly string[], chosen: string | null, step: 1 | -1): string | null {
  if (options.length === 0) return null
  const at = chosen === null ? -1 : options.indexOf(chosen)
  if (at < 0) return (step === 1 ? options[0] : options.at(-1)) ?? null
  return options[(at + step + options.length) % options.length] ?? null
}
