// The first stage of the corridor: a web request becomes what it asks for, or a refusal in the words of the dialect.
import type { WebRequest } from '@steward/engine'
import type { Settings } from '../options.ts'
import type { DialectRequest, Target } from './dialect-request.ts'
import { chooseFormat } from './request/choose-format.ts'
import { limitRequest } from './request/limit-request.ts'
import { readMatch } from './request/read-match.ts'
import { readPayload } from './request/read-payload.ts'
import { readPreferences, refuseUnknownPreferences } from './request/read-preferences.ts'
import { readQuery } from './request/read-query.ts'
import { readRanges } from './request/read-ranges.ts'
import { readMethod, readSchema, readTarget } from './request/read-target.ts'

type Method = DialectRequest['method']

/**
 * Understands a request without asking the database; the first thing that is wrong with it is refused.
 *
 * @throws {DialectError} whatever the request is
 */
export function readRequest(web: WebRequest, settings: Settings): DialectRequest {
  const target = readTarget(web.path)
  const method = readMethod(web.method, target)
  const schema = readSchema(web.headers, method, settings)
  const isRead = method === 'GET' || method === 'HEAD'
  const { windows, ...query } = readQuery(web.query, isRead && target.kind === 'function')
  const ranges = readRanges(windows, { method, range: web.headers.range })
  const columns = method === 'POST' || method === 'PATCH' ? query.columns : null
  const payload = readBody(web, method, target, columns)
  const format = method === 'OPTIONS' ? ({ kind: 'json' } as const) : chooseFormat(web.headers.accept, target, settings)
  const preferences = readPreferences({ header: web.headers.prefer, method, target }, settings)
  refuseUnknownPreferences(preferences)
  const isPure = settings.compat !== null
  if (!isPure) limitRequest(query, settings)
  const match = isPure ? undefined : web.headers['if-match']
  return {
    method,
    ...schema,
    target,
    ...query,
    ...ranges,
    columns,
    payload,
    ...preferences,
    format,
    headers: web.headers,
    path: web.path,
    ...(match === undefined ? {} : { match: readMatch(match) }),
  }
}

function readBody(web: WebRequest, method: Method, target: Target, columns: string[] | null) {
  if (method !== 'POST' && method !== 'PATCH' && method !== 'PUT') return null
  const contentType = web.headers['content-type']
  return readPayload({ body: web.body, contentType, isCall: target.kind === 'function', columns })
}
