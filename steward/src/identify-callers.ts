// Who asks: whoever is signed in, a key of the office with its role, the key that all share, or who sits at this machine.
import { authenticateKey, hasSession, identifySession } from '@steward/access'
import type { Actor } from '@steward/base'
import { adminRole, type Role } from '@steward/engine'
import { type Pool, translatePostgresError } from '@steward/postgres'
import { type Identified, type Identify, identifyByKey, serverErrors, type Unidentified } from '@steward/server'
import { serveErrors } from './errors.ts'
import { onBehalf } from './on-behalf.ts'

/**
 * Who may come in, and as whom.
 *
 * @example
 * const options: CallerOptions = { key: null, person: { type: 'staff', id: 'kim' }, office, roles, isPure: false }
 */
export type CallerOptions = {
  /** STEWARD_API_KEY: shared by all who know it; they may do everything. */
  key: string | null
  /** Who asks where no key is sent, and no proxy says that they are somewhere else; null where a key is needed. */
  person: Actor | null
  /** Where people, their sessions and the keys of `steward access key` are. */
  office: () => Promise<Pool>
  /** By name, as keys and people have them. */
  roles: ReadonlyMap<string, Role>
  /** The pure dialect knows database roles and no persons: whoever asks there is anybody. */
  isPure: boolean
  /** Whose web pages may use a session beside the server's own. */
  origins?: readonly string[]
  /** Sessions live in `Secure` cookies alone, also where a request does not say that it came over https. */
  isSecure?: boolean
}

/**
 * Lets callers in. Keys of the office and sessions are looked up for each request, so that a revoked one is refused at once, and
 * never falls back to anything else. A key may name the person whom it acts for, with `Steward-On-Behalf-Of`.
 *
 * @throws SERVER_KEY_REQUIRED, SERVE_ROLE_NOT_CONFIGURED, SERVE_BEHALF_INVALID, SERVE_BEHALF_REFUSED, ACCESS_SESSION_ENDED,
 * ACCESS_ORIGIN_REFUSED, POSTGRES_… where the office cannot be asked
 * @example
 * const identify = identifyCallers({ key: null, person, office, roles, isPure: false })
 */
export function identifyCallers(options: CallerOptions): Identify {
  const { key, person, isPure } = options
  const byKey = key === null ? null : identifyByKey({ key, actor: isPure ? null : { type: 'service', id: 'api-key' } })
  if (isPure) return (asked) => byKey?.(asked) ?? { actor: null }
  const identify: Identify = async (asked) => {
    const secret = officeKeyOf(asked.headers['authorization'])
    if (secret !== null) return onBehalf(await holderOf(secret, options), asked.headers)
    // Whoever sends a key means the key, whatever else their browser adds.
    const hasKey = asked.headers['authorization'] !== undefined
    if (!hasKey && hasSession(asked.headers, options.isSecure ?? asked.isSecure)) {
      return onBehalf(await signedIn(asked, options), asked.headers)
    }
    if (byKey !== null) return onBehalf({ ...(await byKey(asked)), key: 'api-key' }, asked.headers)
    if (person === null || hasKey || cameFromElsewhere(asked.headers)) throw serverErrors.KEY_REQUIRED()
    return onBehalf({ actor: person, role: adminRole, ...fromPages(asked.headers, options) }, asked.headers)
  }
  return async (asked) => {
    try {
      return await identify(asked)
    } catch (error) {
      throw translatePostgresError(error)
    }
  }
}

/** What whoever sits here does on our pages; a key never says so, since a program is no back office. */
function fromPages(
  headers: Unidentified['headers'],
  { origins }: Pick<CallerOptions, 'origins'>,
): Pick<Identified, 'source'> {
  const isSaid = headers['steward-source'] === 'backoffice'
  return isSaid && !isFromElsewhere(headers, origins) ? { source: 'backoffice' } : {}
}

/** Pages that may use a session here are not the back office for that; of its own requests browsers say that they are. */
function isFromElsewhere({ origin, ...headers }: Unidentified['headers'], origins: CallerOptions['origins']): boolean {
  return origin !== undefined && origins?.includes(origin) === true && headers['sec-fetch-site'] !== 'same-origin'
}

const ownAddress = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/i

/** A proxy on this machine makes all the world look as if it sat here; most say for whom they ask. */
function cameFromElsewhere(headers: Unidentified['headers']): boolean {
  const said = [headers['x-forwarded-for'], headers['x-real-ip'], headers['forwarded']].filter(
    (one) => one !== undefined,
  )
  return said.some((list) => list.split(',').some((each) => !ownAddress.test(each.trim())))
}

function officeKeyOf(authorization: string | undefined): string | null {
  return /^Bearer +(stw_\S+) *$/i.exec(authorization ?? '')?.[1] ?? null
}

type Lookup = Pick<CallerOptions, 'office' | 'roles' | 'origins' | 'isSecure'>

async function holderOf(secret: string, { office, roles }: Lookup): Promise<Identified> {
  const known = await authenticateKey(await office(), secret)
  if (known === null) throw serverErrors.KEY_REQUIRED()
  const { actor } = known
  const role = roleOf(known.role, roles, `The key ${actor.id}`)
  return { actor, role, key: actor.id, withheld: ['authorization', 'cookie'] }
}

async function signedIn(asked: Unidentified, { office, roles, origins, isSecure }: Lookup): Promise<Identified> {
  const known = await identifySession(await office(), {
    method: asked.method,
    headers: asked.headers,
    ...(origins === undefined ? {} : { origins }),
    isSecure: isSecure ?? asked.isSecure ?? false,
  })
  if (known === null) throw serverErrors.KEY_REQUIRED()
  const role = roleOf(known.role, roles, known.email)
  const source = isFromElsewhere(asked.headers, origins) ? {} : { source: 'backoffice' as const }
  return { actor: known.actor, role, ...source, withheld: ['cookie'] }
}

/** Never another role in its place: what nobody has written down may do nothing. */
function roleOf(name: string, roles: ReadonlyMap<string, Role>, holder: string): Role {
  const role = roles.get(name)
  if (role === undefined) throw serveErrors.ROLE_NOT_CONFIGURED({ role: name, holder })
  return role
}
