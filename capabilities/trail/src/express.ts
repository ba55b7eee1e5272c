// The door for Express: a middleware that makes every request an operation.
import type { Request, RequestHandler, Response } from 'express'
import { insideOperation } from './context/current-operation.ts'
import type { OpenOperation } from './context/open-operation.ts'
import { beginRequest, firstHeader, type RequestOptions } from './context/request-operation.ts'

export type { RequestOptions } from './context/request-operation.ts'

/**
 * Makes every request an operation of the trail: what its handlers change carries actor, route and request id. Put it
 * behind the parsers of bodies and before the routes; it may stand before the authentication.
 *
 * @example
 * app.use(express.json(), trailRequests({ actor: (request) => ({ type: 'user', id: userOf(request).id }) }))
 */
export function trailRequests(options: RequestOptions<Request> = {}): RequestHandler {
  return (request, response, next) => {
    const operation = beginRequest(request, options, {
      procedure: () => `${request.method} ${patternOf(request)}`,
      requestId: () => firstHeader(request.headers['x-request-id']),
    })
    if (options.record === 'always') endWith(response, operation)
    insideOperation(operation, next)
  }
}

function patternOf(request: Request): string {
  const route = request.route as { path?: unknown } | undefined
  if (route?.path === undefined) return (request.originalUrl || request.url).split('?', 1)[0] as string
  return `${request.baseUrl}${route.path === '/' && request.baseUrl ? '' : typeof route.path === 'string' ? route.path : JSON.stringify(route.path)}`
}

function endWith(response: Response, operation: OpenOperation): void {
  response.once('close', () => {
    if (response.statusCode >= 500) void operation.end('failed', `HTTP ${response.statusCode}`)
    else void operation.end('done')
  })
}
