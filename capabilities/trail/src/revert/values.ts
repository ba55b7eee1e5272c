// A row as the trail wrote it: columns and the JSON text of their values, never parsed, so that nothing is lost.
import { parseJson, splitJsonObject } from '@steward/base'

/** Column name → JSON text exactly as PostgreSQL wrote it; null is SQL NULL, while `'null'` is the json value null. */
export type Values = Map<string, string | null>

/** Reads a stored JSON object. `sign` says which literal nulls belong to it: `-` before, `+` after. */
export function readValues(text: string | null, literalNulls: string[] | null, sign: '-' | '+'): Values {
  // the space around a json value is part of it
  const texts = text === null ? new Map<string, string>() : splitJsonObject(text, { keepSpace: true })
  const isNull = (column: string, value: string) => value === 'null' && !literalNulls?.includes(sign + column)
  return new Map([...texts].map(([column, value]) => [column, isNull(column, value) ? null : value]))
}

/** JSON text of an object with these values. */
export function writeValues(values: Values): string {
  return `{${[...values].map(([column, text]) => `${JSON.stringify(column)}:${text}`).join(',')}}`
}

/** The same as an exact object for people and APIs. */
export function presentValues(values: Values): Record<string, unknown> {
  return parseJson(writeValues(values)) as Record<string, unknown>
}

/** Only the given columns, in their order. */
export function pick(values: Values, columns: Iterable<string>): Values {
  const picked: Values = new Map()
  for (const column of columns) {
    const value = values.get(column)
    if (value !== undefined) picked.set(column, value)
  }
  return picked
}

/** A value that tells tuples apart; null when a part is NULL, since NULL equals nothing. */
export function tupleOf(values: Values, columns: string[]): string | null {
  const parts = columns.map((column) => values.get(column))
  return parts.some((part) => part === undefined || part === null) ? null : JSON.stringify(parts)
}

/** The key of a row as an object, `{ id: 7 }`. */
export function keyObject(keyColumns: string[], values: Values): Record<string, unknown> {
  return presentValues(pick(values, keyColumns))
}

/** One stored value for people; null stays null. */
export function presentText(text: string | null): unknown {
  return text === null ? null : parseJson(text)
}
