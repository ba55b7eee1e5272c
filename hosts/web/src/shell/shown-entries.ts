// The entries of the menu that a person sees, in their order.
import type { CapabilityPages, MenuEntry } from '@steward/ui'

/** An entry of the menu, with its label in the language that is spoken. */
export type ShownEntry = MenuEntry & { text: string }

/**
 * What the person may see, by `order`.
 *
 * @example
 * shownEntries(capabilities, may) // [{ path: '/entities', … }, { path: '/trail', … }]
 */
export function shownEntries(
  capabilities: readonly CapabilityPages[],
  may: (permission: string) => boolean,
): MenuEntry[] {
  return capabilities
    .flatMap(({ menu = [] }) => menu)
    .filter(({ permission }) => permission === undefined || may(permission))
    .toSorted((one, other) => one.order - other.order)
}

/**
 * The entry that a path belongs to: the longest that it stands below; null for a page that no entry leads to.
 *
 * @example
 * entryOf(['/entities', '/trail'], '/entities/orders') // '/entities'
 */
export function entryOf(paths: readonly string[], path: string): string | null {
  const fitting = paths.filter((each) => path === each || (each !== '/' && path.startsWith(`${each}/`)))
  return fitting.toSorted((one, other) => other.length - one.length)[0] ?? null
}
