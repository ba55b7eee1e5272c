// Why a write is made, as the header Steward-Reason says.
import { entitiesErrors } from '../errors.ts'

/**
 * The reason that a request came with, or null. It is percent-encoded, since a header holds ASCII alone.
 *
 * @throws ENTITIES_REASON_ENCODING
 * @example
 * readReason({ 'steward-reason': 'TICKET-42%3A%20refunded' }) // 'TICKET-42: refunded'
 */
export function readReason(headers: Readonly<Record<string, string>>): string | null {
  const encoded = headers['steward-reason'] ?? ''
  const reason = decode(encoded)?.replaceAll('\0', ' ').trim()
  if (reason === undefined) throw entitiesErrors.REASON_ENCODING({ reason: encoded.slice(0, 200) })
  return reason === '' ? null : reason
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
