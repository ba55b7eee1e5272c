// What kind of thing a value is to somebody who looks at it: told by its column where that is known, else by the value alone.
import { isExactNumber, printJson } from '@steward/base'
import type { MetaColumn } from '@steward/sdk'
import { type Instant, readInstant } from '../moment/instant.ts'
import { valueText } from './value-text.ts'

/** A value by the way in which it is shown; `text` is what it is copied as. */
export type Shape =
  | { kind: 'null' | 'empty'; text: '' }
  | { kind: 'masked'; text: string }
  | { kind: 'boolean' | 'number' | 'text' | 'prose' | 'link' | 'date'; text: string }
  | { kind: 'instant'; text: string; instant: Instant }
  | { kind: 'bytes'; text: string; size: number }
  | { kind: 'list'; text: string; items: readonly unknown[] }
  | { kind: 'json'; text: string; pretty: string }

type Known = Pick<MetaColumn, 'baseType' | 'masked'> | null | undefined

const instants = /^timestamp.*with time zone|^timestamptz/
const dates = /^(date|time|timestamp)\b/
const numbers = /^(smallint|integer|bigint|numeric|decimal|real|double precision|int[248]|float[48]|money|oid)\b/

/** Text from here on is read, and not looked at. */
const proseLength = 120

/**
 * The shape of a value.
 *
 * @example
 * shapeOf('', null).kind // 'empty'
 */
export function shapeOf(value: unknown, column?: Known, isMasked = column?.masked != null): Shape {
  if (isMasked) return { kind: 'masked', text: typeof value === 'string' ? value : '' }
  if (value === null || value === undefined) return { kind: 'null', text: '' }
  if (value === '') return { kind: 'empty', text: '' }
  const type = column?.baseType ?? null
  const text = valueText(value)
  if (type === 'json' || type === 'jsonb') return { kind: 'json', text: printJson(value), pretty: printJson(value, 2) }
  if (typeof value === 'boolean') return { kind: 'boolean', text }
  if (typeof value === 'number' || typeof value === 'bigint' || isExactNumber(value)) return { kind: 'number', text }
  if (Array.isArray(value)) return { kind: 'list', text, items: value }
  if (value instanceof Date) return ofInstant(text)
  if (typeof value === 'object') return { kind: 'json', text, pretty: printJson(value, 2) }
  return type === null ? ofBareText(text) : ofTypedText(text, type)
}

function ofTypedText(text: string, type: string): Shape {
  if (numbers.test(type)) return { kind: 'number', text }
  if (instants.test(type)) return ofInstant(text)
  if (dates.test(type)) return { kind: 'date', text: text.replace(/^(\d{4,6}-\d\d-\d\d)T/, '$1 ') }
  if (type === 'bytea' && text.startsWith('\\x')) return { kind: 'bytes', text, size: (text.length - 2) / 2 }
  return ofBareText(text)
}

function ofInstant(text: string): Shape {
  const instant = readInstant(text)
  return instant === null ? { kind: 'date', text } : { kind: 'instant', text, instant }
}

function ofBareText(text: string): Shape {
  if (/^https?:\/\/\S+$/.test(text) && URL.canParse(text)) return { kind: 'link', text }
  return { kind: text.length > proseLength || text.includes('\n') ? 'prose' : 'text', text }
}

/** What is left of a masked text by its mask, with the rest in blocks: `▒▒▒▒`, `k▒▒▒▒`, `▒▒▒▒1234`. */
export function maskedText(text: string): string {
  return text.includes('••••') ? text.replace('••••', '▒▒▒▒') : '▒▒▒▒'
}
