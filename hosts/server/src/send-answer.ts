// Writes an answer on the wire, with the headers that harden every answer.
import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'
import { isStewardError, type StewardError } from '@steward/base'
import type { WebAnswer } from '@steward/engine'

/** What every answer says to a browser unless the room says otherwise: it is data, and nothing in it runs. */
export const hardenedHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'X-Permitted-Cross-Domain-Policies': 'none',
}

/**
 * An error as an answer: its four keys, and nothing of where it came from.
 *
 * @example
 * refusal(serverErrors.STOPPING()).status // 503
 */
export function refusal(error: StewardError): WebAnswer {
  const headers: Record<string, string> = { 'Content-Type': 'application/json; charset=utf-8' }
  if (error.status === 401) headers['WWW-Authenticate'] = 'Bearer'
  if (error.status === 503) headers['Retry-After'] = '1'
  return { status: error.status, headers, body: JSON.stringify(error.toJSON()) }
}

/**
 * Puts two sets of headers together; names are the same whatever their capitals, and the second set wins.
 *
 * @example
 * withHeaders({ Vary: 'Origin' }, { vary: 'Accept' }) // { vary: 'Accept' }
 */
export function withHeaders(
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): Record<string, string> {
  const taken = new Set(Object.keys(second).map((name) => name.toLowerCase()))
  return { ...Object.fromEntries(Object.entries(first).filter(([name]) => !taken.has(name.toLowerCase()))), ...second }
}

/**
 * Sends the answer. A body where the method or the status allows none is left out.
 *
 * @throws RangeError at a status, and what Node throws at a header, that cannot be written; then nothing was sent.
 * @example
 * sendAnswer(response, 'GET', { status: 204, headers: {}, body: null })
 */
export function sendAnswer(outgoing: ServerResponse, method: string, { status, headers, body }: WebAnswer): void {
  if (outgoing.headersSent || outgoing.destroyed) return
  demandSendable(status, headers)
  const hasBody = body !== null && method !== 'HEAD' && status !== 204 && status !== 304
  const bytes = hasBody ? Buffer.from(body) : null
  // Set one by one: those that a server around us has set already stay, and capitals are kept.
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
  if (bytes !== null) outgoing.setHeader('Content-Length', bytes.byteLength)
  outgoing.statusCode = status
  outgoing.end(bytes ?? undefined)
}

/**
 * A StewardError among thrown values, or the given one for everything else.
 *
 * @example
 * refusal(expectedOr(error, serverErrors.UNEXPECTED()))
 */
export function expectedOr(error: unknown, unexpected: StewardError): StewardError {
  return isStewardError(error) ? error : unexpected
}

/** Both may come from SQL (`response.headers`), and half an answer would be worse than none. */
function demandSendable(status: number, headers: Readonly<Record<string, string>>): void {
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new RangeError(`${status} is no final status`)
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name)
    validateHeaderValue(name, value)
  }
}
