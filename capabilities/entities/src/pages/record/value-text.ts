// A value as exact text: what forms hold, what is compared, what is sent; the same for rows of entities and for the trail.
import { printJson } from '@steward/base'
import type { MetaColumn } from '@steward/sdk'

/** What of a column decides how its values read. */
export type Typed = Pick<MetaColumn, 'baseType'>

/** Whether a column holds JSON: its texts are then JSON, too. */
export function isJson({ baseType }: Typed): boolean {
  return baseType === 'json' || baseType === 'jsonb'
}

/** A value as text, to its last digit; null is no text at all. */
export function valueText(value: unknown, column: Typed): string | null {
  if (value === null || value === undefined) return null
  return typeof value === 'string' && !isJson(column) ? value : printJson(value)
}

/**
 * Whether two values are the same one, however they were read: a number as text or exact, an instant in any zone.
 *
 * @example
 * isSameValue('2026-11-22T18:04:00+09:00', '2026-11-22T09:04:00+00:00', { baseType: 'timestamp with time zone' }) // true
 */
export function isSameValue(one: unknown, other: unknown, column: Typed): boolean {
  return isSameText(valueText(one, column), valueText(other, column), column)
}

/** The same of exact texts, as forms hold them. */
export function isSameText(one: string | null, other: string | null, column: Typed): boolean {
  if (one === other) return true
  if (one === null || other === null) return false
  if (/^timestamp(\(\d\))? with time zone$/.test(column.baseType)) return isSameInstant(one, other)
  return isJson(column) && withoutSpaces(one) === withoutSpaces(other)
}

// Below the milliseconds that JavaScript knows, the digits decide.
function isSameInstant(one: string, other: string): boolean {
  const moment = Date.parse(one)
  return !Number.isNaN(moment) && moment === Date.parse(other) && fraction(one) === fraction(other)
}

function fraction(text: string): string {
  return (/\.(\d+)/.exec(text)?.[1] ?? '').replace(/0+$/, '')
}

// `jsonb` is printed with spaces by PostgreSQL, and without by most others; digits beyond JavaScript's are left as they are.
function withoutSpaces(text: string): string {
  let isInText = false
  let kept = ''
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] as string
    if (isInText && letter === '\\') {
      kept += letter + (text[++at] ?? '')
      continue
    }
    if (letter === '"') isInText = !isInText
    if (isInText || !/\s/.test(letter)) kept += letter
  }
  return kept
}

/** What a record is called, by the value of its title. */
export function nameOf(title: unknown): string {
  return typeof title === 'string' ? title : printJson(title)
}
