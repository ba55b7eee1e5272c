// The route /session-reason: POST seals a reason, GET shows the one that is sent, DELETE ends it.
import type { WebAnswer, WebRequest } from '@steward/engine'
import { z } from 'zod'
import { entitiesErrors } from '../errors.ts'
import { answerJson, demandMethod, demandNoMore, readJsonBody } from '../own-routes.ts'
import type { Room } from '../room.ts'
import { openSessionReason, sealSessionReason } from './session-reason.ts'

const minutesUnlessSaid = 15
const mostMinutes = 480

const Asked = z.strictObject({
  reason: z.string().trim().min(1).max(1000),
  minutes: z.number().int().min(1).max(mostMinutes).default(minutesUnlessSaid),
})

/**
 * Answers `{ reason, expiresAt, token }`; the client sends the token as `Steward-Session-Reason` with its writes.
 *
 * @throws ENTITIES_BODY_INVALID, ENTITIES_ROUTE_METHOD
 */
export async function answerSessionReason(room: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  demandNoMore(web, rest)
  demandMethod(web, ['GET', 'POST', 'DELETE'])
  const { secret } = room.settings
  if (web.method === 'POST') {
    const { reason, minutes } = readJsonBody(web, Asked)
    const expiresAt = new Date(Date.now() + minutes * 60_000)
    const token = sealSessionReason({ reason, expiresAt }, { secret, sender: web })
    return answerJson(201, { reason, expiresAt, token })
  }
  // The client forgets its token: nobody else has remembered it.
  if (web.method === 'DELETE') return { status: 204, headers: {}, body: null }
  const token = web.headers['steward-session-reason']
  if (token === undefined) throw entitiesErrors.SESSION_REASON_MISSING()
  return answerJson(200, openSessionReason(token, { secret, sender: web }))
}
