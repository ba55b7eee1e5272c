// The header If-Match: the versions that a record may have for a write to hold.
import { entitiesErrors } from '../../errors.ts'

const tag = /\s*(W\/)?"([\u0021\u0023-\u007e\u0080-\u00ff]*)"\s*(?:,|$)/y

/**
 * The tags without their quotes; weak ones are left out, since a write compares strongly.
 *
 * @throws ENTITIES_IF_MATCH_INVALID
 * @example
 * readMatch('"x12", W/"x13"') // ['x12']
 */
export function readMatch(header: string): '*' | string[] {
  if (header.trim() === '*') return '*'
  const tags: string[] = []
  tag.lastIndex = 0
  let end = 0
  while (end < header.length) {
    const found = tag.exec(header)
    if (found === null) throw entitiesErrors.IF_MATCH_INVALID()
    if (found[1] === undefined) tags.push(found[2] ?? '')
    end = tag.lastIndex
  }
  if (header.trim() === '' || header.trimEnd().endsWith(',')) throw entitiesErrors.IF_MATCH_INVALID()
  return tags
}
