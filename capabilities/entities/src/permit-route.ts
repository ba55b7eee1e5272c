// What every route of Steward's own asks first: may this sender do that.
import { engineErrors, isPermitted, type Role, type WebRequest } from '@steward/engine'

/**
 * Refuses whoever may not do what the route does.
 *
 * @throws ENGINE_NOT_PERMITTED
 * @example
 * const role = demandPermission(web, { procedure: 'entities.search', permission: 'entities:search' })
 */
export function demandPermission(web: WebRequest, asked: { procedure: string; permission: string }): Role {
  const { role, actor } = web
  if (role !== null && isPermitted(role, asked.permission)) return role
  throw engineErrors.NOT_PERMITTED({
    actor: actor === null ? 'Nobody in particular' : `${actor.type} ${actor.id}`,
    ...asked,
  })
}
