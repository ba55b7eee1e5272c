// An old value in today's terms: labels of enums that were renamed, attributes that composite types have gained or lost.
import { parseJson, printJson, splitJsonObject } from '@steward/base'
import { isRevertible, type Table } from './tables.ts'
import type { ValueShape } from './value-shape.ts'
import { type Values, writeValues } from './values.ts'

/** An attribute that a stored value holds and its type no longer has: `address.street` of the column `address`. */
export type LostAttribute = { column: string; path: string; stored: string }

/**
 * The JSON text of an old value as it would be written today. Renamed labels are followed; attributes that came since
 * are null, as they are in rows that nobody has touched. Those that the type no longer has stay until `whatTypesHold`.
 */
export function valueToday(shape: ValueShape, text: string): string {
  return translate(shape, text, () => true)
}

/**
 * Values without the attributes that their types no longer have, and which of those held something. They were renamed or
 * dropped, the trail cannot tell which, and PostgreSQL would pass over them in silence.
 */
export function whatTypesHold(table: Table, stored: Values): { values: Values; lost: LostAttribute[] } {
  let values = stored
  const lost = new Map<string, LostAttribute>()
  for (const [column, text] of stored) {
    const shape = table.columns.get(column)?.shape
    if (text === null || !shape || !isRevertible(table, column)) continue
    const held = translate(shape, text, (path, attribute) => {
      const full = [column, ...path].join('.')
      if (attribute !== 'null') lost.set(full, { column, path: full, stored: text })
      return false
    })
    if (held !== text) values = new Map(values).set(column, held)
  }
  return { values, lost: [...lost.values()] }
}

/** Says of an attribute that the type no longer has whether it stays. */
type Keeps = (path: string[], text: string) => boolean

// What does not look like its shape is PostgreSQL's own text of the value, or from before the column had this type.
function translate(shape: ValueShape, text: string, keeps: Keeps, path: string[] = []): string {
  if (shape.kind === 'enum' && text.startsWith('"')) {
    const label = shape.renamedLabels.get(JSON.parse(text) as string)
    return label === undefined ? text : JSON.stringify(label)
  }
  if (shape.kind === 'array' && text.startsWith('[')) {
    const items = (parseJson(text) as unknown[]).map((item) => printJson(item))
    // dimensions have no types of their own
    return `[${items.map((item) => translate(item.startsWith('[') ? shape : shape.element, item, keeps, path)).join(',')}]`
  }
  if (shape.kind === 'composite' && text.startsWith('{')) {
    return translateAttributes(shape.attributes, splitJsonObject(text), keeps, path)
  }
  return text
}

function translateAttributes(
  attributes: Map<string, ValueShape>,
  values: Map<string, string>,
  keeps: Keeps,
  path: string[],
): string {
  // in the order of the type, as PostgreSQL writes the values of today
  const today = new Map<string, string>()
  for (const [name, shape] of attributes) {
    today.set(name, translate(shape, values.get(name) ?? 'null', keeps, [...path, name]))
  }
  for (const [name, text] of values) {
    if (!attributes.has(name) && keeps([...path, name], text)) today.set(name, text)
  }
  return writeValues(today)
}
