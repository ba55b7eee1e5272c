// `GET /calls`: the log of calls, for those who may see what others asked for.
import { printJson } from '@steward/base'
import type { WebAnswer, WebRequest } from '@steward/engine'
import { entitiesErrors } from '../errors.ts'
import { demandMethod } from '../own-routes.ts'
import { demandPermission } from '../permit-route.ts'
import type { Room } from '../room.ts'

/**
 * Answers as `steward entities calls --json` does; the query names its options.
 *
 * @throws ENGINE_NOT_PERMITTED, ENGINE_INPUT_INVALID, ENTITIES_NO_CALL_LOG, ENTITIES_ROUTE_METHOD
 */
export async function answerCalls({ settings }: Room, web: WebRequest, rest: readonly string[]): Promise<WebAnswer> {
  demandMethod(web, ['GET', 'HEAD'])
  demandPermission(web, { procedure: 'entities.calls', permission: 'entities:calls' })
  if (settings.readCalls === null || rest.length > 0) throw entitiesErrors.NO_CALL_LOG()
  const input = Object.fromEntries(new URLSearchParams(web.query))
  const { actor, role, requestId } = web
  const calls = await settings.readCalls(input, { actor, role, requestId })
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: printJson(calls),
    rows: Array.isArray(calls) ? calls.length : null,
  }
}
