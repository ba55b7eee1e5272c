// What the server is given: rooms and where they are mounted, who asks, and how much it takes.
import type { Actor } from '@steward/base'
import type { RecordCall, Role, Source, WebRequest, WebRoom } from '@steward/engine'

/**
 * A room and the place where it answers.
 *
 * @example
 * const mounted: MountedRoom = { prefix: '/api', room, crossOrigin: ['https://office.example.com'] }
 */
export type MountedRoom = {
  /** `/` or `/api`; the room sees what stands behind it. */
  prefix: string
  room: WebRoom
  /** Whose web pages may ask: `any`, those of the listed origins, or (unless given) those of this server alone. */
  crossOrigin?: 'any' | readonly string[]
  /** Nobody is asked who they are before it answers: for the room where people sign in. */
  isPublic?: boolean
  /** It hands out files: its answers stand in no log of calls, and in the server's own only while debugging. */
  isQuiet?: boolean
}

/**
 * Says who asks, before the body is read. It throws (SERVER_KEY_REQUIRED) to refuse.
 *
 * @example
 * const everybodyIsKim: Identify = () => ({ actor: { type: 'staff', id: 'kim' }, role: adminRole })
 */
export type Identify = (asked: Unidentified) => Identified | Promise<Identified>

/** A request of which nobody knows yet who sent it. */
export type Unidentified = Omit<WebRequest, 'actor' | 'role' | 'key' | 'source' | 'body'>

/** Who asks, what they may do, and the headers that were meant for the server alone: no room sees those. */
export type Identified = {
  actor: Actor | null
  /** Null may do nothing, but where the database itself says what may be done. */
  role?: Role | null
  /** The visible part of the key that it came with. */
  key?: string | null
  /** The door that its operations are said to come through; what a room says itself unless given. */
  source?: Source
  withheld?: readonly string[]
}

/**
 * How much the server takes, and how long it waits.
 *
 * @example
 * const limits: Partial<Limits> = { bodyBytes: 1024 * 1024 }
 */
export type Limits = {
  /** Of a body, as it is sent and as it is unpacked: 10 MiB. */
  bodyBytes: number
  /** Of the address and the headers together: 64 KiB. */
  headerBytes: number
  /** Until all headers have arrived: 10 seconds. */
  headersTimeoutMs: number
  /** Until all of the body has arrived: 30 seconds. */
  bodyTimeoutMs: number
  /** Until an answer has to be taken, beside the time that its size needs at the pace below: 30 seconds. */
  readerTimeoutMs: number
  /** The pace at which an answer has to be taken: 128 KiB a second. */
  readerBytesPerSecond: number
  /** For what still runs when the server stops: 10 seconds. */
  stopTimeoutMs: number
}

/**
 * Where the server tells what it does; pino and Fastify's own logger fit.
 *
 * @example
 * const quiet: ServerLog = { debug: () => {}, info: () => {}, warn: () => {}, error: console.error }
 */
export type ServerLog = Record<'debug' | 'info' | 'warn' | 'error', (facts: object, message: string) => void> & {
  /** Whether it is written at all; where this is not said, everything is. */
  isLevelEnabled?: (level: string) => boolean
}

/**
 * What is mounted, alone or in a server of one's own.
 *
 * @example
 * const options: MountOptions = { rooms: [{ prefix: '/api', room }], identify: identifyByKey({ key, actor }) }
 */
export type MountOptions = {
  rooms: readonly MountedRoom[]
  /** Nobody is known (`actor` null) unless given. */
  identify?: Identify
  /** The names that requests may ask for (`Host`), against web pages that point a name of theirs at this machine. */
  hosts?: readonly string[]
  limits?: Partial<Limits>
  /** Addresses and networks (`10.0.0.0/8`) of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed; none unless given. */
  trustedProxies?: readonly string[]
  /** Told of every request to a room, once it is answered. */
  recordCall?: RecordCall
  /** Failures go to the console, and nothing else anywhere, unless given. */
  log?: ServerLog
}

/** The limits, with those that are not given filled in. */
export function limitsOf(given: Partial<Limits> = {}): Limits {
  return {
    bodyBytes: 10 * 1024 * 1024,
    headerBytes: 64 * 1024,
    headersTimeoutMs: 10_000,
    bodyTimeoutMs: 30_000,
    readerTimeoutMs: 30_000,
    readerBytesPerSecond: 128 * 1024,
    stopTimeoutMs: 10_000,
    ...given,
  }
}
