// An entity as people write it: `orders`, or `billing.orders` outside the schema public.
import { postgresErrors } from './errors.ts'

/** A table or view by its exact names, as the catalog has them. */
export type Entity = { schema: string; name: string }

/**
 * Reads `table`, `schema.table`, or either part in double quotes when it holds a dot or a quote. Names are taken
 * exactly as written: capitals stay capitals.
 *
 * @throws StewardError POSTGRES_ENTITY_NAME when the text is no such name.
 * @example
 * parseEntity('billing.orders') // { schema: 'billing', name: 'orders' }
 * parseEntity('orders') // { schema: 'public', name: 'orders' }
 */
export function parseEntity(text: string): Entity {
  const match = /^(?:(?:"((?:[^"]|"")+)"|([^".]+))\.)?(?:"((?:[^"]|"")+)"|([^".]+))$/s.exec(text)
  if (!match || text.includes('\0')) throw postgresErrors.ENTITY_NAME({ text })
  const [, quotedSchema, schema, quotedName, name] = match
  return {
    schema: quotedSchema?.replaceAll('""', '"') ?? schema ?? 'public',
    name: quotedName?.replaceAll('""', '"') ?? (name as string),
  }
}

/**
 * Writes an entity as people do, so that `parseEntity` reads it back.
 *
 * @example
 * formatEntity({ schema: 'public', name: 'orders' }) // 'orders'
 */
export function formatEntity(entity: Entity): string {
  const name = formatPart(entity.name)
  return entity.schema === 'public' ? name : `${formatPart(entity.schema)}.${name}`
}

function formatPart(name: string): string {
  return /[".]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name
}
