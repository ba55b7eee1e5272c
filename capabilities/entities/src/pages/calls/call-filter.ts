// What of the log is asked for, as the address says it.

/** What calls can be narrowed by, as texts. */
export type CallFilter = Partial<Record<(typeof filterNames)[number], string>>

const filterNames = ['actor', 'key', 'entity', 'method', 'status', 'from', 'to'] as const

/** The filter of an address; what is empty is not asked for. */
export function readCallFilter(search: Readonly<Record<string, unknown>>): CallFilter {
  const given = filterNames.flatMap((name) => {
    const value = search[name]
    return (typeof value === 'string' && value !== '') || typeof value === 'number'
      ? [[name, String(value)] as const]
      : []
  })
  return Object.fromEntries(given)
}

/**
 * The filter as the API takes it: a time as somebody typed it into a field of their own zone is an instant.
 *
 * @example
 * askedCalls({ status: '4xx' }) // { status: '4xx' }
 */
export function askedCalls({ from, to, ...others }: CallFilter): CallFilter {
  const instant = (text: string | undefined) => {
    const at = new Date(text ?? '')
    return Number.isNaN(at.getTime()) ? undefined : at.toISOString()
  }
  const times = Object.entries({ from: instant(from), to: instant(to) }).filter(([, text]) => text !== undefined)
  return { ...others, ...Object.fromEntries(times) }
}
