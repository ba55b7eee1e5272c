// The key of a record as inquiries keep it: a text that people can read, and that is the same for the same record.
import { isExactNumber, parseJson, printJson } from '@steward/base'
import type { MetaEntity, Values } from '@steward/sdk'
import { keyParts, valueText } from '@steward/ui'

type Keyed = Pick<MetaEntity, 'key'>

/** What could be taken for something else than a plain value. */
const isSpecial = (text: string) => text === '' || text !== text.trim() || /[=,{["]/.test(text)

/**
 * The key of a record as a text: its value, `column=value,column=value`, or JSON where one of them could be misread. Null where it has
 * no key.
 *
 * @example
 * keyText({ key: ['order_id', 'line'] }, { order_id: '42', line: 3 }) // 'order_id=42,line=3'
 */
export function keyText({ key }: Keyed, recordKey: Values): string | null {
  const parts = keyParts(key, recordKey)
  if (parts === null) return null
  if (parts.some(isSpecial)) return printJson(parts.length === 1 ? parts : keyOf(key, parts))
  return parts.length === 1 ? (parts[0] as string) : key.map((column, at) => `${column}=${parts[at]}`).join(',')
}

/**
 * The key that such a text means, by column; null where it means none of this entity.
 *
 * @example
 * readKeyText({ key: ['id'] }, '42') // { id: '42' }
 */
export function readKeyText({ key }: Keyed, text: string): Values | null {
  const json = /^[[{]/.test(text) ? readJson(key, text) : null
  if (json !== null) return json
  const [only] = key
  if (only === undefined) return null
  const named = Object.fromEntries(text.split(',').map((part) => splitAtFirst(part, '=')))
  if (key.every((column) => named[column] !== undefined))
    return keyOf(
      key,
      key.map((column) => named[column] ?? ''),
    )
  return key.length === 1 ? { [only]: text } : null
}

function readJson(key: readonly string[], text: string): Values | null {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    return null
  }
  if (Array.isArray(value)) return value.length === key.length ? keyOf(key, value.map(valueText)) : null
  if (typeof value !== 'object' || value === null || isExactNumber(value)) return null
  const values = value as Values
  return key.every((column) => values[column] != null)
    ? keyOf(
        key,
        key.map((column) => valueText(values[column])),
      )
    : null
}

function keyOf(key: readonly string[], parts: readonly string[]): Values {
  return Object.fromEntries(key.map((column, at) => [column, parts[at]]))
}

function splitAtFirst(text: string, sign: string): [string, string | undefined] {
  const at = text.indexOf(sign)
  return at < 0 ? [text, undefined] : [text.slice(0, at).trim(), text.slice(at + 1)]
}
