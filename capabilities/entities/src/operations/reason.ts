// Why a write is made: as the header Steward-Reason says, or a session's reason.
import type { WebRequest } from '@steward/engine'
import { entitiesErrors } from '../errors.ts'
import type { Settings } from '../options.ts'
import { openSessionReason } from './session-reason.ts'

/**
 * The reason that a request came with, or null. It is percent-encoded, since a header holds ASCII alone; without one
 * the session's holds, as the header Steward-Session-Reason has it.
 *
 * @throws ENTITIES_REASON_ENCODING, ENTITIES_SESSION_REASON_INVALID, ENTITIES_SESSION_REASON_OVER
 * @example
 * readReason(request, settings) // 'TICKET-42: refunded'
 */
export function readReason(
  web: Pick<WebRequest, 'headers' | 'actor' | 'key'>,
  { secret }: Pick<Settings, 'secret'>,
): string | null {
  const encoded = web.headers['steward-reason'] ?? ''
  const reason = decode(encoded)?.replaceAll('\0', ' ').trim()
  if (reason === undefined) throw entitiesErrors.REASON_ENCODING({ reason: encoded.slice(0, 200) })
  if (reason !== '') return reason
  const token = web.headers['steward-session-reason']
  return token === undefined ? null : openSessionReason(token, { secret, sender: web }).reason
}

function decode(encoded: string): string | undefined {
  // Bytes beyond ASCII arrive as if they were Latin 1: what they mean is anybody's guess.
  if (/[^\t\u0020-\u007e]/.test(encoded)) return undefined
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}
