// What an address fills in: `?set.customer_id=42`, exactly as it is written there.

const prefix = 'set.'

/**
 * The fields that an address fills in, as texts: no number is rounded on the way.
 *
 * @example
 * readSet('?set.customer_id=42') // { customer_id: '42' }
 */
export function readSet(search: string): Record<string, string> {
  const given = [...new URLSearchParams(search)].filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(given.map(([name, value]) => [name.slice(prefix.length), unquoted(value)]))
}

/** The same as search parameters of a link. */
export function printSet(fields: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [prefix + name, value]))
}

// The router writes a text that reads like a number in quotes, to know it from one.
function unquoted(value: string): string {
  if (!/^"[\s\S]*"$/.test(value)) return value
  try {
    return String(JSON.parse(value))
  } catch {
    return value
  }
}
