// The headers of an answer, each as the dialect writes it.
import type { AnswerFormat, DialectRequest, Target } from './dialect-request.ts'
import type { Outcome, PlanKind } from './outcome.ts'
import { writeTag } from './plan/plan-version.ts'

/** Headers of which some may not be sent. */
export type Sent = Record<string, string | null>

/** Those that are sent. */
export function sent(headers: Sent): Record<string, string> {
  const entries = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
  return Object.fromEntries(entries)
}

/**
 * `0-14/15`; `*` for no rows, and for a total that nobody asked for.
 *
 * @example
 * rangeText({ from: 0, to: 14, total: null }) // '0-14/*'
 */
export function rangeText({ from, to, total }: { from: number; to: number; total: number | null }): string {
  return `${from <= to && total !== 0 ? `${from}-${to}` : '*'}/${total ?? '*'}`
}

/**
 * The media type of a format, with its charset where it is text.
 *
 * @example
 * contentType({ kind: 'csv' }) // 'text/csv; charset=utf-8'
 */
export function contentType(format: AnswerFormat): string {
  return format.kind === 'binary' ? 'application/octet-stream' : `${mediaType(format)}; charset=utf-8`
}

function mediaType(format: Exclude<AnswerFormat, { kind: 'binary' }>): string {
  switch (format.kind) {
    case 'object':
    case 'array':
      return arrayOrObject(format)
    case 'plan':
      return planType(format)
    case 'json':
      return mediaTypes.json + numbersParameter(format)
    default:
      return mediaTypes[format.kind]
  }
}

const mediaTypes = {
  json: 'application/json',
  csv: 'text/csv',
  geojson: 'application/geo+json',
  text: 'text/plain',
  openapi: 'application/openapi+json',
}

function arrayOrObject(format: Extract<AnswerFormat, { kind: 'object' | 'array' }>): string {
  const { kind, isNullsStripped } = format
  const numbers = numbersParameter(format)
  if (kind === 'array' && !isNullsStripped) return mediaTypes.json + numbers
  return `application/vnd.pgrst.${kind}+json${isNullsStripped ? ';nulls=stripped' : ''}${numbers}`
}

function numbersParameter({ hasTextNumbers = false }: { hasTextNumbers?: boolean }): string {
  return hasTextNumbers ? ';numbers=string' : ''
}

function planType(format: Extract<AnswerFormat, { kind: 'plan' }>): string {
  const wanted = format.for === '' ? '' : `; for="${format.for}"`
  const options = format.options.length > 0 ? `; options=${format.options.join('|')}` : ''
  return `application/vnd.pgrst.plan+${format.format}${wanted}${options}`
}

/** The schema, where the client could have meant another. */
export function profile({ isSchemaNamed, schema }: Pick<DialectRequest, 'isSchemaNamed' | 'schema'>): string | null {
  return isSchemaNamed ? schema : null
}

type PreferenceName = 'resolution' | 'missing' | 'return' | 'count' | 'tx' | 'handling' | 'timezone' | 'max-affected'

// In the order in which they are repeated.
const honoured: Record<PlanKind, readonly PreferenceName[]> = {
  read: ['count', 'tx', 'handling', 'timezone'],
  call: ['count', 'tx', 'handling', 'timezone', 'max-affected'],
  insert: ['resolution', 'missing', 'return', 'count', 'tx', 'handling', 'timezone'],
  update: ['missing', 'return', 'count', 'tx', 'handling', 'timezone', 'max-affected'],
  put: ['return', 'count', 'tx', 'handling', 'timezone'],
  delete: ['return', 'count', 'tx', 'handling', 'timezone', 'max-affected'],
}

/** The preferences that were honoured, or null. */
export function preferenceApplied({ kind, request, isResolved }: Outcome): string | null {
  const { preferences } = request
  const values: Record<PreferenceName, string | number | null> = {
    resolution: isResolved ? preferences.resolution : null,
    missing: preferences.missing,
    return: preferences.return,
    count: preferences.count,
    tx: preferences.tx,
    handling: preferences.handling,
    timezone: preferences.timezone,
    'max-affected': preferences.handling === 'strict' ? preferences.maxAffected : null,
  }
  const applied = honoured[kind].flatMap((name) => (values[name] === null ? [] : `${name}=${values[name]}`))
  return applied.length > 0 ? applied.join(', ') : null
}

/** The version of the one row, or null. */
export function entityTag({ versionKind, row }: Outcome): string | null {
  return !versionKind || row.version === null || row.page !== '1' ? null : writeTag(versionKind, row.version)
}

/** Where the row that was inserted can be asked for. `location` is `[["id","eq.7"]]`. */
export function insertLocation(target: Target, location: string | null): string | null {
  if (location === null || target.kind === 'root') return null
  const pairs = JSON.parse(location) as [string, string][]
  return pairs.length > 0 ? `/${encodePath(target.name)}?${queryText(pairs)}` : null
}

/** The request again, its parameters in the order of their names: one name for one answer. */
export function contentLocation(target: Target, rawQuery: string): string | null {
  if (target.kind === 'root') return null
  const pairs = [...new URLSearchParams(rawQuery)].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  return `/${encodePath(target.name)}${pairs.length > 0 ? `?${queryText(pairs)}` : ''}`
}

function queryText(pairs: [string, string][]): string {
  return pairs.map((pair) => pair.map(encodeStrictly).join('=')).join('&')
}

function encodeStrictly(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}

function encodePath(name: string): string {
  return encodeURIComponent(name.toWellFormed())
}
