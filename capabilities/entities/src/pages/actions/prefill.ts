// Which fields of a procedure's input a record fills in.
import { parseJson } from '@steward/base'
import type { MetaAction, MetaEntity, Values } from '@steward/sdk'
import { valueText } from '../record/value-text.ts'

type Schema = Readonly<Record<string, unknown>>

/** What a record is to an action. */
type Acted = { entity: Pick<MetaEntity, 'entity' | 'name' | 'key'>; recordKey: Values }

/**
 * The fields of an input that a record fills in, as texts: `order`, `orderId` or `order_id` of one of the orders, columns of its
 * key by their names, and else the one that is described as the id of such a record.
 *
 * @example
 * prefillOf({ properties: { orderId: { type: 'integer' } } }, { entity: orders, recordKey: { id: '42' } }) // { orderId: '42' }
 */
export function prefillOf(input: MetaAction['input'], { entity, recordKey }: Acted): Record<string, string> {
  const properties = propertiesOf(input)
  const names = Object.keys(properties)
  const [only] = entity.key
  const text = (column: string) => valueText(recordKey[column], { baseType: 'text' })
  if (entity.key.length === 1 && only !== undefined) {
    const value = text(only)
    if (value === null) return {}
    const wanted = nounsOf(entity.name).flatMap((noun) => [noun, noun + plain(only), `${noun}key`])
    const found =
      names.find((name) => wanted.includes(plain(name))) ??
      names.find((name) => plain(name) === plain(only)) ??
      names.find((name) => isDescribedAs(properties[name], entity.name))
    return found === undefined ? {} : { [found]: value }
  }
  const pairs = entity.key.map((column) => [names.find((name) => plain(name) === plain(column)), text(column)] as const)
  const isWhole = pairs.every(([name, value]) => name !== undefined && value !== null)
  return isWhole ? Object.fromEntries(pairs.map(([name, value]) => [name ?? '', value ?? ''])) : {}
}

/**
 * Texts as the values that a schema asks for: a number stays exact, a text a text; what fits nothing is left as it is.
 *
 * @example
 * readPrefilled({ properties: { order: { type: 'integer' } } }, { order: '42' }) // { order: 42 }
 */
export function readPrefilled(input: MetaAction['input'], texts: Readonly<Record<string, string>>): Values {
  const properties = propertiesOf(input)
  const known = Object.entries(texts).filter(([name]) => Object.hasOwn(properties, name))
  return Object.fromEntries(known.map(([name, text]) => [name, readAs(properties[name], text)]))
}

function readAs(schema: Schema | undefined, text: string): unknown {
  const types = typesOf(schema)
  if (types.has('string') || types.size === 0) return text
  if (types.has('boolean') && /^(true|false)$/.test(text)) return text === 'true'
  const isNumber = (types.has('integer') || types.has('number')) && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)
  return isNumber ? parseJson(text) : text
}

function typesOf(schema: Schema | undefined): ReadonlySet<unknown> {
  const own = schema?.['type']
  const others = Array.isArray(schema?.['anyOf']) ? (schema['anyOf'] as Schema[]) : []
  return new Set([
    ...(Array.isArray(own) ? own : own === undefined ? [] : [own]),
    ...others.flatMap((one) => [...typesOf(one)]),
  ])
}

function propertiesOf(input: MetaAction['input']): Readonly<Record<string, Schema>> {
  return (input['properties'] ?? {}) as Readonly<Record<string, Schema>>
}

/** A name without what spelling adds: `order_id`, `orderId` and `OrderID` are one. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** `orders` are also called `order`, `order_items` also `item`. */
function nounsOf(name: string): string[] {
  const words = name.split(/[_\s-]+/).filter((word) => word !== '')
  const last = words.at(-1) ?? name
  return [...new Set([name, last].flatMap((one) => [plain(one), plain(singular(one))]))]
}

function singular(noun: string): string {
  if (/ies$/i.test(noun)) return `${noun.slice(0, -3)}y`
  if (/(s|x|z|ch|sh)es$/i.test(noun)) return noun.slice(0, -2)
  return /[^s]s$/i.test(noun) ? noun.slice(0, -1) : noun
}

function isDescribedAs(schema: Schema | undefined, name: string): boolean {
  const said = schema?.['description']
  if (typeof said !== 'string') return false
  const words = new Set(said.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
  return words.has('id') && nounsOf(name).some((noun) => words.has(noun))
}
