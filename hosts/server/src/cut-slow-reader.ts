// A client that does not read its answer holds it in our memory: it has some time, and then its connection is cut.
import type { ServerResponse } from 'node:http'
import type { Limits } from './server-options.ts'

/**
 * Cuts the connection when an answer of so many bytes has not been taken in time: a start, and then at the slowest pace.
 *
 * @example
 * outgoing.end(bytes)
 * cutSlowReader(outgoing, bytes.byteLength, limits)
 */
export function cutSlowReader(
  outgoing: ServerResponse,
  byteLength: number,
  { readerTimeoutMs, readerBytesPerSecond }: Limits,
): void {
  // Nearly always the system has taken all of it already.
  if (outgoing.writableFinished || outgoing.socket?.writableLength === 0) return
  const patienceMs = readerTimeoutMs + (byteLength / readerBytesPerSecond) * 1000
  const timer = setTimeout(() => outgoing.destroy(), patienceMs).unref()
  outgoing.once('close', () => clearTimeout(timer))
}
