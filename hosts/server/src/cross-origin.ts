// Which web pages may ask: answers to the browser's questions, and the refusal of pages that may not.
import { serverErrors } from './errors.ts'
import type { MountedRoom } from './server-options.ts'

type Headers = Readonly<Record<string, string>>
type CrossOrigin = MountedRoom['crossOrigin']

const dialectExposes =
  'Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit'
const exposed = `${dialectExposes}, ETag, Preference-Applied, Retry-After, Steward-Operation, X-Request-Id`
const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']
const alwaysAllowed = ['Accept', 'Accept-Language', 'Content-Language']

/**
 * Refuses what a page of somebody else sends. A page cannot hide its origin: the browser names it.
 *
 * @throws SERVER_ORIGIN_REFUSED
 * @example
 * demandOrigin(request.headers, undefined)
 */
export function demandOrigin(headers: Headers, crossOrigin: CrossOrigin): void {
  const { origin } = headers
  if (origin === undefined || crossOrigin === 'any' || crossOrigin?.includes(origin)) return
  const own = [headers['host'], headers['x-forwarded-host']].filter((host) => host !== undefined)
  if (own.some((host) => origin === `http://${host}` || origin === `https://${host}`)) return
  throw serverErrors.ORIGIN_REFUSED({ origin })
}

/**
 * Refuses names that are not the server's: a page may point a name of its own at this machine, and is then its "own" page.
 *
 * @throws SERVER_HOST_REFUSED
 * @example
 * demandHost({ host: 'localhost:4848' }, ['localhost'])
 */
export function demandHost(headers: Headers, hosts: readonly string[] | undefined): void {
  if (hosts === undefined) return
  const host = headers['host'] ?? ''
  const name = host.replace(/:\d+$/, '').toLowerCase()
  if (hosts.includes(name) || name.endsWith('.localhost')) return
  throw serverErrors.HOST_REFUSED({ host })
}

/**
 * The answer's headers that let a page of another origin read it; none where it may not or did not ask.
 *
 * @example
 * crossOriginHeaders({ origin: 'https://a.example' }, 'any')['Access-Control-Allow-Origin'] // '*'
 */
export function crossOriginHeaders({ origin }: Headers, crossOrigin: CrossOrigin): Record<string, string> {
  if (crossOrigin === undefined) return {}
  if (crossOrigin === 'any') {
    return origin === undefined
      ? {}
      : { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': dialectExposes }
  }
  // Caches must keep the answers for different origins apart, also those that allow none.
  if (origin === undefined || !crossOrigin.includes(origin)) return { Vary: 'Origin' }
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    // Listed by name, their people may use the session that they have.
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': exposed,
  }
}

/**
 * Whether a browser asks before it sends the request itself. It sends no key with this question.
 *
 * @example
 * const isAnsweredHere = isPreflight(request) && crossOrigin !== undefined
 */
export function isPreflight({ method, headers }: { method: string; headers: Headers }): boolean {
  return (
    method === 'OPTIONS' && headers['origin'] !== undefined && headers['access-control-request-method'] !== undefined
  )
}

/**
 * What may be sent: every method, and the headers that the browser named. They hold for a day.
 *
 * @example
 * const headers = preflightHeaders(request.headers)
 */
export function preflightHeaders(headers: Headers): Record<string, string> {
  const asked = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name))
  return {
    'Access-Control-Allow-Methods': methods.join(', '),
    'Access-Control-Allow-Headers': ['Authorization', ...asked, ...alwaysAllowed].join(', '),
    'Access-Control-Max-Age': '86400',
  }
}
