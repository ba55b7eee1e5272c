// How the server's log looks: one JSON document a line for machines, one short line for people.
import { styleText } from 'node:util'

/** Takes the lines of the log. */
export type LogTarget = { write: (text: string) => unknown }

/** How the log is written. */
export type LogKind = 'json' | 'lines' | 'none'

/** Headers that are keys; the serializers let few through, and this holds for whatever anybody logs. */
const secretHeaders = new Set(['authorization', 'cookie', 'proxy-authorization', 'set-cookie', 'x-api-key', 'apikey'])

/**
 * The options of Fastify's logger (pino).
 *
 * @example
 * import Fastify from 'fastify'
 *
 * const app = Fastify({ logger: loggerOptions('json', 'info', process.stdout) })
 */
export function loggerOptions(kind: LogKind, level: string, target: LogTarget) {
  if (kind === 'none') return false as const
  const stream = gathering(target, kind === 'json' ? (text) => text : readable)
  return {
    level,
    stream,
    base: null,
    formatters: { log: withoutSecrets },
  }
}

// Short enough that nobody who watches notices.
const gatherMs = 20

// A line a request, each written by itself, would cost as much as its answer. What is told within a moment is written
// together, but for warnings: they may be the last that is heard.
function gathering(target: LogTarget, print: (text: string) => string): LogTarget {
  let waiting = ''
  const flush = () => {
    const told = waiting
    waiting = ''
    if (told !== '') target.write(told)
  }
  return {
    write(text) {
      if (waiting === '') setTimeout(flush, gatherMs)
      waiting += print(text)
      if (!/^\{"level":[123]0,/.test(text)) flush()
    },
  }
}

/** Nearly no line has headers: they are looked for before anything is copied. */
function withoutSecrets(entry: Record<string, unknown>): Record<string, unknown> {
  let clean = entry
  for (const [name, value] of Object.entries(entry)) {
    if (!isObject(value)) continue
    const shown = name === 'headers' ? censor(value) : withCensoredHeaders(value)
    if (shown !== value) clean = { ...clean, [name]: shown }
  }
  return clean
}

function withCensoredHeaders(value: object): object {
  const headers = 'headers' in value ? value.headers : null
  if (!isObject(headers)) return value
  const own = { headers: { value: censor(headers), enumerable: true } }
  // An error or a request stays what it is to whatever prints it.
  if (Object.getPrototypeOf(value) !== Object.prototype) return Object.create(value, own) as object
  return { ...value, headers: own.headers.value }
}

function censor(headers: object): object {
  const entries = Object.entries(headers)
  return Object.fromEntries(
    entries.map(([name, value]) => [name, secretHeaders.has(name.toLowerCase()) ? '[redacted]' : value]),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

type Entry = {
  level: number
  time: number
  msg: string
  method?: string
  path?: string
  status?: number
  ms?: number
  actor?: string
  requestId?: string
  isAborted?: boolean
  err?: { stack?: string; message?: string }
  headers?: unknown
}

/** `19:02:11 200 GET /api/orders 12 ms staff:kim 0190c3f2-…` */
function readable(text: string): string {
  const entry = JSON.parse(text) as Entry
  const time = styleText('dim', new Date(entry.time).toTimeString().slice(0, 8))
  if (entry.status === undefined || entry.msg !== 'answered') return `${time} ${describe(entry)}\n`
  const { status, method, path, ms, actor, requestId, isAborted } = entry
  const colour = status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green'
  const words = [time, styleText(colour, String(status)), method, path, `${ms} ms`, actor, isAborted && 'aborted']
  return `${words.filter(Boolean).join(' ')} ${styleText('dim', requestId ?? '')}\n`
}

function describe({ level, msg, requestId, err, headers }: Entry): string {
  const words = [msg, requestId, headers === undefined ? null : JSON.stringify(headers), err?.stack ?? err?.message]
  const line = words.filter(Boolean).join(' ')
  return level >= 50 ? styleText('red', line) : line
}
