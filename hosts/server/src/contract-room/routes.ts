// Which procedure stands behind a path, and with which method it is asked.
import { nearestNames } from '@steward/base'
import { routeOf, wordsOf } from '@steward/contract'
import type { Capability, KeptProcedure } from '@steward/engine'
import { requestErrors } from './errors.ts'

/** A procedure at its place; `segments` are those of the path, `{name}` for a field of the input. */
export type Route = {
  /** `capability.name` */
  procedure: string
  kept: KeptProcedure
  method: 'GET' | 'POST'
  path: string
  segments: readonly string[]
  isConfirmedByReason: boolean
}

/** A route that was found, with the fields that its path holds. */
export type FoundRoute = { route: Route; fields: Readonly<Record<string, string>> }

/**
 * The routes of a capability, below its own prefix.
 *
 * @throws Error where two procedures have the same address, or a GET would write.
 * @example
 * const routes = routesOf(trail)
 */
export function routesOf({ name, procedures }: Capability): Route[] {
  const routes = Object.entries(procedures).flatMap(([word, kept]): Route[] => {
    const route = routeOf(word, kept.promised)
    if (route === null) return []
    const procedure = `${name}.${word}`
    if (route.method === 'GET' && wordsOf(kept.promised).effect !== 'read') {
      throw new Error(`${procedure} writes, and must not be asked with GET.`)
    }
    return [{ ...route, procedure, kept, segments: route.path.slice(1).split('/') }]
  })
  const taken = new Set<string>()
  for (const { method, segments, procedure } of routes) {
    const address = `${method} ${segments.map((segment) => (fieldOf(segment) === null ? segment : '{}')).join('/')}`
    if (taken.has(address)) throw new Error(`${procedure} has an address that another procedure has already.`)
    taken.add(address)
  }
  return routes
}

/**
 * The routes behind a path, whatever their methods; `path` is still percent-encoded.
 *
 * @throws REQUEST_PATH_UNREADABLE, REQUEST_ROUTE_UNKNOWN
 * @example
 * const [found] = findRoutes(routes, '/history/orders')
 */
export function findRoutes(routes: readonly Route[], path: string): FoundRoute[] {
  const parts = path.replace(/^\//, '').split('/').map(decode)
  const found = routes.flatMap((route): FoundRoute[] => {
    const fields = match(route.segments, parts)
    return fields === null ? [] : [{ route, fields }]
  })
  // A word of ours before a value of theirs.
  const fewest = Math.min(...found.map(({ fields }) => Object.keys(fields).length))
  const nearest = found.filter(({ fields }) => Object.keys(fields).length === fewest)
  if (nearest.length > 0) return nearest
  const words = [...new Set(routes.map(({ segments }) => segments[0] as string))]
  throw requestErrors.ROUTE_UNKNOWN({
    path: `/${parts.join('/')}`,
    nearest: words.includes(parts[0] ?? '')
      ? routes.filter(({ segments }) => segments[0] === parts[0]).map((route) => route.path)
      : nearestNames(parts[0] ?? '', words).map((word) => `/${word}`),
  })
}

/** The field that a part of a path stands for, or null. */
export function fieldOf(segment: string): string | null {
  return segment.startsWith('{') && segment.endsWith('}') ? segment.slice(1, -1) : null
}

function match(segments: readonly string[], parts: readonly string[]): Record<string, string> | null {
  if (segments.length !== parts.length) return null
  const fields: Record<string, string> = {}
  for (const [place, segment] of segments.entries()) {
    const part = parts[place] as string
    const field = fieldOf(segment)
    if (field === null ? segment !== part : part === '') return null
    if (field !== null) fields[field] = part
  }
  return fields
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch (cause) {
    throw requestErrors.PATH_UNREADABLE({}, { cause })
  }
}
