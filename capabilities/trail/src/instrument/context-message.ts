// The bytes that set the context ahead of a prepared statement, up to the same Sync: no flight, no transaction block of their own.
import type { CarriedContext } from '../context/open-operation.ts'

// A SELECT and not SET LOCAL: between two Syncs the transaction is an implicit one, in which PostgreSQL would warn. In WHERE,
// because set_config gives back what it set, and nobody wants to read that: no row comes.
const setContext = "SELECT WHERE pg_catalog.set_config('steward.context', $1, true) IS NULL"

/**
 * Parse, Bind and Execute of the statement that sets the context, to be followed by another statement and its Sync.
 * With `leave` the operation is left in the trail at once. The bytes are kept with the context: made once, sent often.
 *
 * @example
 * connection.stream.write(contextMessage(operation.carried()))
 */
export function contextMessage(carried: CarriedContext, leave?: CarriedContext): Buffer {
  if (leave !== undefined) return encode(`${setContext} OR steward.leave($2) IS NULL`, [carried.text, leave.text])
  carried.message ??= encode(setContext, [carried.text])
  return carried.message
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html: unnamed statement, unnamed portal, values as text.
function encode(text: string, values: string[]): Buffer {
  const textLength = Buffer.byteLength(text)
  const lengths = values.map((value) => Buffer.byteLength(value))
  const parseLength = 4 + 1 + textLength + 1 + 2
  const bindLength = 4 + 1 + 1 + 2 + 2 + lengths.reduce((sum, length) => sum + 4 + length, 0) + 2
  const executeLength = 4 + 1 + 4
  const buffer = Buffer.alloc(3 + parseLength + bindLength + executeLength)
  let at = buffer.write('P', 0)
  at = buffer.writeInt32BE(parseLength, at) + 1
  at += buffer.write(text, at) + 1
  at = buffer.writeInt16BE(0, at)
  at += buffer.write('B', at)
  at = buffer.writeInt32BE(bindLength, at) + 2
  at = buffer.writeInt16BE(0, at)
  at = buffer.writeInt16BE(values.length, at)
  for (const [index, value] of values.entries()) {
    at = buffer.writeInt32BE(lengths[index] as number, at)
    at += buffer.write(value, at)
  }
  at = buffer.writeInt16BE(0, at)
  at += buffer.write('E', at)
  at = buffer.writeInt32BE(executeLength, at) + 1
  buffer.writeInt32BE(0, at)
  return buffer
}
