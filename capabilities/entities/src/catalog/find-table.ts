// Looks up a table by name, or refuses with the nearest name that there is.
import { DialectError } from '../dialect/dialect-error.ts'
import { nearestByLikeness } from './likeness.ts'
import type { CacheTable, SchemaCache } from './schema-cache.ts'

/**
 * The table or view of this name.
 *
 * @throws PGRST205 when there is none in the schema.
 */
export function findTable(cache: SchemaCache, schema: string, name: string): CacheTable {
  const table = cache.table(schema, name)
  if (!table) throw tableNotFound(cache, schema, name)
  return table
}

// The reference gives no hint in a schema of this many tables or more.
const hintLimit = 500

/** PGRST205: there is no such table. */
export function tableNotFound(cache: SchemaCache, schema: string, name: string): DialectError {
  const names = cache.tables(schema).map((table) => table.name)
  const nearest = names.length < hintLimit ? nearestByLikeness(name, names) : null
  return new DialectError({
    status: 404,
    code: 'PGRST205',
    message: `Could not find the table '${schema}.${name}' in the schema cache`,
    hint: nearest && `Perhaps you meant the table '${schema}.${nearest}'`,
  })
}
