// Which fields a form has for a JSON Schema, as zod writes one (draft 2020-12).

/** A JSON Schema, as zod writes it. */
export type JsonSchema = Readonly<Record<string, unknown>>

type Common = {
  /** Its name in the object around it; empty for the items of a list. */
  name: string
  /** What is read above it: its title, else its name made readable. */
  label: string
  description: string | null
  isRequired: boolean
  isNullable: boolean
  /** What is taken where nothing is given; undefined where nothing is. */
  fallback: unknown
}

/** Something that a form asks for. */
export type SchemaField = Common &
  (
    | { kind: 'text'; format: string | null; minLength: number; maxLength: number | null; pattern: string | null }
    | { kind: 'number'; isInteger: boolean; limits: Limits }
    | { kind: 'boolean' }
    | { kind: 'choice'; choices: readonly (string | number | boolean)[] }
    | { kind: 'date' | 'moment' }
    | { kind: 'fixed'; value: unknown }
    | { kind: 'list'; item: SchemaField; minItems: number; maxItems: number | null }
    | { kind: 'group'; fields: readonly SchemaField[] }
    | { kind: 'json' }
  )

/** Between which numbers it is; each as it was written, or null. */
export type Limits = { least: number | null; above: number | null; most: number | null; below: number | null }

/** Deeper than this a form is no help: it is written as JSON. */
const deepest = 5

/**
 * The fields of an object's schema, in its order. What a form has no field for is written as JSON.
 *
 * @example
 * fieldsOf({ type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] })[0]?.kind // 'number'
 */
export function fieldsOf(schema: JsonSchema, depth = 0): SchemaField[] {
  const required = new Set(Array.isArray(schema['required']) ? (schema['required'] as string[]) : [])
  return Object.entries(asObject(schema['properties'])).map(([name, each]) =>
    fieldOf(name, asObject(each), { isRequired: required.has(name), depth }),
  )
}

type Place = { isRequired: boolean; depth: number }

function fieldOf(name: string, given: JsonSchema, place: Place): SchemaField {
  const { schema, isNullable } = withoutNull(given)
  const described = { ...given, ...schema }
  const common: Common = {
    name,
    label: textAt(described, 'title') ?? readable(name),
    description: textAt(given, 'description') ?? textAt(schema, 'description'),
    // What has a default may be left out, whatever the schema of its output says.
    isRequired: place.isRequired && described['default'] === undefined,
    isNullable,
    fallback: described['default'],
  }
  return { ...common, ...kindOf(schema, place.depth) }
}

type Kind = SchemaField extends infer Field ? (Field extends SchemaField ? Omit<Field, keyof Common> : never) : never

function kindOf(schema: JsonSchema, depth: number): Kind {
  if (schema['const'] !== undefined) return { kind: 'fixed', value: schema['const'] }
  const choices = choicesOf(schema)
  if (choices !== null) return { kind: 'choice', choices }
  switch (schema['type']) {
    case 'string':
      return textOf(schema)
    case 'integer':
    case 'number':
      return { kind: 'number', isInteger: schema['type'] === 'integer', limits: limitsOf(schema) }
    case 'boolean':
      return { kind: 'boolean' }
    case 'array':
      return listOf(schema, depth)
    case 'object':
      return groupOf(schema, depth)
    default:
      return { kind: 'json' }
  }
}

function textOf(schema: JsonSchema): Kind {
  const format = textAt(schema, 'format')
  if (format === 'date') return { kind: 'date' }
  if (format === 'date-time') return { kind: 'moment' }
  return {
    kind: 'text',
    format,
    minLength: numberAt(schema, 'minLength') ?? 0,
    maxLength: numberAt(schema, 'maxLength'),
    // zod writes the pattern of each format as well: the format says it better.
    pattern: format === null ? textAt(schema, 'pattern') : null,
  }
}

function limitsOf(schema: JsonSchema): Limits {
  const [least, most] = [numberAt(schema, 'minimum'), numberAt(schema, 'maximum')]
  return {
    // zod says of each integer that it is a safe one.
    least: least === Number.MIN_SAFE_INTEGER ? null : least,
    above: numberAt(schema, 'exclusiveMinimum'),
    most: most === Number.MAX_SAFE_INTEGER ? null : most,
    below: numberAt(schema, 'exclusiveMaximum'),
  }
}

function listOf(schema: JsonSchema, depth: number): Kind {
  const { items } = schema
  if (depth >= deepest || typeof items !== 'object' || items === null || schema['prefixItems'] !== undefined) {
    return { kind: 'json' }
  }
  const item = fieldOf('', items as JsonSchema, { isRequired: true, depth: depth + 1 })
  // Lists of lists, and of anything, are written as JSON.
  if (item.kind === 'json' || item.kind === 'list') return { kind: 'json' }
  return { kind: 'list', item, minItems: numberAt(schema, 'minItems') ?? 0, maxItems: numberAt(schema, 'maxItems') }
}

function groupOf(schema: JsonSchema, depth: number): Kind {
  const fields = depth >= deepest ? [] : fieldsOf(schema, depth + 1)
  return fields.length === 0 ? { kind: 'json' } : { kind: 'group', fields }
}

function choicesOf(schema: JsonSchema): readonly (string | number | boolean)[] | null {
  const options = schema['anyOf'] ?? schema['oneOf']
  const consts = Array.isArray(options) ? options.map((each) => asObject(each)['const']) : [undefined]
  const values = Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : consts
  const isChoice = values.length > 0 && values.every((value) => ['string', 'number', 'boolean'].includes(typeof value))
  return isChoice ? (values as (string | number | boolean)[]) : null
}

/** `anyOf: [something, null]` and `type: [something, null]` are that something, or nothing. */
function withoutNull(schema: JsonSchema): { schema: JsonSchema; isNullable: boolean } {
  const { anyOf, type } = schema
  if (Array.isArray(type) && type.includes('null')) {
    const others = type.filter((each) => each !== 'null')
    return { schema: { ...schema, type: others.length === 1 ? others[0] : others }, isNullable: true }
  }
  if (!Array.isArray(anyOf)) return { schema, isNullable: false }
  const others = anyOf.map(asObject).filter((each) => each['type'] !== 'null')
  if (others.length === anyOf.length) return { schema, isNullable: false }
  return { schema: others.length === 1 ? (others[0] as JsonSchema) : { ...schema, anyOf: others }, isNullable: true }
}

/** `orderId`, `order_id`: "Order id". */
function readable(name: string): string {
  const words = name.replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2').split(/[_\s-]+/)
  const text = words.map((word) => (/^\p{Lu}+$/u.test(word) ? word : word.toLowerCase())).join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function asObject(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {}
}

function textAt(schema: JsonSchema, name: string): string | null {
  const value = schema[name]
  return typeof value === 'string' ? value : null
}

function numberAt(schema: JsonSchema, name: string): number | null {
  const value = schema[name]
  return typeof value === 'number' ? value : null
}
