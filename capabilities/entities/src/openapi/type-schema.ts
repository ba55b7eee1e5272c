// A column's type as JSON Schema: what stands in the JSON that PostgreSQL prints.
import type { CacheColumn } from '../catalog/schema-cache.ts'

/** A part of a document. */
export type Json = Record<string, unknown>

/**
 * The schema of a type by its name below all domains.
 *
 * @example
 * typeSchema('timestamp with time zone') // { type: 'string', format: 'date-time' }
 */
export function typeSchema(type: string): Json {
  const plain = type.replace(/\([^)]*\)/, '')
  if (plain.endsWith('[]')) return { type: 'array', items: typeSchema(plain.slice(0, -2)) }
  if (Object.hasOwn(schemas, plain)) return { ...schemas[plain] }
  return { type: 'string' }
}

const schemas: Readonly<Record<string, Json>> = {
  smallint: { type: 'integer', format: 'int32' },
  integer: { type: 'integer', format: 'int32' },
  bigint: { type: 'integer', format: 'int64' },
  oid: { type: 'integer', format: 'int64' },
  numeric: { type: 'number' },
  real: { type: 'number', format: 'float' },
  'double precision': { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  json: {},
  jsonb: {},
  record: {},
  anyelement: {},
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  'timestamp with time zone': { type: 'string', format: 'date-time' },
}

/**
 * The schema of a column. Of a masked one nothing is said that a value could be guessed from.
 *
 * @example
 * columnSchema(column, { isMasked: false })
 */
export function columnSchema(column: CacheColumn, { isMasked }: { isMasked: boolean }): Json {
  const { baseType, enumLabels, maxLength, isNullable, comment } = column
  const base = typeSchema(baseType)
  const described = comment === null ? {} : { description: comment }
  if (isMasked) return { ...orNull(base), description: `${comment === null ? '' : `${comment}\n\n`}Masked.` }
  if (enumLabels !== null && base['type'] === 'string') {
    const values = isNullable ? [...enumLabels, null] : enumLabels
    return { type: isNullable ? ['string', 'null'] : 'string', enum: values, ...described }
  }
  const bounded = maxLength !== null && base['type'] === 'string' ? { ...base, maxLength } : base
  return { ...(isNullable ? orNull(bounded) : bounded), ...described }
}

/** The same, or null. */
export function orNull(schema: Json): Json {
  return typeof schema['type'] === 'string' ? { ...schema, type: [schema['type'], 'null'] } : schema
}
