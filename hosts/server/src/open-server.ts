// A web server of Steward's own: Fastify, with rooms mounted in it, that tells how it is and stops without dropping anybody.
import { STATUS_CODES } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import type { StewardError } from '@steward/base'
import { fastify, LogController } from 'fastify'
import { serverErrors } from './errors.ts'
import { type LogKind, type LogTarget, loggerOptions } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createHandler } from './request-handler.ts'
import { refusal } from './send-answer.ts'
import { limitsOf, type MountOptions } from './server-options.ts'
import { servicePages } from './service-pages.ts'

/**
 * How a server is opened.
 *
 * @example
 * const options: ServerOptions = { rooms: [{ prefix: '/api', room }], port: 4848, logs: 'json' }
 */
export type ServerOptions = Omit<MountOptions, 'log'> & {
  /** Any that is free unless given. */
  port?: number
  /** 127.0.0.1 unless given: this machine alone. */
  host?: string
  /** Whether requests can be served now; `/readyz` asks. */
  isReady?: () => boolean | Promise<boolean>
  /** `none` unless given. */
  logs?: LogKind
  /** `info` unless given; `debug` also tells the headers, without secrets. */
  logLevel?: string
  /** Standard output unless given. */
  logTo?: LogTarget
}

/**
 * A server that listens.
 *
 * @example
 * const server: Server = await openServer({ rooms: [{ prefix: '/api', room }] })
 */
export type Server = {
  /** As `http://127.0.0.1:4848`. */
  url: string
  port: number
  /** Stops accepting, finishes what runs within `stopTimeoutMs`, then closes the rooms. May be called again. */
  close: () => Promise<void>
}

/**
 * Opens a server.
 *
 * @throws SERVER_PORT_TAKEN, SERVER_ADDRESS_UNUSABLE
 * @example
 * const server = await openServer({ rooms: [{ prefix: '/api', room }], port: 4848 })
 * process.once('SIGTERM', () => void server.close())
 */
export async function openServer(options: ServerOptions): Promise<Server> {
  const { host = '127.0.0.1', port = 0, logs = 'none', logLevel = 'info', logTo = process.stdout } = options
  const limits = limitsOf(options.limits)
  const metrics = createMetrics()
  let stopped: Promise<void> | null = null
  const stopping = new AbortController()
  const isStopping = () => stopping.signal.aborted

  const app = fastify({
    logger: loggerOptions(logs, logLevel, logTo),
    // The handler tells of requests itself, in one line each.
    logController: new LogController({ disableRequestLogging: true }),
    // Its own answer has other keys than ours.
    return503OnClosing: false,
    requestTimeout: limits.headersTimeoutMs + limits.bodyTimeoutMs,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      maxHeaderSize: limits.headerBytes,
      // Node looks for slow connections every 30 seconds only, which makes ten seconds forty.
      connectionsCheckingInterval: Math.min(1000, Math.max(50, limits.headersTimeoutMs / 4)),
    },
    clientErrorHandler: refuseConnection,
    // Paths that its router cannot decode are for the rooms to judge.
    frameworkErrors: (_error, request, reply) => {
      reply.hijack()
      void handle(request.raw, reply.raw, { isLast: true })
    },
  })
  const handle = createHandler({
    ...options,
    log: app.log,
    metrics,
    stopping: stopping.signal,
    pages: servicePages({ metrics, isStopping, isReady: options.isReady ?? (() => true) }),
  })
  // In front of Fastify's routes and parsers: methods, paths and bodies reach the rooms as they are.
  app.addHook('onRequest', async (request, reply) => {
    reply.hijack()
    await handle(request.raw, reply.raw, { isLast: true })
  })

  try {
    await app.listen({ host, port, listenTextResolver: (address) => `Listening at ${address}` })
  } catch (error) {
    await app.close()
    metrics.close()
    throw listenRefusal(error, host, port)
  }
  const address = app.server.address() as AddressInfo
  return {
    url: `http://${nameOf(host)}:${address.port}`,
    port: address.port,
    close: () => {
      stopped ??= stop()
      return stopped
    },
  }

  async function stop(): Promise<void> {
    stopping.abort()
    const closing = app.close()
    const deadline = new AbortController()
    const late = wait(limits.stopTimeoutMs, undefined, { signal: deadline.signal })
      .then(() => app.server.closeAllConnections())
      .catch(() => undefined)
    // Whatever does not let go even then is left to the end of the process.
    await Promise.race([closing, late.then(() => wait(1000, undefined, { ref: false }))])
    deadline.abort()
    await Promise.allSettled(options.rooms.map(({ room }) => room.close()))
    metrics.close()
  }
}

/** What never became a request: answered on the bare connection. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  if (!socket.writable || isAnswering(socket)) {
    socket.destroy(error)
    return
  }
  const { status, headers, body } = refusal(refusalOf(error))
  const head = { ...headers, 'Content-Length': String(Buffer.byteLength(body ?? '')), Connection: 'close' }
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`)
  socket.destroySoon()
}

/** A second answer in the middle of the first would garble both. Node keeps the answer on the socket. */
function isAnswering(socket: Socket): boolean {
  const { _httpMessage: answer } = socket as Socket & { _httpMessage?: { headersSent: boolean } | null }
  return answer?.headersSent === true
}

function refusalOf({ code }: NodeJS.ErrnoException): StewardError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return serverErrors.REQUEST_TIMEOUT()
  if (code === 'HPE_HEADER_OVERFLOW') return serverErrors.HEADERS_TOO_LARGE()
  return serverErrors.REQUEST_INVALID()
}

function listenRefusal(error: unknown, host: string, port: number): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return serverErrors.PORT_TAKEN({ host, port }, { cause: error })
  const isAddress = code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN'
  return isAddress ? serverErrors.ADDRESS_UNUSABLE({ host, port, problem: message }, { cause: error }) : error
}

/** As it stands in an address; what listens everywhere is reached at localhost, too. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::' || host === '') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
