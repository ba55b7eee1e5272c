// What a procedure takes, as JSON Schema: by it, texts of a query become numbers and switches.

import { type JsonSchema, JsonSchemaCoercer } from '@orpc/json-schema'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import { printJson } from '@steward/base'
import { schemasOf } from '@steward/contract'
import type { KeptProcedure } from '@steward/engine'

type Field = Exclude<JsonSchema, boolean>

/** The fields of an input by name. `isOpen`: it takes others, too. */
export type InputShape = { fields: ReadonlyMap<string, Field>; isOpen: boolean }

const converter = new ZodToJsonSchemaConverter()
const coercer = new JsonSchemaCoercer()
const known = new WeakMap<KeptProcedure, InputShape>()

/**
 * The shape of a procedure's input.
 *
 * @example
 * shapeOf(kept).fields.has('limit')
 */
export function shapeOf(kept: KeptProcedure): InputShape {
  const before = known.get(kept)
  if (before !== undefined) return before
  const { input } = schemasOf(kept.promised)
  const [, schema] = input === undefined ? [false, {} as Field] : converter.convert(input, { strategy: 'input' })
  const { properties = {}, additionalProperties } = schema as {
    properties?: Record<string, JsonSchema>
    additionalProperties?: JsonSchema
  }
  const fields = Object.entries(properties).map(([name, field]): [string, Field] => [name, toField(field)])
  const isOpen = additionalProperties !== undefined && additionalProperties !== false
  const shape = { fields: new Map(fields), isOpen }
  known.set(kept, shape)
  return shape
}

/**
 * A value in the type of its field where that loses nothing: `'50'` as 50, `'true'` as true; and where a text is expected
 * the digits of a number and the JSON of all else, as on the command line. What does not fit is left for the schema to refuse.
 *
 * @example
 * inTypeOf(shapeOf(kept).fields.get('limit'), '50') // 50
 */
export function inTypeOf(field: Field | undefined, value: unknown): unknown {
  if (field === undefined) return value
  const isText = typeOf(field) === 'string'
  if (isText) return typeof value === 'string' || typeof value === 'boolean' || value == null ? value : printJson(value)
  return coercer.coerce(field, value)
}

/** `array`, `object` or whatever else JSON Schema calls the type; undefined where it may be several. */
export function typeOf(field: Field): string | undefined {
  return typeof field.type === 'string' ? field.type : undefined
}

function toField(field: JsonSchema): Field {
  return typeof field === 'boolean' ? {} : field
}
