// How a column is asked for in a form, and whether a text is one of its values.
import type { MetaColumn } from '@steward/sdk'
import { readInstant } from '../moment/instant.ts'
import type { formWords } from './form-words.ts'

/** A way to ask for a value. */
export type FieldKind =
  | 'boolean'
  | 'choice'
  | 'integer'
  | 'number'
  | 'date'
  | 'moment'
  | 'local-moment'
  | 'uuid'
  | 'json'
  | 'bytes'
  | 'text'
  | 'long-text'
  | 'other'

type Typed = Pick<MetaColumn, 'baseType' | 'enum' | 'maxLength'>

const kinds: readonly (readonly [RegExp, FieldKind])[] = [
  [/\[\]$/, 'other'],
  [/^boolean$/, 'boolean'],
  [/^(smallint|integer|bigint)\b/, 'integer'],
  [/^(numeric|decimal|real|double precision)\b/, 'number'],
  [/^date$/, 'date'],
  [/^timestamp.*with time zone$/, 'moment'],
  [/^timestamp/, 'local-moment'],
  [/^uuid$/, 'uuid'],
  [/^jsonb?$/, 'json'],
  [/^bytea$/, 'bytes'],
  [/^(text|character varying|varchar|citext)\b/, 'text'],
]

/** Longer than this a text gets lines. */
const lineLength = 120

/**
 * How a column is asked for.
 *
 * @example
 * fieldKindOf({ baseType: 'bigint', enum: null, maxLength: null }) // 'integer'
 */
export function fieldKindOf({ baseType, enum: choices, maxLength }: Typed): FieldKind {
  if (choices !== null && !baseType.endsWith('[]')) return 'choice'
  const kind = kinds.find(([type]) => type.test(baseType))?.[1] ?? 'other'
  return kind === 'text' && (maxLength === null || maxLength > lineLength) ? 'long-text' : kind
}

type Words = (typeof formWords)['en']

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  smallint: [-32768n, 32767n],
  integer: [-2147483648n, 2147483647n],
  bigint: [-9223372036854775808n, 9223372036854775807n],
}

/** What PostgreSQL takes besides digits and calendars. */
const unusual = /^\s*([+-]?infinity|nan|now|today|tomorrow|yesterday|epoch)\s*$/i

/**
 * Why a text is no value of a column; null where it may be one. PostgreSQL has the last word.
 *
 * @example
 * textProblemOf(column, '1O', words) // 'Write a whole number, such as 42.'
 */
export function textProblemOf(column: Typed, text: string, words: Words): string | null {
  const kind = fieldKindOf(column)
  const { maxLength } = column
  if (kind === 'text' || kind === 'long-text') {
    return maxLength !== null && [...text].length > maxLength ? words.tooLong({ count: maxLength }) : null
  }
  if (unusual.test(text) && kind !== 'integer' && kind !== 'uuid') return null
  switch (kind) {
    case 'integer':
      return integerProblem(column.baseType, text.trim(), words)
    case 'number':
      return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? null : words.noNumber
    case 'date':
      return /^\s*\d{4,6}-\d\d?-\d\d?( BC)?\s*$/i.test(text) ? null : words.noDate
    case 'moment':
      return readInstant(text) === null ? words.noMoment : null
    case 'local-moment':
      return /^\s*\d{4,6}-\d\d?-\d\d?([T ]\d\d?:\d\d(:\d\d(\.\d+)?)?)?( BC)?\s*$/i.test(text) ? null : words.noMoment
    case 'uuid':
      return /^\s*\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\}?\s*$/i.test(text) ? null : words.noUuid
    case 'json':
      return isJson(text) ? null : words.noJson
    case 'bytes':
      return /^\s*\\x([0-9a-f]{2})*\s*$/i.test(text) ? null : words.noBytes
    default:
      return null
  }
}

function integerProblem(type: string, text: string, words: Words): string | null {
  if (!/^[+-]?\d+$/.test(text)) return words.noInteger
  const range = ranges[type]
  const value = BigInt(text.replace(/^\+/, ''))
  if (range === undefined || (value >= range[0] && value <= range[1])) return null
  return words.outOfRange({ least: String(range[0]), most: String(range[1]) })
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
