// One request from the wire to the wire, the same alone, in Fastify and in Express: the file to read first.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { isStewardError, redact } from '@steward/base'
import type { WebAnswer } from '@steward/engine'
import { type Sender, senderFinder } from './client-address.ts'
import { crossOriginHeaders, demandHost, demandOrigin, isPreflight, preflightHeaders } from './cross-origin.ts'
import { serverErrors } from './errors.ts'
import type { Metrics } from './metrics.ts'
import { readBody } from './read-body.ts'
import { headersOf, pathBelow, requestIdOf, targetOf } from './read-target.ts'
import { expectedOr, hardenedHeaders, refusal, sendAnswer, withHeaders } from './send-answer.ts'
import { type Identified, limitsOf, type MountedRoom, type MountOptions, type ServerLog } from './server-options.ts'

/** A page of the server itself: health, readiness, metrics. */
export type ServicePage = { needsIdentity: boolean; answer: () => Promise<WebAnswer> }

/** What a server has beyond what is mounted in it. */
export type ServiceParts = {
  pages?: Readonly<Record<string, ServicePage>>
  metrics?: Metrics
  /** Aborted when the server begins to stop. */
  stopping?: AbortSignal
}

/**
 * Answers one request, and says whether it did. Without `isLast` a request that belongs to no room is left alone. Never
 * throws.
 */
export type HandleRequest = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  how: { base?: string; isLast: boolean },
) => Promise<boolean>

/** A request, once it is known where it goes. */
type Asked = {
  method: string
  fullPath: string
  path: string
  query: string
  headers: Record<string, string>
  requestId: string
  sender: Sender
  mounted: MountedRoom | null
  page: ServicePage | null
}

const lingerMs = 5000

const onConsole: ServerLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (facts, message) => console.error(message, facts),
}

/**
 * Makes the function that answers requests.
 *
 * @example
 * const handle = createHandler({ rooms: [{ prefix: '/api', room }] })
 */
export function createHandler(options: MountOptions & ServiceParts): HandleRequest {
  const limits = limitsOf(options.limits)
  const { pages = {}, metrics, log = onConsole, stopping } = options
  const isStopping = () => stopping?.aborted === true
  const senderOf = senderFinder(options.trustedProxies)
  // The longest prefix first: `/api/files` is not part of `/api`.
  const rooms = [...options.rooms].sort((one, other) => other.prefix.length - one.prefix.length)

  return async (incoming, outgoing, { base = '', isLast }) => {
    const startedAt = performance.now()
    const asked = whatIsAsked(incoming, base)
    if (asked.mounted === null && asked.page === null && !isLast) return false
    metrics?.begin()
    let identified: Identified = { actor: null }
    let rows: number | null = null
    outgoing.once('close', () => {
      const seconds = (performance.now() - startedAt) / 1000
      const { method, requestId, fullPath: path, mounted, page } = asked
      const room = mounted?.prefix ?? (page === null ? 'none' : path)
      const status = outgoing.statusCode
      metrics?.count({ method, room, status, seconds })
      const actor = identified.actor === null ? undefined : `${identified.actor.type}:${identified.actor.id}`
      const isAborted = outgoing.writableFinished ? undefined : true
      const facts = { requestId, method, path, status, ms: Math.round(seconds * 1000), actor, isAborted }
      // The query holds values of rows, so that it stands in no log.
      const isQuiet = page !== null || mounted?.isQuiet === true
      log[status >= 500 ? 'warn' : isQuiet ? 'debug' : 'info'](facts, 'answered')
      if (log.isLevelEnabled?.('debug') !== false) log.debug({ requestId, headers: redact(asked.headers) }, 'headers')
      if (mounted === null || isQuiet || options.recordCall === undefined) return
      options.recordCall({
        at: new Date(Date.now() - seconds * 1000),
        requestId,
        actor: identified.actor,
        role: identified.role?.name ?? null,
        key: identified.key ?? null,
        method,
        path,
        query: asked.query,
        status,
        rows,
        durationMs: seconds * 1000,
      })
    })

    let answer: WebAnswer
    try {
      answer = await answerTo(asked, incoming, (known) => {
        identified = known
      })
      rows = answer.rows ?? null
    } catch (error) {
      answer = refusal(expected(error, asked))
    }
    const headers = headersAround(asked, answer, isStopping())
    const sending = { method: asked.method, limits, ...(stopping === undefined ? {} : { stopping }) }
    try {
      sendAnswer(outgoing, { ...answer, headers }, sending)
    } catch (error) {
      const refused = refusal(expected(error, asked))
      sendAnswer(outgoing, { ...refused, headers: headersAround(asked, null, isStopping()) }, sending)
    }
    lingerOver(incoming)
    return true
  }

  function whatIsAsked(incoming: IncomingMessage, base: string): Asked {
    const { path: fullPath, query } = targetOf(incoming.url ?? '/')
    const headers = headersOf(incoming)
    const below = pathBelow(base, fullPath) ?? fullPath
    const page = Object.hasOwn(pages, below) && isReading(incoming.method) ? (pages[below] ?? null) : null
    const mounted = page === null ? (rooms.find(({ prefix }) => pathBelow(prefix, below) !== null) ?? null) : null
    const path = mounted === null ? below : (pathBelow(mounted.prefix, below) ?? below)
    const requestId = requestIdOf(headers)
    const sender = senderOf(incoming, headers)
    return { method: incoming.method ?? 'GET', fullPath, path, query, headers, requestId, sender, mounted, page }
  }

  async function answerTo(
    asked: Asked,
    incoming: IncomingMessage,
    remember: (identified: Identified) => void,
  ): Promise<WebAnswer> {
    const { method, path, query, requestId, mounted, page } = asked
    if (page !== null) {
      if (page.needsIdentity) {
        demandHost(asked.headers, options.hosts)
        remember(await identify(asked))
      }
      return page.answer()
    }
    if (isStopping()) throw serverErrors.STOPPING()
    if (mounted === null)
      throw serverErrors.NOT_FOUND({ method, path: asked.fullPath, prefixes: rooms.map(({ prefix }) => prefix).sort() })
    demandHost(asked.headers, options.hosts)
    if (mounted.crossOrigin !== undefined && isPreflight(asked)) {
      return { status: 200, headers: preflightHeaders(asked.headers), body: null }
    }
    demandOrigin(asked.headers, mounted.crossOrigin)
    const identified: Identified = mounted.isPublic === true ? { actor: null } : await identify(asked)
    remember(identified)
    const body = await readBody(incoming, limits)
    const headers = handedOn(asked.headers, identified.withheld ?? [], body !== null)
    const { actor, role = null, key = null, source } = identified
    const known = { actor, role, key, ...(source === undefined ? {} : { source }), ...asked.sender }
    return mounted.room.answer({ method, path, query, headers, body, requestId, ...known })
  }

  function identify({ method, path, query, headers, requestId, sender }: Asked): Identified | Promise<Identified> {
    return options.identify?.({ method, path, query, headers, requestId, ...sender }) ?? { actor: null }
  }

  function expected(error: unknown, { requestId, method, fullPath }: Asked) {
    // Where a database stands, and who may not log in there, is for the log alone.
    const isDatabase = isStewardError(error) && error.code.startsWith('POSTGRES_')
    const refused = isDatabase ? serverErrors.NOT_READY() : expectedOr(error, serverErrors.UNEXPECTED())
    if (refused !== error) log.error({ err: error, requestId, method, path: fullPath }, 'failed')
    return refused
  }
}

