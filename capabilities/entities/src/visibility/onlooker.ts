// Who looks: what a request may see, before it is known what it asks for.
import type { Role, WebRequest } from '@steward/engine'
import type { SchemaCache } from '../catalog/schema-cache.ts'
import { entitiesErrors } from '../errors.ts'
import type { Settings } from '../options.ts'
import type { Onlooker } from './see-table.ts'

/** Whoever has no role sees nothing: in an onlooker, null is the pure dialect. */
const nobody: Role = { name: '', permissions: [], entities: {}, functions: [] }

/**
 * The eyes of a request. In the pure dialect the database itself says what is seen.
 *
 * @example
 * const seen = seeTable(lookAs(web, room.settings, room.cache()), table)
 */
export function lookAs(
  { role, actor }: Pick<WebRequest, 'role' | 'actor'>,
  { compat }: Pick<Settings, 'compat'>,
  cache: SchemaCache,
): Onlooker {
  return { role: compat === null ? (role ?? nobody) : null, actor, cache }
}

/**
 * Refuses whoever has no role.
 *
 * @throws ENTITIES_SIGN_IN_REQUIRED, ENTITIES_ROLE_REQUIRED
 * @example
 * const onlooker = admit(lookAs(web, settings, cache))
 */
export function admit(onlooker: Onlooker): Onlooker {
  if (onlooker.role !== nobody) return onlooker
  if (onlooker.actor === null) throw entitiesErrors.SIGN_IN_REQUIRED()
  throw entitiesErrors.ROLE_REQUIRED({ actor: `${onlooker.actor.type} ${onlooker.actor.id}` })
}
