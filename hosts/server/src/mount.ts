// Rooms in a server that exists already: Fastify's, Express', NestJS', or Node's own.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyPluginCallback } from 'fastify'
import { createHandler } from './request-handler.ts'
import type { MountOptions } from './server-options.ts'

/**
 * Answers a request of Node's own server; with `next`, as Express and NestJS give it, what belongs to no room goes on.
 *
 * @example
 * const listener: RequestListener = asRequestListener({ rooms: [{ prefix: '/', room }] })
 */
export type RequestListener = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
) => void

/**
 * Rooms as a middleware of Express and NestJS, or as the listener of a bare Node server. Mount it before parsers of
 * bodies. Below a path of Express the prefixes begin there.
 *
 * @example
 * app.use('/admin', asRequestListener({ rooms: [{ prefix: '/', room }], identify }))
 */
export function asRequestListener(options: MountOptions): RequestListener {
  const handle = createHandler(options)
  return (request, response, next) => {
    void handle(request, response, { isLast: next === undefined }).then((isAnswered) => {
      if (!isAnswered) next?.()
    })
  }
}

/**
 * Rooms as a plugin of Fastify. Hooks of the application run before them, up to `preHandler`; headers that those have set
 * are sent. Closing the application closes the rooms.
 *
 * @example
 * await app.register(asFastifyPlugin({ rooms: [{ prefix: '/', room }], identify }), { prefix: '/admin' })
 */
export function asFastifyPlugin(options: MountOptions): FastifyPluginCallback {
  return (instance, _none, done) => {
    const handle = createHandler({ log: instance.log, ...options })
    // The bytes of a body are the room's: Fastify hands them on unread.
    instance.removeAllContentTypeParsers()
    instance.addContentTypeParser('*', (_request, _payload, next) => next(null))
    for (const url of options.rooms.flatMap(({ prefix }) => routesOf(prefix))) {
      instance.route({
        method: instance.supportedMethods,
        url,
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          reply.hijack()
          for (const [name, value] of Object.entries(reply.getHeaders())) {
            if (value !== undefined) reply.raw.setHeader(name, value)
          }
          await handle(request.raw, reply.raw, { base: instance.prefix, isLast: true })
        },
      })
    }
    instance.addHook('onClose', async () => {
      await Promise.allSettled(options.rooms.map(({ room }) => room.close()))
    })
    done()
  }
}

function routesOf(prefix: string): string[] {
  const base = prefix.replace(/\/+$/, '')
  return [base === '' ? '/' : base, `${base}/*`]
}
