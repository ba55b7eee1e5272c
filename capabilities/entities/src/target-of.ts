// Which entity or function a path of Steward's own means: /entities/<name> and /<name>/query are the dialect's in other words.
import type { WebRequest } from '@steward/engine'
import { parseRefusal } from './dialect/request/parser.ts'
import { entitiesErrors } from './errors.ts'

/** A request in the dialect's own words, and what stands before its paths where they are sent back. */
export type Targeted = { web: WebRequest; prefix: string }

/**
 * A request as the dialect reads it. Below `/entities` nothing is a route of ours, so that every table can be reached;
 * `POST /<entity>/query` is the GET whose query string is its body.
 *
 * @throws ENTITIES_LONG_QUERY_INVALID, ENTITIES_ROUTE_UNKNOWN
 * @example
 * targetOf({ ...web, method: 'POST', path: '/entities/orders/query' }).web.path // '/orders'
 */
export function targetOf(web: WebRequest): Targeted {
  const [first = '', ...rest] = web.path.replace(/^\//, '').split('/')
  const isEscaped = first === 'entities' && rest.length > 0
  const parts = isEscaped ? rest : [first, ...rest]
  const [name = '', word, ...more] = parts
  if (isEscaped && (name === '' || more.length > 0 || (word !== undefined && word !== 'query')))
    throw entitiesErrors.ROUTE_UNKNOWN({ path: web.path.slice(0, 200) })
  const prefix = isEscaped ? '/entities' : ''
  const isLongQuery = word === 'query' && more.length === 0 && name !== '' && (isEscaped || name !== 'rpc')
  if (isLongQuery && web.method === 'POST') return { web: longQuery({ ...web, path: `/${name}` }), prefix }
  if (isEscaped && word !== undefined) throw entitiesErrors.ROUTE_UNKNOWN({ path: web.path.slice(0, 200) })
  return { web: isEscaped ? { ...web, path: `/${name}` } : web, prefix }
}

/** The headers of an answer whose paths are the dialect's, for whoever has asked below `prefix`. */
export function prefixed(headers: Record<string, string>, prefix: string): Record<string, string> {
  if (prefix === '') return headers
  const isPath = (name: string) => name === 'Location' || name === 'Content-Location'
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      isPath(name) && value.startsWith('/') ? prefix + value : value,
    ]),
  )
}

function longQuery(web: WebRequest): WebRequest {
  const type = (web.headers['content-type'] ?? 'text/plain').split(';')[0]?.trim().toLowerCase()
  if (type !== 'text/plain' && type !== 'application/x-www-form-urlencoded') throw entitiesErrors.LONG_QUERY_INVALID()
  const sent = decode(web.body)
    .replace(/^\?/, '')
    .replace(/\r?\n$/, '')
  const { 'content-type': _type, 'content-length': _length, 'content-profile': profile, ...headers } = web.headers
  return {
    ...web,
    method: 'GET',
    query: [web.query, sent].filter((part) => part !== '').join('&'),
    // Clients that write name their schema in Content-Profile; what is read is named in Accept-Profile.
    headers: profile === undefined ? headers : { 'accept-profile': profile, ...headers },
    body: null,
  }
}

function decode(body: Uint8Array | null): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(body ?? new Uint8Array())
  } catch {
    throw entitiesErrors.LONG_QUERY_INVALID()
  }
  if (text.includes('\0')) throw parseRefusal('"failed to decode the query"', 'unexpected NUL character')
  return text
}
