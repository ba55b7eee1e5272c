// The addresses of what people link to: a record, an operation, an inquiry; one spelling for everybody.
import type { MetaEntity, Values } from '@steward/sdk'
import { valueText } from '../value/value-text.ts'

/**
 * The address of a record.
 *
 * @example
 * recordPath('order_items', ['42', '3']) // '/entities/order_items/42,3'
 */
export function recordPath(entity: string, key: readonly string[]): string {
  return `/entities/${encodeURIComponent(entity)}/${encodeURIComponent(key.map(encodeURIComponent).join(','))}`
}

/** The address of an entity's list. */
export function entityPath(entity: string): string {
  return `/entities/${encodeURIComponent(entity)}`
}

/** The address of an operation. */
export function operationPath(id: string): string {
  return `/trail/operations/${encodeURIComponent(id)}`
}

/** The address where an operation is reverted. */
export function revertPath(id: string): string {
  return `${operationPath(id)}/revert`
}

/** The address of an inquiry. */
export function inquiryPath(id: string): string {
  return `/inquiries/${encodeURIComponent(id)}`
}

/**
 * The parts of a key as texts, in the order of the entity's key; null where one is missing or masked.
 *
 * @example
 * keyParts(['order_id', 'line'], { line: 3, order_id: 42 }) // ['42', '3']
 */
export function keyParts(columns: readonly string[], values: Values): string[] | null {
  const parts = columns.map((column) => values[column])
  return parts.length > 0 && parts.every((part) => part != null) ? parts.map(valueText) : null
}

/** The key that an address names, by column; null where it names no key of this entity. */
export function keyOfPath({ key }: Pick<MetaEntity, 'key'>, text: string): Values | null {
  const parts = text.split(',').map(decoded)
  return parts.length === key.length ? Object.fromEntries(key.map((column, at) => [column, parts[at]])) : null
}

/** What somebody typed into the address by hand may be encoded wrongly. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
