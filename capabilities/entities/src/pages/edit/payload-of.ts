// What is sent for what was typed: texts, which PostgreSQL reads as the column's type; JSON as the value that it is.
import { parseJson } from '@steward/base'
import type { MetaColumn, Values } from '@steward/sdk'
import { isJson } from '../record/value-text.ts'
import type { Texts } from './merge-edits.ts'

/** What is to be written, and the columns whose text is no JSON. */
type Payload = { values: Values; unreadable: string[] }

/**
 * The values of edits, to the last digit.
 *
 * @example
 * payloadOf({ total: '10.50' }, columns).values // { total: '10.50' }
 */
export function payloadOf(edits: Texts, columns: readonly Pick<MetaColumn, 'name' | 'baseType'>[]): Payload {
  const values: Record<string, unknown> = {}
  const unreadable: string[] = []
  for (const [name, text] of Object.entries(edits)) {
    const column = columns.find((one) => one.name === name)
    if (column === undefined) continue
    const isList = column.baseType.endsWith('[]') && text?.trimStart().startsWith('[') === true
    if (text === null || !(isJson(column) || isList)) values[name] = text
    else {
      try {
        values[name] = parseJson(text)
      } catch {
        unreadable.push(name)
      }
    }
  }
  return { values, unreadable }
}
