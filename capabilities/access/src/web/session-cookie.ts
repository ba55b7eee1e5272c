// The cookie that a session lives in.
import { longestDays } from '../session.ts'

const name = 'steward_session'
/** Browsers keep a cookie of this name only when it came over https, for this host alone, for all of its paths. */
const secureName = `__Host-${name}`

/** What the browser is told to keep. `SameSite=Lax`: links from tickets open signed in, foreign forms and fetches do not. */
export function sessionCookie(secret: string, isSecure: boolean): string {
  return written(secret, isSecure, longestDays * 24 * 3600)
}

/** What the browser is told to forget. */
export function endedCookie(isSecure: boolean): string {
  return written('', isSecure, 0)
}

/** What came with a request, or null. Over https only the cookie counts that nobody else could have set. */
export function secretOfCookie(header: string | undefined, isSecure: boolean): string | null {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const wanted = isSecure ? secureName : name
  return pairs.find((pair) => pair.startsWith(`${wanted}=`))?.slice(wanted.length + 1) || null
}

function written(value: string, isSecure: boolean, seconds: number): string {
  const attributes = ['Path=/', `Max-Age=${seconds}`, 'HttpOnly', 'SameSite=Lax', ...(isSecure ? ['Secure'] : [])]
  return [`${isSecure ? secureName : name}=${value}`, ...attributes].join('; ')
}
