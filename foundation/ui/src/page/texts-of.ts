// Texts out of an address: the router reads `7` as a number and `{…}` as an object, where a text was meant.
import { printJson } from '@steward/base'

/**
 * What the address has under these names, as texts; what is empty is left out.
 *
 * @example
 * textsOf({ field: 'total', page: 3 }, ['field', 'who']) // { field: 'total' }
 */
export function textsOf<const Name extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const value = search[name]
    if (value === undefined || value === null || value === '') continue
    texts[name] = typeof value === 'string' ? value : printJson(value)
  }
  return texts
}
