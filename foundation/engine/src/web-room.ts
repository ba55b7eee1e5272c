// A corridor of its own on the web: what a capability offers there whose shape comes from no contract.
import type { Actor } from '@steward/base'
import type { Source } from './ports.ts'
import type { Role } from './role.ts'

/**
 * A request as the host hands it on: received whole, unpacked and bounded, its sender known or not.
 *
 * @example
 * const request: WebRequest = {
 *   method: 'GET', path: '/orders', query: 'id=eq.7', headers: {}, body: null, requestId: 'r-1', actor: null, role: null,
 *   key: null,
 * }
 */
export type WebRequest = {
  /** Upper case. */
  method: string
  /** Below the place where the room is mounted; begins with `/`, still percent-encoded. */
  path: string
  /** As it was sent, without `?`, still percent-encoded. */
  query: string
  /** Names in lower case; what was sent several times is joined with `, `. */
  headers: Readonly<Record<string, string>>
  /** The bytes, with any `Content-Encoding` undone. */
  body: Uint8Array | null
  requestId: string
  /** The id that its operation has to have; a new one unless given. */
  operationId?: string
  /** Who asks; null is anybody. */
  actor: Actor | null
  /** What they may do; null is nothing at all, but where the database itself says what may be done. */
  role: Role | null
  /** The visible part of the API key that it came with; the actor is another where the key acts on somebody's behalf. */
  key: string | null
  /** The door that it came through: `admin-api` unless the host knows of another. */
  source?: Source
  /** Where it came from, behind proxies that are trusted; null or left out where nobody knows. */
  address?: string | null
  /** It came over https, to us or to a proxy that is trusted. */
  isSecure?: boolean
}

/**
 * What goes back. Header names are written as they are sent; a `body` of null sends none.
 *
 * @example
 * const nothing: WebAnswer = { status: 204, headers: {}, body: null }
 */
export type WebAnswer = {
  status: number
  headers: Record<string, string>
  body: string | null
  /** Instead of a body, bytes that go out as they are. */
  bytes?: Uint8Array
  /**
   * Instead of a body, text that goes out as it comes: live events. The signal says that nobody listens any more, or that the
   * server stops; the text has to end then.
   */
  stream?: (signal: AbortSignal) => AsyncIterable<string>
  /** How many rows it holds or has written, for the log of calls; null where nobody counted. */
  rows?: number | null
}

/**
 * What a capability mounts in the server. It answers everything, refusals too: `answer` never throws.
 *
 * @example
 * const silent: WebRoom = { answer: async () => ({ status: 204, headers: {}, body: null }), close: async () => undefined }
 */
export type WebRoom = {
  answer: (request: WebRequest) => Promise<WebAnswer>
  close: () => Promise<void>
}
