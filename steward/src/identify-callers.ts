// Who asks: whoever sits at this machine, the key that all share, or a key of the office with its role.
import { authenticateKey } from '@steward/access'
import type { Actor } from '@steward/base'
import { adminRole, readerRole } from '@steward/engine'
import type { Pool } from '@steward/postgres'
import { type Identified, type Identify, identifyByKey, serverErrors } from '@steward/server'
import { serveErrors } from './errors.ts'

/**
 * Who may come in, and as whom.
 *
 * @example
 * const options: CallerOptions = { key: null, person: { type: 'staff', id: 'kim' }, office, isPure: false }
 */
export type CallerOptions = {
  /** STEWARD_API_KEY: shared by all who know it; they may do everything. */
  key: string | null
  /** Who asks where no key is sent; null where one is needed. */
  person: Actor | null
  /** Where the keys of `steward access key` are. */
  office: () => Promise<Pool>
  /** The pure dialect knows database roles and no persons: whoever asks there is anybody. */
  isPure: boolean
}

/**
 * Lets callers in. A key of the office is looked up for each request, so that a revoked one is refused at once.
 *
 * @throws SERVER_KEY_REQUIRED, SERVE_READER_ONLY
 * @example
 * const identify = identifyCallers({ key: null, person, office, isPure: false })
 */
export function identifyCallers({ key, person, office, isPure }: CallerOptions): Identify {
  const byKey = key === null ? null : identifyByKey({ key, actor: isPure ? null : { type: 'service', id: 'api-key' } })
  return async (asked) => {
    const secret = isPure ? null : officeKeyOf(asked.headers['authorization'])
    if (secret !== null) return { ...(await holderOf(secret, asked.method, office)), withheld: ['authorization'] }
    if (byKey !== null) return byKey(asked)
    if (isPure) return { actor: null }
    if (person === null || asked.headers['authorization'] !== undefined) throw serverErrors.KEY_REQUIRED()
    return { actor: person, role: adminRole }
  }
}

function officeKeyOf(authorization: string | undefined): string | null {
  return /^Bearer +(stw_\S+) *$/i.exec(authorization ?? '')?.[1] ?? null
}

// What only reads is read in a READ ONLY transaction: PostgreSQL holds a reader to it.
async function holderOf(secret: string, method: string, office: CallerOptions['office']): Promise<Identified> {
  const known = await authenticateKey(await office(), secret)
  if (known === null) throw serverErrors.KEY_REQUIRED()
  if (known.role === 'reader' && !['GET', 'HEAD', 'OPTIONS'].includes(method)) {
    throw serveErrors.READER_ONLY({ key: known.actor.id, method })
  }
  const role = known.role === 'admin' ? adminRole : readerRole
  return { actor: known.actor, role, key: known.actor.id }
}
