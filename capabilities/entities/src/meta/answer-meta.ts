// `GET /meta` and `GET /meta/<entity>`: what there is, as the sender's role sees it.

import { nearestNames } from '@steward/base'
import type { WebAnswer, WebRequest } from '@steward/engine'
import { formatEntity, parseEntity } from '@steward/postgres'
import { readTracked } from '@steward/trail/capability'
import { standingOf } from '../catalog/standing.ts'
import { entitiesErrors } from '../errors.ts'
import { demandMethod } from '../own-routes.ts'
import { demandPermission } from '../permit-route.ts'
import type { Room } from '../room.ts'
import { type Onlooker, type SeenTable, seeTables } from '../visibility/see-table.ts'
import { describeEntities, describeOtherActions } from './describe-entities.ts'

/**
 * Answers with all entities that the sender may read, or with one of them.
 *
 * @throws ENGINE_NOT_PERMITTED, ENTITIES_ENTITY_UNKNOWN, ENTITIES_ROUTE_METHOD
 */
export async function answerMeta(room: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  demandMethod(web, ['GET', 'HEAD'])
  const role = demandPermission(web, { procedure: 'entities.meta', permission: 'entities:meta' })
  const { settings } = room
  const onlooker: Onlooker = { role, actor: web.actor, cache: room.cache() }
  const all = settings.schemas.flatMap((schema) => seeTables(onlooker, schema))
  const asked = rest.length === 0 || (rest.length === 1 && rest[0] === '') ? null : rest.join('/')
  const seen = asked === null ? all : [findSeen(all, asked)]
  const standing = await standingOf(settings.pool, onlooker.cache, settings.schemas)
  const tracked = await readTracked(settings.pool)
  const entities = describeEntities(seen, { onlooker, settings, standing, tracked })
  const names = entities.map(({ entity }) => entity)
  const whole = () => ({ entities, actions: describeOtherActions(names, { settings, onlooker }) })
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(asked === null ? whole() : entities[0]),
    rows: entities.length,
  }
}

// What may not be read is not told apart from what is not there.
function findSeen(all: readonly SeenTable[], asked: string): SeenTable {
  const sought = parseEntity(asked)
  const found = all.find(({ table }) => table.schema === sought.schema && table.name === sought.name)
  if (found !== undefined) return found
  const nearest = nearestNames(
    asked,
    all.map(({ table }) => formatEntity(table)),
  )
  throw entitiesErrors.ENTITY_UNKNOWN({ entity: asked, nearest })
}
