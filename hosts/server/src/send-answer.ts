// Writes an answer on the wire, with the headers that harden every answer.
import { type ServerResponse, validateHeaderName, validateHeaderValue } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { isStewardError, type StewardError } from '@steward/base'
import type { WebAnswer } from '@steward/engine'
import { cutSlowReader } from './cut-slow-reader.ts'
import type { Limits } from './server-options.ts'

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
  const taken = new Set<string>()
  for (const name of Object.keys(second)) taken.add(name.toLowerCase())
  const together: Record<string, string> = {}
  for (const [name, value] of Object.entries(first)) if (!taken.has(name.toLowerCase())) together[name] = value
  return Object.assign(together, second)
}

/** What sending depends on besides the answer. */
export type Sending = { method: string; limits: Limits; stopping?: AbortSignal }

/**
 * Sends the answer. A body where the method or the status allows none is left out. A stream goes on until it ends, the
 * client has gone, or the server stops.
 *
 * @throws RangeError at a status, and what Node throws at a header, that cannot be written; then nothing was sent.
 * @example
 * sendAnswer(response, { status: 204, headers: {}, body: null }, { method: 'GET', limits })
 */
export function sendAnswer(outgoing: ServerResponse, answer: WebAnswer, { method, limits, stopping }: Sending): void {
  if (outgoing.headersSent || outgoing.destroyed) return
  const { status, headers, stream } = answer
  const body = answer.bytes ?? answer.body ?? ''
  demandSendable(status, headers)
  const hasBody = method !== 'HEAD' && status !== 204 && status !== 304
  // Of an empty body the length is said, too: else Node would send it in chunks.
  const bytes =
    hasBody && stream === undefined ? (typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength) : null
  writeHead(outgoing, status, withFraming(headers, bytes, stream !== undefined))
  if (hasBody && stream !== undefined) {
    void sendStream(outgoing, stream, stopping)
    return
  }
  // In one piece: it leaves together with the headers.
  outgoing.end(bytes === null ? undefined : body)
  if (bytes !== null) cutSlowReader(outgoing, bytes, limits)
}

/** The connection of a stream is used for nothing else: when it has ended, a server that stops need not wait for it. */
function withFraming(headers: WebAnswer['headers'], bytes: number | null, isStream: boolean): WebAnswer['headers'] {
  if (isStream) return { ...headers, Connection: 'close' }
  return bytes === null ? headers : { ...headers, 'Content-Length': String(bytes) }
}

/** Those that a server around us has set already stay, and capitals are kept. */
function writeHead(outgoing: ServerResponse, status: number, headers: Readonly<Record<string, string>>): void {
  outgoing.statusCode = status
  // At once where nobody has set any: Node then need not keep and sort them.
  if (outgoing.getHeaderNames().length === 0) outgoing.writeHead(status, headers)
  else for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
}

/** Whoever reads slower than it comes makes it wait: nothing is heaped up here. */
async function sendStream(
  outgoing: ServerResponse,
  stream: NonNullable<WebAnswer['stream']>,
  stopping: AbortSignal | undefined,
): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const signal = stopping === undefined ? gone.signal : AbortSignal.any([gone.signal, stopping])
  outgoing.flushHeaders()
  // Its end is the only way to say that it failed: the headers are out.
  await pipeline(Readable.from(stream(signal)), outgoing).catch(() => outgoing.destroy())
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
