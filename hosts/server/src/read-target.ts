// Where a request goes: its path, query, headers and id, taken from the wire as they were sent.
import type { IncomingMessage } from 'node:http'
import { timeOrderedId } from '@steward/base'

/**
 * The path and the query of a request, still percent-encoded. A proxy may send the whole address.
 *
 * @example
 * targetOf('/orders?id=eq.7') // { path: '/orders', query: 'id=eq.7' }
 */
export function targetOf(url: string): { path: string; query: string } {
  const target = url.startsWith('/') ? url : url.replace(/^https?:\/\/[^/?#]*/i, '')
  const mark = target.indexOf('?')
  const path = mark < 0 ? target : target.slice(0, mark)
  return { path: path === '' ? '/' : path, query: mark < 0 ? '' : target.slice(mark + 1) }
}

/**
 * What stands behind a prefix, or null where the path does not stand below it.
 *
 * @example
 * pathBelow('/api', '/api/orders') // '/orders'
 */
export function pathBelow(prefix: string, path: string): string | null {
  const base = prefix.replace(/\/+$/, '')
  if (!path.startsWith(base)) return null
  const rest = path.slice(base.length)
  if (rest === '') return '/'
  return rest.startsWith('/') ? rest : null
}

/**
 * All headers, names in lower case, repeated ones joined. Node itself drops the second of some.
 *
 * @example
 * const headers = headersOf(request)
 */
export function headersOf({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): Record<string, string> {
  const joined = new Map<string, string>()
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] as string).toLowerCase()
    const value = rawHeaders[index + 1] as string
    const earlier = joined.get(name)
    // Cookies are the one header whose parts stand behind semicolons; some proxies send each by itself.
    joined.set(name, earlier === undefined ? value : `${earlier}${name === 'cookie' ? ';' : ','} ${value}`)
  }
  return Object.fromEntries(joined)
}

/**
 * The id that the caller gave, where it is one that can stand in a log and a header; else a new one.
 *
 * @example
 * requestIdOf({ 'x-request-id': 'r-42' }) // 'r-42'
 */
export function requestIdOf(headers: Readonly<Record<string, string>>): string {
  const given = headers['x-request-id'] ?? ''
  return /^[\w.:/+=@-]{1,128}$/.test(given) ? given : timeOrderedId()
}
