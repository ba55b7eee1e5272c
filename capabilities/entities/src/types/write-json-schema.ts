// A JSON Schema, as zod writes it, as a type of TypeScript.
import { choice, type Field, fields, type Layout, print, propertyName } from './layout.ts'

/** As far as it is read here; `$ref` begins at the root. */
export type JsonSchema = boolean | { readonly [word: string]: unknown }

/**
 * The type of whatever the schema lets through. A shape that holds itself is cut there: it is `unknown`.
 *
 * @example
 * writeJsonSchema({ type: 'array', items: { type: 'number' } }) // 'number[]'
 */
export function writeJsonSchema(schema: JsonSchema): Layout {
  return write(schema, { root: schema, within: [] })
}

type Place = { root: JsonSchema; within: readonly string[] }

const plain: Readonly<Record<string, string>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
}

function write(schema: JsonSchema, place: Place): Layout {
  if (typeof schema === 'boolean') return schema ? 'unknown' : 'never'
  const { $ref: reference, const: only, enum: values, type } = schema
  if (typeof reference === 'string') return follow(reference, place)
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(values)) return choice(values.map((value) => JSON.stringify(value)))
  const options = schema['anyOf'] ?? schema['oneOf']
  if (Array.isArray(options)) return distinct(options.map((one) => write(one as JsonSchema, place)))
  const all = schema['allOf']
  if (Array.isArray(all)) return all.map((one) => grouped(write(one as JsonSchema, place))).join(' & ')
  if (Array.isArray(type)) return distinct(type.map((one) => write({ ...schema, type: one }, place)))
  if (type === 'array') return writeArray(schema, place)
  if (type === 'object') return writeObject(schema, place)
  return typeof type === 'string' ? (plain[type] ?? 'unknown') : 'unknown'
}

function writeArray(schema: Exclude<JsonSchema, boolean>, place: Place): Layout {
  const first = schema['prefixItems']
  const rest = schema['items'] as JsonSchema | undefined
  if (!Array.isArray(first)) return `${grouped(write(rest ?? true, place))}[]`
  const members = first.map((one) => onOneLine(write(one as JsonSchema, place)))
  if (rest !== undefined && rest !== false) members.push(`...${grouped(write(rest, place))}[]`)
  return `[${members.join(', ')}]`
}

function writeObject(schema: Exclude<JsonSchema, boolean>, place: Place): Layout {
  const properties = (schema['properties'] ?? {}) as Record<string, JsonSchema>
  const required = new Set(schema['required'] as string[] | undefined)
  const listed = Object.entries(properties).map(
    ([name, one]): Field => [`${propertyName(name)}${required.has(name) ? '' : '?'}`, write(one, place)],
  )
  const more = schema['additionalProperties'] as JsonSchema | undefined
  if (listed.length > 0) return fields(listed, { isOpen: false })
  if (more === false) return 'Record<string, never>'
  const names = (schema['propertyNames'] as JsonSchema | undefined) ?? { type: 'string' }
  const record = `Record<${onOneLine(write(names, place))}, ${onOneLine(write(more ?? true, place))}>`
  // Of a record whose names are listed zod demands all of them only where it says so.
  return typeof names === 'object' && 'enum' in names && required.size === 0 ? `Partial<${record}>` : record
}

function follow(reference: string, { root, within }: Place): Layout {
  if (within.includes(reference)) return 'unknown'
  const words = reference
    .split('/')
    .slice(1)
    .map((word) => word.replaceAll('~1', '/').replaceAll('~0', '~'))
  const found = words.reduce<unknown>((place, word) => (place as Record<string, unknown> | undefined)?.[word], root)
  return found === undefined ? 'unknown' : write(found as JsonSchema, { root, within: [...within, reference] })
}

function distinct(options: Layout[]): Layout {
  const seen = new Map(options.map((option) => [onOneLine(option), option]))
  return seen.has('unknown') ? 'unknown' : choice([...seen.values()])
}

function grouped(layout: Layout): string {
  const text = onOneLine(layout)
  return / [|&] /.test(text) ? `(${text})` : text
}

function onOneLine(layout: Layout): string {
  return print(layout, 0, Number.NEGATIVE_INFINITY)
}
