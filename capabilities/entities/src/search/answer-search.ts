// `GET /search?q=`: one box that finds a record by its key, its e-mail, its number.
import type { WebAnswer, WebRequest } from '@steward/engine'
import { standingOf } from '../catalog/standing.ts'
import { entitiesErrors } from '../errors.ts'
import { demandMethod, demandNoMore } from '../own-routes.ts'
import { demandPermission } from '../permit-route.ts'
import type { Room } from '../room.ts'
import { seeTables } from '../visibility/see-table.ts'
import { searchEntities } from './search-entities.ts'

/** As long as anything that people paste into a box and mean as one thing. */
const longest = 200
const mostHits = 100

/**
 * Answers `{ hits: [{ entity, key, label, matched }], partial: [entity] }`.
 *
 * @throws ENGINE_NOT_PERMITTED, ENTITIES_SEARCH_TOO_SHORT, ENTITIES_SEARCH_MALFORMED, ENTITIES_ROUTE_METHOD
 */
export async function answerSearch(room: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  demandMethod(web, ['GET', 'HEAD'])
  demandNoMore(web, rest)
  const role = demandPermission(web, { procedure: 'entities.search', permission: 'entities:search' })
  const { settings } = room
  const asked = readAsked(web.query)
  const onlooker = { role, actor: web.actor, cache: room.cache() }
  const seen = settings.schemas.flatMap((schema) => seeTables(onlooker, schema))
  const standing = await standingOf(settings.pool, onlooker.cache, settings.schemas)
  const found = await searchEntities(seen, { settings, standing, ...asked })
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(found),
    rows: found.hits.length,
  }
}

function readAsked(query: string): { text: string; limit: number } {
  const parameters = new URLSearchParams(query)
  const text = (parameters.get('q') ?? '').trim()
  if ([...text].length < 2) throw entitiesErrors.SEARCH_TOO_SHORT()
  if (text.length > longest)
    throw entitiesErrors.SEARCH_MALFORMED({ problem: `q is longer than ${longest} characters` })
  if (/\p{Cc}|\ufffd/u.test(text) || !text.isWellFormed()) {
    throw entitiesErrors.SEARCH_MALFORMED({ problem: 'q has characters that are no text' })
  }
  const limit = parameters.get('limit') ?? '20'
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > mostHits) {
    throw entitiesErrors.SEARCH_MALFORMED({ problem: `limit is a number from 1 to ${mostHits}` })
  }
  return { text, limit: Number(limit) }
}
