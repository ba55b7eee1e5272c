// A room that says back what reached it, and a way to speak to a server word by word.
import { once } from 'node:events'
import { connect } from 'node:net'
import type { WebAnswer, WebRequest, WebRoom } from '@steward/engine'

/** Says back each request as JSON, the body in hexadecimal; keeps what it was asked. */
export type EchoRoom = WebRoom & { asked: WebRequest[]; isClosed: boolean }

/** `answer` replaces the echo. */
export function echoRoom(answer?: (request: WebRequest) => WebAnswer | Promise<WebAnswer>): EchoRoom {
  const room: EchoRoom = {
    asked: [],
    isClosed: false,
    answer: async (request) => {
      room.asked.push(request)
      if (answer !== undefined) return answer(request)
      const body = request.body === null ? null : Buffer.from(request.body).toString('hex')
      return {
        status: 200,
        headers: { 'Content-Type': 'application/json; charset=utf-8', 'Content-Range': '0-0/*' },
        body: JSON.stringify({ ...request, body }),
      }
    },
    close: async () => {
      room.isClosed = true
    },
  }
  return room
}

/** What a bare connection got back until it was closed, and how long that took. */
export type Spoken = { text: string; ms: number }

/** Sends the words one after the other with a pause before each, and waits until the server closes. */
export async function speak(port: number, words: string[], pauseMs = 0): Promise<Spoken> {
  const startedAt = performance.now()
  const socket = connect(port, '127.0.0.1')
  let text = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk
  })
  socket.on('error', () => undefined)
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  const isOpen = () => !socket.destroyed && socket.writable
  for (const word of words) {
    if (pauseMs > 0) await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, pauseMs))])
    if (isOpen()) socket.write(word, 'latin1')
  }
  await closed
  return { text, ms: performance.now() - startedAt }
}
