// The JSON Schema of what a promise takes or gives.
import { z } from 'zod'

// By its direction: a field with a default may be left out of an input and is always in an output.
const known = {
  input: new WeakMap<object, Record<string, unknown>>(),
  output: new WeakMap<object, Record<string, unknown>>(),
}

/**
 * A zod schema as JSON Schema 2020-12; what JSON cannot say is anything. Nothing for a schema that is not zod's.
 *
 * @example
 * jsonSchemaOf(z.object({ id: z.int() }), 'input').type // 'object'
 */
export function jsonSchemaOf(schema: unknown, io: 'input' | 'output'): Record<string, unknown> {
  if (!(schema instanceof z.core.$ZodType)) return {}
  const remembered = known[io].get(schema)
  if (remembered !== undefined) return remembered
  const {
    $schema: _,
    '~standard': __,
    ...made
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Record<string, unknown>
  // What refers to itself would refer to a place that the document around it has not.
  const plain = JSON.stringify(made).includes('"$ref"') ? {} : made
  known[io].set(schema, plain)
  return plain
}
