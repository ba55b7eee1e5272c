// How the search of an address becomes values and back: all are texts, so that an id keeps each of its digits.

/**
 * The parameters of a search as texts; one that is given several times is a list.
 *
 * @example
 * readSearch('?q=0042&by=user&by=staff') // { q: '0042', by: ['user', 'staff'] }
 */
export function readSearch(search: string): Record<string, string | string[]> {
  const params = new URLSearchParams(search)
  const names = [...new Set(params.keys())]
  return Object.fromEntries(
    names.map((name) => {
      const values = params.getAll(name)
      const [only = ''] = values
      return [name, values.length === 1 ? only : values]
    }),
  )
}

/**
 * The search with these parameters. What is undefined, null or false is left out; true is `1`, another value its JSON.
 *
 * @example
 * writeSearch({ q: '0042', by: ['user', 'staff'], from: undefined }) // '?q=0042&by=user&by=staff'
 */
export function writeSearch(values: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams()
  for (const [name, given] of Object.entries(values)) {
    for (const value of Array.isArray(given) ? given : [given]) {
      const text = textOf(value)
      if (text !== null) params.append(name, text)
    }
  }
  const search = params.toString()
  return search === '' ? '' : `?${search}`
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === false) return null
  if (value === true) return '1'
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? null)
}
