// Finds who a session stands for, and whether the request may be believed.
import type { Actor } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { accessErrors } from './errors.ts'
import { useSession } from './store/sessions.ts'
import { hashOfToken } from './token.ts'
import { secretOfCookie } from './web/session-cookie.ts'

/** What of a request is looked at; header names in lower case. */
export type SessionRequest = {
  method: string
  headers: Readonly<Record<string, string>>
  /** It came over https: then only the cookie counts that is `Secure`. */
  isSecure?: boolean
  /** Whose web pages may use a session beside the server's own. */
  origins?: readonly string[]
}

/** Who is signed in; `role` by name. */
export type SignedIn = { actor: Actor; role: string; sessionId: string; email: string }

/**
 * Who comes with a session; null where none is sent. Asks the database each time: one that was revoked is refused at once, on
 * every instance. What changes something must say that a page of this server sent it, as every browser does by itself.
 *
 * @throws ACCESS_SESSION_ENDED, ACCESS_ORIGIN_REFUSED
 * @example
 * const known = await identifySession(office, { method: 'GET', headers: { cookie: 'steward_session=…' } })
 */
export async function identifySession(office: Queryable, request: SessionRequest): Promise<SignedIn | null> {
  const { headers, isSecure = false } = request
  const secret = secretOfCookie(headers['cookie'], isSecure)
  if (secret === null) return null
  demandOwnPage(request)
  const hash = hashOfToken(secret)
  const holder = hash === null ? null : await useSession(office, hash)
  if (holder === null) throw accessErrors.SESSION_ENDED()
  const { personId: id, name, role, sessionId, email } = holder
  return { actor: { type: 'staff', id, name }, role, sessionId, email }
}

/**
 * Whether a session was sent at all, without asking the database about it.
 *
 * @example
 * hasSession({ cookie: 'theme=dark' }) // false
 */
export function hasSession(headers: Readonly<Record<string, string>>, isSecure = false): boolean {
  return secretOfCookie(headers['cookie'], isSecure) !== null
}

/**
 * Refuses what a page of somebody else may have sent: SameSite alone lets other pages of the same domain through.
 *
 * @throws ACCESS_ORIGIN_REFUSED
 */
function demandOwnPage({ method, headers, origins = [] }: SessionRequest): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(method)) return
  const { origin } = headers
  const isOwn = origin === undefined ? headers['sec-fetch-site'] === 'same-origin' : isOwnOrigin(origin, headers)
  if (!isOwn && !(origin !== undefined && origins.includes(origin))) throw accessErrors.ORIGIN_REFUSED()
}

function isOwnOrigin(origin: string, headers: Readonly<Record<string, string>>): boolean {
  return [headers['host'], headers['x-forwarded-host']].some(
    (host) => host !== undefined && (origin === `http://${host}` || origin === `https://${host}`),
  )
}
