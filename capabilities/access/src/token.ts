// Secrets that a link or a cookie carries: 256 random bits, of which only a hash is stored.
import { createHash, randomBytes } from 'node:crypto'

/** A new token: `secret` goes out once, `hash` is stored. */
export function makeToken(): { secret: string; hash: string } {
  const secret = randomBytes(32).toString('base64url')
  return { secret, hash: digest(secret) }
}

/** What is stored in its place; null for what cannot be a token. */
export function hashOfToken(secret: string): string | null {
  return /^[A-Za-z0-9_-]{43}$/.test(secret) ? digest(secret) : null
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url')
}
