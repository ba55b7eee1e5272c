// What the route of the call log needs of whoever has the log: the corridor that reads it.
import type { WebRequest } from '@steward/engine'

/**
 * Reads the log of calls for somebody; it permits them, parses what they ask for and throws to refuse.
 *
 * @example
 * const readNone: ReadCalls = async () => []
 */
export type ReadCalls = (
  input: Readonly<Record<string, string>>,
  caller: Pick<WebRequest, 'actor' | 'role' | 'requestId'>,
) => Promise<unknown>
