// The Prefer header: what the client would like, what of it was understood, and what the answer may repeat.
import type { Settings } from '../../options.ts'
import { DialectError } from '../dialect-error.ts'
import type { DialectRequest, Preferences, Target } from '../dialect-request.ts'

/** The part of a request that its Prefer headers say. */
export type PreferencePart = Pick<DialectRequest, 'preferences' | 'appliedPreferences' | 'unknownPreferences'>

type Asked = { header: string | undefined; method: DialectRequest['method']; target: Target }

const WORDS = {
  resolution: ['merge-duplicates', 'ignore-duplicates'],
  return: ['representation', 'headers-only', 'minimal'],
  count: ['exact', 'planned', 'estimated'],
  tx: ['commit', 'rollback'],
  missing: ['default', 'null'],
  handling: ['strict', 'lenient'],
} as const

type WordName = keyof typeof WORDS

/** Of a preference that is named twice the first holds. `tx` is known, but holds only where the settings allow it. */
export function readPreferences(
  asked: Asked,
  { allowsTxOverride }: Pick<Settings, 'allowsTxOverride'>,
): PreferencePart {
  const texts = (asked.header ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
  const preferences: Preferences = {
    resolution: firstWord(texts, 'resolution'),
    return: firstWord(texts, 'return'),
    count: firstWord(texts, 'count'),
    tx: allowsTxOverride ? firstWord(texts, 'tx') : null,
    missing: firstWord(texts, 'missing'),
    handling: firstWord(texts, 'handling'),
    maxAffected: readWhole(firstValue(texts, 'max-affected=')),
    timezone: readTimezone(firstValue(texts, 'timezone=')),
  }
  return {
    preferences,
    appliedPreferences: listApplied(preferences, asked),
    unknownPreferences: texts.filter((text) => !isKnown(text, preferences.timezone)),
  }
}

/** @throws PGRST122 where the client wants to be told of preferences that nobody knows */
export function refuseUnknownPreferences({ preferences, unknownPreferences }: PreferencePart): void {
  if (preferences.handling !== 'strict' || unknownPreferences.length === 0) return
  throw new DialectError({
    status: 400,
    code: 'PGRST122',
    message: 'Invalid preferences given with handling=strict',
    details: `Invalid preferences: ${unknownPreferences.join(', ')}`,
  })
}

// Only what can matter to this deed is repeated, in this order.
function listApplied(preferences: Preferences, { method, target }: Asked): string[] {
  const isWrite = target.kind === 'entity' && ['POST', 'PATCH', 'PUT', 'DELETE'].includes(method)
  const isInsert = isWrite && method === 'POST'
  const isBounded = method === 'PATCH' || method === 'DELETE' || target.kind === 'function'
  const applied: (string | false | null)[] = [
    isInsert && say('resolution', preferences.resolution),
    (isInsert || method === 'PATCH') && say('missing', preferences.missing),
    isWrite && say('return', preferences.return),
    say('count', preferences.count),
    say('tx', preferences.tx),
    say('handling', preferences.handling),
    say('timezone', preferences.timezone),
    isBounded && preferences.handling === 'strict' && say('max-affected', preferences.maxAffected),
  ]
  return applied.filter((text) => typeof text === 'string')
}

function say(name: string, value: string | number | null): string | null {
  return value === null ? null : `${name}=${value}`
}

function firstWord<Name extends WordName>(texts: string[], name: Name): (typeof WORDS)[Name][number] | null {
  const words: readonly string[] = WORDS[name]
  const value = texts.find((text) => text.startsWith(`${name}=`) && words.includes(text.slice(name.length + 1)))
  return value === undefined ? null : (value.slice(name.length + 1) as (typeof WORDS)[Name][number])
}

function firstValue(texts: string[], prefix: string): string | null {
  return texts.find((text) => text.startsWith(prefix))?.slice(prefix.length) ?? null
}

function readWhole(value: string | null): number | null {
  if (value === null || !/^-?\d+$/.test(value)) return null
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER)
}

// PostgreSQL and the runtime read the same database of zones; an offset is no zone's name.
function readTimezone(name: string | null): string | null {
  if (name === null || !/^[A-Za-z]/.test(name)) return null
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name
  } catch {
    return null
  }
}

function isKnown(text: string, timezone: string | null): boolean {
  if (text.startsWith('max-affected=')) return true
  if (text.startsWith('timezone=')) return timezone !== null
  const at = text.indexOf('=')
  const words: readonly string[] = Object.hasOwn(WORDS, text.slice(0, at)) ? WORDS[text.slice(0, at) as WordName] : []
  return words.includes(text.slice(at + 1))
}
