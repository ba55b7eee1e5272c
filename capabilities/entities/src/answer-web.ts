// Where a request to the Admin API goes: to one of its own routes, or into the dialect's corridor.
import type { WebAnswer, WebRequest } from '@steward/engine'
import { answerCalls } from './calls/answer-calls.ts'
import { answerChangeset } from './changesets/answer-changeset.ts'
import { answerRequest } from './dialect/answer-request.ts'
import { translateError } from './dialect/translate-error.ts'
import { answerEvents } from './events/answer-events.ts'
import { answerOnce } from './idempotency/answer-once.ts'
import { answerMeta } from './meta/answer-meta.ts'
import { answerDocs, answerOpenApi } from './openapi/answer-openapi.ts'
import type { OwnWord } from './openapi/own-words.ts'
import { answerSessionReason } from './operations/answer-session-reason.ts'
import type { Room, Route } from './room.ts'
import { answerSearch } from './search/answer-search.ts'
import { answerProcedure } from './service-procedures/answer-procedure.ts'
import { prefixed, targetOf } from './target-of.ts'
import { admit, lookAs } from './visibility/onlooker.ts'

/** The routes of Steward's own, by the first part of the path. An entity of the same name is at `/entities/<name>`. */
const routes: Readonly<Record<OwnWord, Route>> = {
  calls: answerCalls,
  changesets: answerChangeset,
  docs: answerDocs,
  events: answerEvents,
  meta: answerMeta,
  'openapi.json': answerOpenApi,
  rpc: answerProcedure,
  search: answerSearch,
  'session-reason': answerSessionReason,
}

/**
 * Answers a request, refusals too; never throws. The pure dialect has no routes but its own.
 *
 * @example
 * const { status } = await answerWeb(room, request)
 */
export async function answerWeb(room: Room, web: WebRequest): Promise<WebAnswer> {
  if (room.settings.compat !== null) return answerRequest(room, web)
  const [first = '', ...rest] = partsOf(web.path)
  const route = Object.hasOwn(routes, first) ? routes[first as OwnWord] : undefined
  try {
    // Deny by default: who has no role may do nothing at all.
    admit(lookAs(web, room.settings, room.cache()))
    return await answerOnce(room, web, (once) =>
      route === undefined ? answerTarget(room, once) : route(room, once, rest),
    )
  } catch (error) {
    return translateError(error, {
      onlooker: lookAs(web, room.settings, room.cache()),
      onUnexpected: room.settings.onError,
    })
  }
}

async function answerTarget(room: Room, sent: WebRequest): Promise<WebAnswer> {
  const { web, prefix } = targetOf(sent)
  const answer = await answerRequest(room, web)
  return { ...answer, headers: prefixed(answer.headers, prefix) }
}

/** A part that cannot be decoded is no route of ours; the dialect refuses it in its own words. */
function partsOf(path: string): string[] {
  try {
    return path.replace(/^\//, '').split('/').map(decodeURIComponent)
  } catch {
    return []
  }
}
