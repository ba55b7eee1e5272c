// One value in one line, exact, and harmless to the terminal.
import { isExactNumber, printJson } from '@steward/base'

/**
 * A value as a person reads it: text without quotes where that is unambiguous, an actor as `staff kim (Kim)`, a key as
 * `column=value`, everything else as its exact JSON. Control characters never reach the terminal.
 *
 * @example
 * formatValue({ id: 1042 }) // 'id=1042'
 */
export function formatValue(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return harmless(value)
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return printJson(value)
  if (Array.isArray(value)) return value.every(isPlain) ? value.map(formatValue).join(', ') : harmless(printJson(value))
  if (isActor(value)) return formatActor(value)
  const entries = Object.entries(value)
  const isShort = entries.length <= 4 && entries.every(([, each]) => isPlain(each))
  return isShort
    ? entries.map(([name, each]) => `${harmless(name)}=${formatValue(each)}`).join(',')
    : harmless(printJson(value))
}

/**
 * A stored value inside a diff, where null, 'null' and an empty text must not look alike.
 *
 * @example
 * formatStored('') // '""'
 */
export function formatStored(value: unknown): string {
  if (value === undefined) return '—'
  if (typeof value !== 'string')
    return typeof value === 'object' && value !== null ? harmless(printJson(value)) : formatValue(value)
  return looksLikeOther(value) ? harmless(JSON.stringify(value)) : harmless(value)
}

const looksLikeOther = (text: string): boolean =>
  text === '' || text !== text.trim() || /^(null|true|false|—|[-+]?[\d.]+)$/i.test(text) || text.startsWith('"')

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null || isExactNumber(value)
}

type ActorLike = { type: string; id: string; name?: string | null }

function isActor(value: object): value is ActorLike {
  const names = Object.keys(value)
  return (
    names.length <= 3 &&
    'type' in value &&
    'id' in value &&
    names.every((name) => ['type', 'id', 'name'].includes(name))
  )
}

function formatActor({ type, id, name }: ActorLike): string {
  const words = `${type} ${id}`
  return harmless(name === null || name === undefined || name === '' || name === id ? words : `${words} (${name})`)
}

/** Terminal escapes and right-to-left overrides in a customer's data must not paint our screen. */
function harmless(text: string): string {
  return text.replace(
    control,
    (character) => escapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must not pass
const control = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
const escapes: Record<string, string> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }

/**
 * An instant in the time zone of the person who looks, to the second.
 *
 * @example
 * localTime('2026-03-02T05:03:22.123456Z') // '2026-03-02 14:03:22' in Seoul
 */
export function localTime(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? formatValue(at) : clock.format(date)
}

// Sweden writes dates as ISO does.
const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })
