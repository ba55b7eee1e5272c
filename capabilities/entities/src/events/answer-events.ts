// Live events: what pages and programs want to hear of without asking again and again.
import { EventEmitter, on } from 'node:events'
import type { WebAnswer } from '@steward/engine'
import { entitiesErrors } from '../errors.ts'
import type { Room, Route } from '../room.ts'

// Shorter than the patience of the proxies that stand between.
const beatEveryMs = 15_000
// Each holds a connection open: whoever reconnects without end must not use up all that the process has.
const mostListeners = 1000
const listeners = new WeakMap<Room, number>()

/**
 * Answers `GET /events` with server-sent events, until nobody listens: `schema` whenever tables, relations or functions have
 * been read again, so that whoever shows them asks for `/meta` again.
 *
 * @throws ENTITIES_EVENTS_METHOD, ENTITIES_EVENTS_FULL
 */
export const answerEvents: Route = async (room, { method }): Promise<WebAnswer> => {
  if (method !== 'GET') throw entitiesErrors.EVENTS_METHOD({ method })
  if (listenersOf(room) >= mostListeners) throw entitiesErrors.EVENTS_FULL({ most: mostListeners })
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    },
    body: null,
    stream: (signal) => liveEvents(room, signal),
  }
}

function listenersOf(room: Room): number {
  return listeners.get(room) ?? 0
}

async function* liveEvents(room: Room, signal: AbortSignal): AsyncGenerator<string> {
  const said = new EventEmitter()
  const say = (text: string) => said.emit('text', text)
  const texts = on(said, 'text', { signal })
  const forget = room.onSchemaChange(() =>
    say(`event: schema\ndata: ${JSON.stringify({ at: new Date().toISOString() })}\n\n`),
  )
  // A comment, which clients pass over: it keeps the line open, and shows when it is dead.
  const beat = setInterval(() => say(': still here\n\n'), beatEveryMs).unref()
  listeners.set(room, listenersOf(room) + 1)
  try {
    yield 'retry: 2000\n\n'
    for await (const [text] of texts) yield text as string
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    listeners.set(room, listenersOf(room) - 1)
    clearInterval(beat)
    forget()
  }
}