function isReading(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD'
}

/** Without what is the server's alone, and without what is no longer true of the unpacked body. */
function handedOn(headers: Record<string, string>, withheld: readonly string[], hasBody: boolean) {
  const isUnpacked = hasBody && headers['content-encoding'] !== undefined
  if (withheld.length === 0 && !isUnpacked) return headers
  const left: Record<string, string> = {}
  // Made anew: an object that something is deleted from is slow for all who read it.
  for (const [name, value] of Object.entries(headers)) {
    const isUntrue = isUnpacked && (name === 'content-encoding' || name === 'content-length')
    if (!isUntrue && !withheld.includes(name)) left[name] = value
  }
  return left
}

function headersAround(
  { headers, requestId, mounted }: Asked,
  answer: WebAnswer | null,
  isStopping: boolean,
): Record<string, string> {
  const crossOrigin = mounted?.crossOrigin
  const outer = {
    ...hardenedHeaders,
    'X-Request-Id': requestId,
    // What is open to every page may also be kept by caches; the rest is somebody's data.
    ...(crossOrigin === 'any' ? {} : { 'Cross-Origin-Resource-Policy': 'same-origin', 'Cache-Control': 'no-store' }),
    ...crossOriginHeaders(headers, crossOrigin),
  }
  const inner = answer?.headers ?? refusal(serverErrors.UNEXPECTED()).headers
  // A stopping server waits for no further request; who did not send all of its body is not asked for more.
  const isLast = isStopping || answer?.status === 408
  return { ...withHeaders(outer, inner), ...(isLast ? { Connection: 'close' } : {}) }
}

/**
 * A client that still sends when it was refused could not read the answer if the connection were cut at once. Node reads
 * on and forgets; here is the end of its patience.
 */
function lingerOver(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return
  incoming.on('error', () => undefined)
  incoming.resume()
  const { socket } = incoming
  const timer = setTimeout(() => {
    if (!incoming.complete) socket.destroy()
  }, lingerMs)
  timer.unref()
  incoming.once('close', () => clearTimeout(timer))
}
