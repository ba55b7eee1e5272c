// The door for Hono: a middleware that makes every request an operation.
import type { Context, MiddlewareHandler } from 'hono'
import { insideOperation } from './context/current-operation.ts'
import { beginRequest, type RequestOptions } from './context/request-operation.ts'

export type { RequestOptions } from './context/request-operation.ts'

/**
 * Makes every request an operation of the trail: what its handlers change carries actor, route and request id. The
 * functions are given Hono's context.
 *
 * @example
 * app.use(trailRequests({ actor: (context) => ({ type: 'user', id: context.get('userId') }) }))
 */
export function trailRequests(options: RequestOptions<Context> = {}): MiddlewareHandler {
  return async (context, next) => {
    const operation = beginRequest(context, options, {
      procedure: () => `${context.req.method} ${patternOf(context)}`,
      requestId: () => context.req.header('x-request-id'),
    })
    await insideOperation(operation, next)
    if (options.record !== 'always') return
    if (context.error !== undefined) await operation.end('failed', context.error)
    else if (context.res.status >= 500) await operation.end('failed', `HTTP ${context.res.status}`)
    else await operation.end('done')
  }
}

// The route, and not the middleware that stands before it under `*`.
function patternOf(context: Context): string {
  const routes = (context.req as { matchedRoutes?: { method: string; path: string }[] }).matchedRoutes ?? []
  return routes.findLast(({ method }) => method !== 'ALL')?.path ?? routes.at(-1)?.path ?? context.req.path
}
