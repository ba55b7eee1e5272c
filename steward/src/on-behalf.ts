// For whom a key acts: the header in which a service names the person who asked it.
import { Actor } from '@steward/base'
import { isPermitted } from '@steward/engine'
import type { Identified } from '@steward/server'
import { serveErrors } from './errors.ts'

const name = 'steward-on-behalf-of'
const longest = 1000

/**
 * Who asks, once the header is looked at: `user:42`, `staff:kim` or `42` (a user), percent-encoded, with `;name=Kim%20Lee` where
 * the name is known. The role stays the key's, and so does what the trail and the log of calls know of the key.
 *
 * @throws SERVE_BEHALF_INVALID; SERVE_BEHALF_REFUSED without a key, or where its role lacks `access:on-behalf-of`
 * @example
 * onBehalf({ actor, role, key: 'stw_7Fq2x9Lm' }, { 'steward-on-behalf-of': 'user:42;name=Kim%20Lee' }).actor // user 42
 */
export function onBehalf(known: Identified, headers: Readonly<Record<string, string>>): Identified {
  const header = headers[name]
  if (header === undefined) return known
  const { key = null, role = null } = known
  if (key === null || role === null || !isPermitted(role, 'access:on-behalf-of')) {
    throw serveErrors.BEHALF_REFUSED({ holder: key === null ? 'Who brings no key' : `The key ${key}` })
  }
  return { ...known, actor: readPerson(header) }
}

function readPerson(header: string): Actor {
  const [who = '', ...more] = header.split(';').map((part) => part.trim())
  const named = /^name=(.+)$/.exec(more[0] ?? '')?.[1]
  const isWhole = header.length <= longest && more.length <= 1 && (more.length === 0 || named !== undefined)
  const [, type = 'user', id = ''] = /^(?:(user|staff):)?([^:]+)$/.exec(who) ?? []
  const parsed = Actor.safeParse({ type, id: decoded(id), ...(named === undefined ? {} : { name: decoded(named) }) })
  if (!isWhole || !parsed.success) throw serveErrors.BEHALF_INVALID()
  return parsed.data
}

/** Undefined, which nothing accepts, for what is no text that can stand in the trail. */
function decoded(text: string): string | undefined {
  try {
    const whole = decodeURIComponent(text).trim()
    return whole === '' || /\p{Cc}/u.test(whole) ? undefined : whole
  } catch {
    return undefined
  }
}
