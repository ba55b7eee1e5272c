// Where a request to the Admin API goes: to one of its own routes, or into the dialect's corridor.
import type { WebAnswer, WebRequest } from '@steward/engine'
import { answerRequest, type Room } from './dialect/answer-request.ts'
import { translateError } from './dialect/translate-error.ts'

/** Answers what stands below one word of the path; `rest` are the path's further parts, decoded. Throws to refuse. */
export type Route = (room: Room, web: WebRequest, rest: readonly string[]) => Promise<WebAnswer>

/** The routes of Steward's own, by the first part of the path. An entity of the same name is at `/entities/<name>`. */
const routes: Readonly<Record<string, Route>> = {}

/**
 * Answers a request, refusals too; never throws. The pure dialect has no routes but its own.
 *
 * @example
 * const { status } = await answerWeb(room, request)
 */
export async function answerWeb(room: Room, web: WebRequest): Promise<WebAnswer> {
  if (room.settings.compat !== null) return answerRequest(room, web)
  const [first = '', ...rest] = partsOf(web.path)
  const route = Object.hasOwn(routes, first) ? routes[first] : undefined
  if (route === undefined) return answerRequest(room, web)
  try {
    return await route(room, web, rest)
  } catch (error) {
    return translateError(error, { isAnonymous: web.actor === null, onUnexpected: room.settings.onError })
  }
}

/** A part that cannot be decoded is no route of ours; the dialect refuses it in its own words. */
function partsOf(path: string): string[] {
  try {
    return path.replace(/^\//, '').split('/').map(decodeURIComponent)
  } catch {
    return []
  }
}
