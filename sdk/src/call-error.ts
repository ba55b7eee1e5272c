// What the server refuses, as an error with all that it said.
import { StewardError } from '@steward/base'

/**
 * A refusal of the server: `code`, `message`, `details` and `hint` as it said them, the HTTP status, and the request's id,
 * by which the server's log and the trail know it. `isStewardError(error, code)` tells it, too.
 *
 * @example
 * try {
 *   await client.operation('0193a5c1')
 * } catch (error) {
 *   if (error instanceof CallError) console.error(error.code, error.hint, error.requestId)
 * }
 */
export class CallError extends StewardError {
  readonly requestId: string | null

  constructor(facts: ConstructorParameters<typeof StewardError>[0] & { requestId: string | null }) {
    super(facts)
    this.requestId = facts.requestId
  }
}

type Refusal = { code?: unknown; message?: unknown; details?: unknown; hint?: unknown; requestId?: unknown }

/** The refusal that an answer carries. */
export function toCallError(
  body: unknown,
  { status, requestId }: { status: number; requestId: string | null },
): CallError {
  const { code, message, details, hint } = (typeof body === 'object' && body !== null ? body : {}) as Refusal
  return new CallError({
    code: typeof code === 'string' && code !== '' ? code : 'SDK_UNEXPLAINED',
    message: typeof message === 'string' ? message : `The server answered with ${status}.`,
    details: textOf(details),
    hint: textOf(hint),
    status,
    requestId,
  })
}

/**
 * Awaits a query and hands out its rows, or throws its refusal as a {@link CallError}.
 *
 * @throws CallError; SDK_UNREACHABLE is one, too
 * @example
 * const orders = await unwrap(client.from('orders').select('id, status').eq('id', 7))
 */
export async function unwrap<Answer extends { data: unknown; error: unknown; status: number }>(
  query: PromiseLike<Answer>,
): Promise<Extract<Answer, { error: null }>['data']> {
  const { data, error, status } = await query
  if (error === null) return data
  // Only what was given up by its signal has no status.
  if (status === 0) throw abortOf(error as { message?: string })
  const { requestId } = error as Refusal
  throw toCallError(error, { status, requestId: typeof requestId === 'string' ? requestId : null })
}

// postgrest-js tells it as `AbortError: This operation was aborted`.
function abortOf({ message = '' }: { message?: string }): Error {
  const [, name = 'AbortError', text = message] = /^(\w+): ([\s\S]*)$/.exec(message) ?? []
  return Object.assign(new Error(text), { name })
}

// PostgREST's dialect has details that are lists.
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
