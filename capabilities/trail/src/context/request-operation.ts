// The operation of a request: what all doors of frameworks do alike.
import { type Actor, timeOrderedId } from '@steward/base'
import { beginOperation } from './current-operation.ts'
import type { OpenOperation, OperationContext } from './open-operation.ts'

/**
 * How a request becomes an operation. All functions are asked when a change is about to be sent, so that a user whom
 * a later step signs in is still found.
 */
export type RequestOptions<Request> = {
  /** Who the request acts for: from the service's own authentication. */
  actor?: (request: Request) => Actor | null | undefined
  /** What the request does; the method and the pattern of the route unless given: `POST /orders/:id/refund`. */
  procedure?: (request: Request) => string
  /** What of the request is kept; nothing unless given. Secrets are blackened. */
  params?: (request: Request) => unknown
  /** Why, where the service asks its users. */
  reason?: (request: Request) => string | null | undefined
  /** Its id; the header `x-request-id` unless given, else a new one. */
  requestId?: (request: Request) => string | undefined
  /** The door it came through; `app` unless given. */
  source?: string
  /** `changes` (default): a request that changed nothing leaves nothing. `always`: every request is in the trail. */
  record?: 'changes' | 'always'
}

// What a client sends as an id is kept for comparing, not for storing novels.
const longestRequestId = 200

/** Begins the operation of a request; `known` is what the framework knows about it. */
export function beginRequest<Request>(
  request: Request,
  options: RequestOptions<Request>,
  known: { procedure: () => string; requestId: () => string | undefined },
): OpenOperation {
  let requestId: string | undefined
  const context = (): OperationContext => {
    requestId ??= (options.requestId?.(request) ?? known.requestId() ?? timeOrderedId()).slice(0, longestRequestId)
    return {
      actor: options.actor?.(request),
      procedure: options.procedure?.(request) ?? known.procedure(),
      params: options.params?.(request),
      reason: options.reason?.(request),
      source: options.source,
      requestId,
    }
  }
  return beginOperation(context, options.record)
}

/** The first of the values of a header. */
export function firstHeader(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) || undefined
}
