// A `fetch` that hands its requests to a room: clients work over it as over a network, without a port.
import { adminRole, type WebRoom } from '@steward/engine'

/** How a client is let in. */
export type Reaching = {
  /** What stands before the room's own paths: `/rest/v1`. */
  prefix?: string
  /** Sent with every request, as a client would be told to. */
  headers?: Record<string, string>
}

/** Everybody is Kim, who may do everything; in the pure dialect nobody asks. */
export function fetchOf(room: WebRoom, { prefix = '', headers: more = {} }: Reaching = {}): typeof fetch {
  let number = 0
  return async (input, init) => {
    const request = new Request(input, init)
    const url = new URL(request.url)
    const body = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
    number += 1
    const answer = await room.answer({
      method: request.method,
      path: url.pathname.slice(prefix.length),
      query: url.search.slice(1),
      headers: { ...Object.fromEntries(request.headers), ...more },
      body,
      requestId: `client-${number}`,
      actor: { type: 'staff', id: 'kim' },
      role: adminRole,
      key: null,
    })
    const { status, headers, body: text } = answer
    return new Response(status === 204 || status === 304 ? null : text, { status, headers })
  }
}
