// How the server's log looks: one JSON document a line for machines, one short line for people.
import { styleText } from 'node:util'

/** Takes the lines of the log. */
export type LogTarget = { write: (text: string) => unknown }

/** How the log is written. */
export type LogKind = 'json' | 'lines' | 'none'

/** Headers that are keys; the serializers let few through, and this holds for whatever anybody logs. */
const secretHeaders = ['authorization', 'cookie', 'proxy-authorization', 'set-cookie', 'x-api-key', 'apikey']
const redacted = secretHeaders.flatMap((name) => [`headers["${name}"]`, `*.headers["${name}"]`])

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
  const stream = kind === 'json' ? target : { write: (text: string) => target.write(readable(text)) }
  return {
    level,
    stream,
    base: null,
    redact: { paths: redacted, censor: '[redacted]' },
  }
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
