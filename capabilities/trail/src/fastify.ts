// The door for Fastify: a plugin that makes every request an operation.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { insideOperation } from './context/current-operation.ts'
import type { OpenOperation } from './context/open-operation.ts'
import { beginRequest, firstHeader, type RequestOptions } from './context/request-operation.ts'

export type { RequestOptions } from './context/request-operation.ts'

/** Fastify's own way to give a plugin its options. */
export type TrailRequestsPlugin = (
  fastify: FastifyInstance,
  options: RequestOptions<FastifyRequest>,
  done: (error?: Error) => void,
) => void

/**
 * Makes every request an operation of the trail: what its handlers change carries actor, route and request id. Holds
 * for all routes of the instance that it is registered on.
 *
 * @example
 * await app.register(trailRequests, { actor: (request) => ({ type: 'user', id: userOf(request).id }) })
 */
export const trailRequests: TrailRequestsPlugin = Object.assign(
  ((fastify, options, done) => {
    const operations = new WeakMap<FastifyRequest, OpenOperation>()
    fastify.addHook('onRequest', (request, _reply, next) => {
      const operation = beginRequest(request, options, {
        procedure: () => `${request.method} ${request.routeOptions.url ?? (request.url.split('?', 1)[0] as string)}`,
        requestId: () => firstHeader(request.headers['x-request-id']) ?? request.id,
      })
      operations.set(request, operation)
      insideOperation(operation, next)
    })
    // Reading the body goes through the socket's events, which know of no operation.
    fastify.addHook('preValidation', (request, _reply, next) => {
      insideOperation(operations.get(request), next)
    })
    if (options.record === 'always') {
      fastify.addHook('onResponse', (request, reply, next) => {
        endWith(reply, operations.get(request))
        next()
      })
    }
    done()
  }) satisfies TrailRequestsPlugin,
  // Not only for the routes of a scope of its own: what the package fastify-plugin sets.
  { [Symbol.for('skip-override')]: true, [Symbol.for('fastify.display-name')]: '@steward/trail' },
)

function endWith(reply: FastifyReply, operation: OpenOperation | undefined): void {
  if (reply.statusCode >= 500) void operation?.end('failed', `HTTP ${reply.statusCode}`)
  else void operation?.end('done')
}
