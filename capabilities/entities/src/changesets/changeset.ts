// An ordered list of requests that are one operation: what a client sends.
import { printJson } from '@steward/base'
import type { WebRequest } from '@steward/engine'
import { z } from 'zod'

/** The most requests in one changeset: all of them hold their locks until the last has run. */
export const mostRequests = 1000

const OneRequest = z.strictObject({
  method: z.string().max(20),
  path: z.string().startsWith('/').max(100_000),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
})

/** `body` of a request is the JSON that it would have sent alone, or a text. */
export const Changeset = z.strictObject({
  reason: z.string().max(2000).nullish(),
  requests: z.array(OneRequest).min(1),
  dryRun: z.boolean().default(false),
})

/**
 * One request of a changeset, as if it had come alone from the same sender.
 *
 * @example
 * const { path, query } = asWebRequest(web, { method: 'PATCH', path: '/orders?id=eq.7', headers: {}, body: { paid: true } })
 */
export function asWebRequest(
  web: WebRequest,
  { method, path, headers, body }: z.output<typeof OneRequest>,
): WebRequest {
  const at = path.indexOf('?')
  const lowered = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  const isEmpty = body === undefined || body === null
  return {
    ...web,
    method: method.toUpperCase(),
    path: at === -1 ? path : path.slice(0, at),
    query: at === -1 ? '' : path.slice(at + 1),
    headers: isEmpty ? lowered : { 'content-type': 'application/json', ...lowered },
    body: isEmpty ? null : Buffer.from(typeof body === 'string' ? body : printJson(body)),
  }
}
