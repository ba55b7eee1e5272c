// A reason that holds for some minutes, for clients that save cell by cell.
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebRequest } from '@steward/engine'
import { entitiesErrors } from '../errors.ts'

type Sender = Pick<WebRequest, 'actor' | 'key'>
type Opening = { secret: string; sender: Sender; now?: number }

/** A reason and until when it holds. */
export type SessionReason = { reason: string; expiresAt: Date }

/**
 * Seals a reason for whoever sends it. It is carried by the client and remembered by nobody: so it holds in every process
 * that has the secret and outlives a restart, nothing has to be written, or read on the way of a write, into a database that
 * may be a read-only guest's, and there is nothing to clean up. The price: it cannot be taken back before its time, only
 * forgotten; it names no secret and gives no right, so that nothing is lost by that.
 *
 * @example
 * const token = sealSessionReason({ reason: 'TICKET-42', expiresAt }, { secret, sender: request })
 */
export function sealSessionReason({ reason, expiresAt }: SessionReason, { secret, sender }: Opening): string {
  const text = Buffer.from(JSON.stringify([reason, expiresAt.getTime()])).toString('base64url')
  return `${text}.${sign(text, secret, sender).toString('base64url')}`
}

/**
 * The reason of a token, for the one whom it was sealed for.
 *
 * @throws ENTITIES_SESSION_REASON_INVALID for a token that is not ours or somebody else's, ENTITIES_SESSION_REASON_OVER
 * @example
 * const { reason } = openSessionReason(request.headers['steward-session-reason'], { secret, sender: request })
 */
export function openSessionReason(token: string, { secret, sender, now = Date.now() }: Opening): SessionReason {
  const [text = '', signature = ''] = token.split('.')
  const given = Buffer.from(signature, 'base64url')
  const right = sign(text, secret, sender)
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw entitiesErrors.SESSION_REASON_INVALID()
  const [reason, expiry] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [string, number]
  const expiresAt = new Date(expiry)
  if (expiry <= now) throw entitiesErrors.SESSION_REASON_OVER({ expiresAt })
  return { reason, expiresAt }
}

function sign(text: string, secret: string, { actor, key }: Sender): Buffer {
  const bound = JSON.stringify(['session-reason', actor?.type ?? null, actor?.id ?? null, key, text])
  return createHmac('sha256', secret).update(bound).digest()
}
