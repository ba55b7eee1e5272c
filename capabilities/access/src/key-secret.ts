// The secret of a key: how it is made, what of it may be seen, and what is stored.
import { hash, randomBytes } from 'node:crypto'

/** `stw_<8 visible characters>_<43 secret ones>`: recognisable to scanners that look for lost secrets. */
const shape = /^stw_[A-Za-z0-9_-]{8}_[A-Za-z0-9_-]{43}$/

/** A new key: `id` may be seen, `secret` is all of it. */
export function makeSecret(): { id: string; secret: string } {
  const id = `stw_${randomBytes(6).toString('base64url')}`
  return { id, secret: `${id}_${randomBytes(32).toString('base64url')}` }
}

/** What is stored in its place; null for what cannot be a key. */
export function hashOfSecret(secret: string): Buffer | null {
  return shape.test(secret) ? hash('sha256', secret, 'buffer') : null
}
