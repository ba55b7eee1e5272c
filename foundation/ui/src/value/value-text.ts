// The text of a value as the database has it: what is shown, copied and compared.
import { printJson } from '@steward/base'

/**
 * A value as text, to its last digit; null is an empty text, objects and lists are JSON.
 *
 * @example
 * valueText(parseJson('1.00')) // '1.00'
 */
export function valueText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    default:
      if (value === null || value === undefined) return ''
      return value instanceof Date ? value.toISOString() : printJson(value)
  }
}

/** Whether two values are the same to the last digit. */
export function isSameValue(one: unknown, other: unknown): boolean {
  if (one == null || other == null) return one == null && other == null
  return typeof one === typeof other && valueText(one) === valueText(other)
}
