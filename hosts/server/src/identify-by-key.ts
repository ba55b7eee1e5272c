// The simplest way to know who asks: one key that all callers share.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Actor } from '@steward/base'
import { adminRole, type Role } from '@steward/engine'
import { serverErrors } from './errors.ts'
import type { Identify } from './server-options.ts'

/** The key, and who comes with it; they may do everything unless `role` says otherwise. */
export type KeyOptions = { key: string; actor: Actor | null; role?: Role }

/**
 * Lets in whoever sends `Authorization: Bearer <key>`; everybody else is refused. The key reaches no room.
 *
 * @throws SERVER_KEY_REQUIRED
 * @example
 * const identify = identifyByKey({ key, actor: { type: 'service', id: 'api-key' } })
 */
export function identifyByKey({ key, actor, role = adminRole }: KeyOptions): Identify {
  const expected = digest(key)
  return ({ headers }) => {
    const [, sent = ''] = /^Bearer +(\S+) *$/i.exec(headers['authorization'] ?? '') ?? []
    // Of equal length whatever was sent, so that the time says nothing about the key.
    if (!timingSafeEqual(digest(sent), expected) || sent === '') throw serverErrors.KEY_REQUIRED()
    return { actor, role, withheld: ['authorization'] }
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
