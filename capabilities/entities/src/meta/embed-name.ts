// What stands in `select` for a way from one table to another: the shortest name that means this way and no other.
import { findRelationship, type SoughtEmbed } from '../catalog/find-relationship.ts'
import type { Relationship, SchemaCache } from '../catalog/schema-cache.ts'
import { DialectError } from '../dialect/dialect-error.ts'

/**
 * The name of an embed, as `customer` or `users!friends_inviter_fkey`; null where no name means it, as of a table of another
 * schema.
 *
 * @example
 * embedName(cache, relationship) // 'customer'
 */
export function embedName(cache: SchemaCache, way: Relationship): string | null {
  for (const { relation, hint } of candidatesOf(way)) {
    if (!isMeant(cache, way, { relation, hint })) continue
    return hint === null ? quoteWord(relation) : `${quoteWord(relation)}!${quoteWord(hint)}`
  }
  return null
}

function candidatesOf(way: Relationship): SoughtEmbed[] {
  if (way.kind === 'computed') return [{ relation: way.function.name, hint: null }]
  const relation = way.target.name
  const [only] = way.kind !== 'many-to-many' && way.columns.length === 1 ? way.columns : []
  const hints = way.kind === 'many-to-many' ? [way.junction.name] : [way.constraint]
  if (only !== undefined) hints.push(only.target, only.origin)
  return [null, ...hints].map((hint) => ({ relation, hint }))
}

function isMeant(cache: SchemaCache, way: Relationship, sought: SoughtEmbed): boolean {
  try {
    return findRelationship(cache, way.origin, sought, way.origin.schema) === way
  } catch (error) {
    if (error instanceof DialectError) return false
    throw error
  }
}

/**
 * A name as the grammar of the dialect reads it back.
 *
 * @example
 * quoteWord('a.b') // '"a.b"'
 */
export function quoteWord(name: string): string {
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) ? name : `"${name.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}
