// From a request to the input of a procedure, and to what stands beside it: reason, dry run, confirmation.
import { headerText, nearestNames, parseJson } from '@steward/base'
import type { WebRequest } from '@steward/engine'
import { requestErrors } from './errors.ts'
import { type InputShape, inTypeOf, shapeOf, typeOf } from './input-shape.ts'
import { type FoundRoute, fieldOf } from './routes.ts'

/** What a request asks for. */
export type Asked = { input: Record<string, unknown>; reason: string | null; isDryRun: boolean; isConfirmed: boolean }

/** What may stand in the body of every write, beside the input; where the contract has the word itself it is part of both. */
export const envelope = ['reason', 'dryRun', 'confirm'] as const

/**
 * Reads the input of a request: from path and query where it is asked with GET, from path and body else.
 *
 * @throws REQUEST_PATH_UNREADABLE, REQUEST_FIELD_UNKNOWN, REQUEST_FIELD_REPEATED, REQUEST_BODY_…, REQUEST_SWITCH_UNREADABLE,
 * REQUEST_REASON_UNREADABLE
 * @example
 * const { input, reason } = readInput(request, found)
 */
export function readInput(web: WebRequest, { route, fields }: FoundRoute): Asked {
  const shape = shapeOf(route.kept)
  const isRead = route.method === 'GET'
  const query = readQuery(web.query, shape)
  if (!isRead) refuseUnknown(Object.keys(query), { fields: new Map(), isOpen: false })
  const given = isRead ? query : readBody(web)
  const isBeside = (name: string) => !isRead && isEnvelope(name) && !shape.fields.has(name)
  const names = Object.keys(given).filter((name) => !isBeside(name))
  refuseUnknown(names, withoutPath(shape, route.segments))
  const input: Record<string, unknown> = {}
  for (const name of names) put(input, name, inTypeOf(shape.fields.get(name), given[name]))
  for (const [name, value] of Object.entries(fields)) put(input, name, inTypeOf(shape.fields.get(name), value))
  const beside = isRead ? {} : given
  const { headers } = web
  return {
    input,
    reason: readReason(headers, beside),
    isDryRun: readSwitch(beside, 'dryRun') || rollsBack(headers),
    isConfirmed: readSwitch(beside, 'confirm') || headers['steward-confirm']?.trim() === '1',
  }
}

/** Whether a request wants everything rolled back: `Prefer: tx=rollback`. */
export function rollsBack(headers: WebRequest['headers']): boolean {
  return (headers['prefer'] ?? '').split(/[,;]/).some((each) => each.trim().toLowerCase() === 'tx=rollback')
}

/** Lists are given by repeating the name; an object as `name[field]=value`, or as `name=field=value`. */
function readQuery(query: string, shape: InputShape): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const [whole, text] of pairsOf(query)) {
    const [, name = whole, inner] = /^([^[\]]+)\[([^[\]]+)\]$/.exec(whole) ?? []
    const field = shape.fields.get(name)
    const type = field === undefined ? undefined : typeOf(field)
    if (type === 'array') {
      put(read, name, [...((own(read, name) as string[] | undefined) ?? []), text])
    } else if (type === 'object') {
      const equals = text.indexOf('=')
      const [key, value] =
        inner !== undefined || equals < 0 ? [inner ?? text, text] : [text.slice(0, equals), text.slice(equals + 1)]
      const object = (own(read, name) as Record<string, unknown> | undefined) ?? {}
      if (Object.hasOwn(object, key)) throw requestErrors.FIELD_REPEATED({ name: `${name}[${key}]` })
      put(object, key, value)
      put(read, name, object)
    } else {
      if (Object.hasOwn(read, whole)) throw requestErrors.FIELD_REPEATED({ name: whole })
      put(read, whole, text)
    }
  }
  return read
}

function pairsOf(query: string): [string, string][] {
  try {
    const pieces = query.split('&').filter((piece) => piece !== '')
    return pieces.map((piece) => {
      const equals = piece.indexOf('=')
      const decode = (text: string) => decodeURIComponent(text.replaceAll('+', ' '))
      return equals < 0 ? [decode(piece), ''] : [decode(piece.slice(0, equals)), decode(piece.slice(equals + 1))]
    })
  } catch (cause) {
    throw requestErrors.PATH_UNREADABLE({}, { cause })
  }
}

function readBody({ body, headers }: WebRequest): Record<string, unknown> {
  if (body === null) return {}
  const type = headers['content-type'] ?? 'application/json'
  if (!/^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type))
    throw requestErrors.BODY_TYPE({ type: type.slice(0, 100) })
  let value: unknown
  try {
    value = parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch (cause) {
    throw requestErrors.BODY_NOT_JSON({ problem: (cause as Error).message.slice(0, 200) }, { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw requestErrors.BODY_NOT_OBJECT()
  return value as Record<string, unknown>
}

function refuseUnknown(given: readonly string[], { fields, isOpen }: InputShape): void {
  const unknown = isOpen ? undefined : given.find((name) => !fields.has(name))
  if (unknown === undefined) return
  const names = [...fields.keys()]
  throw requestErrors.FIELD_UNKNOWN({ name: unknown.slice(0, 100), nearest: nearestNames(unknown, names), names })
}

function withoutPath({ fields, isOpen }: InputShape, segments: readonly string[]): InputShape {
  const inPath = new Set(segments.map(fieldOf))
  return { fields: new Map([...fields].filter(([name]) => !inPath.has(name))), isOpen }
}

function readReason(headers: WebRequest['headers'], beside: Record<string, unknown>): string | null {
  const inBody = own(beside, 'reason') ?? null
  if (inBody !== null && typeof inBody !== 'string') throw requestErrors.REASON_UNREADABLE()
  const inHeader = headerText(headers['steward-reason'])
  if (inHeader === undefined) throw requestErrors.REASON_UNREADABLE()
  return inBody?.replaceAll('\0', ' ').trim() || inHeader
}

function readSwitch(beside: Record<string, unknown>, name: string): boolean {
  const value = own(beside, name) ?? false
  if (typeof value !== 'boolean') throw requestErrors.SWITCH_UNREADABLE({ name })
  return value
}

function isEnvelope(name: string): boolean {
  return (envelope as readonly string[]).includes(name)
}

function own(object: Record<string, unknown>, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** An assignment to `__proto__` would set the prototype. */
function put(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}
