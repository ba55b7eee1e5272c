// `GET /api/me`: who asks, what they may do, and which service this is; the first thing that the back office asks.
import type { WebAnswer, WebRequest, WebRoom } from '@steward/engine'
import { refusal, requestErrors, serverErrors } from '@steward/server'
import type { Configuration } from './config/configuration.ts'

/**
 * What the room tells besides who asks.
 *
 * @example
 * const options: WhoamiOptions = { service: { environment: 'production' }, database: 'shop', isSignedIn: () => true }
 */
export type WhoamiOptions = {
  service: Configuration['service']
  /** The name of the database: the service's unless it has one. */
  database: string
  /** Whether whoever asks came with a session, which they may end. */
  isSignedIn: (request: WebRequest) => boolean
}

/** Opens the room; mount it at `/api/me`. Who is not known never gets here. */
export function openWhoamiRoom({ service = {}, database, isSignedIn }: WhoamiOptions): WebRoom {
  const { name = database, environment = null, requestLinks = [] } = service
  return {
    answer: async (request) => {
      const { method, path, actor, role } = request
      if (path !== '/')
        return refusal(serverErrors.NOT_FOUND({ method, path: `/api/me${path}`, prefixes: ['/api/me'] }))
      if (method !== 'GET' && method !== 'HEAD') {
        return refusal(requestErrors.METHOD_NOT_ALLOWED({ method, path: '/api/me', allowed: 'GET, HEAD' }))
      }
      if (actor === null || role === null) return refusal(serverErrors.KEY_REQUIRED())
      return told({
        actor,
        role: role.name,
        permissions: role.permissions,
        isSignedIn: isSignedIn(request),
        service: { name, environment, requestLinks },
      })
    },
    close: async () => undefined,
  }
}

function told(value: unknown): WebAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: JSON.stringify(value),
  }
}
