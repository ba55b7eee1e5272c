// The bytes that set the context ahead of a prepared statement, up to the same Sync: no flight, no transaction block of their own.
import type { CarriedContext } from '../context/open-operation.ts'

// A SELECT and not SET LOCAL: between two Syncs the transaction is an implicit one, in which PostgreSQL would warn. In WHERE,
// because set_config gives back what it set, and nobody wants to read that: no row comes.
const setContext = "SELECT WHERE pg_catalog.set_config('steward.context', $1, true) IS NULL"
const parseSet = parseMessage(setContext)
const parseSetAndLeave = parseMessage(`${setContext} OR steward.leave($2) IS NULL`)
// Without a name, and all rows.
const execute = Buffer.from('E\0\0\0\u0009\0\0\0\0\0', 'latin1')

/**
 * Parse, Bind and Execute of the statement that sets the context, to be followed by another statement and its Sync.
 * With `leave` the operation is left in the trail at once. The bytes are kept with the context: made once, sent often.
 *
 * @example
 * connection.stream.write(contextMessage(operation.carried()))
 */
export function contextMessage(carried: CarriedContext, leave?: CarriedContext): Buffer {
  if (leave !== undefined) return encode(parseSetAndLeave, [carried.text, leave.text])
  carried.message ??= encode(parseSet, [carried.text])
  return carried.message
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html: unnamed statement, unnamed portal, values as text.
function encode(parse: Buffer, values: string[]): Buffer {
  let bindLength = 4 + 1 + 1 + 2 + 2 + 2
  for (const value of values) bindLength += 4 + Buffer.byteLength(value)
  // From Node's pool: memory of its own would cost more than all that is written into it.
  const buffer = Buffer.allocUnsafe(parse.length + 1 + bindLength + execute.length)
  let at = parse.copy(buffer)
  at += buffer.write('B', at)
  at = buffer.writeInt32BE(bindLength, at)
  at = buffer.writeInt32BE(0, at)
  at = buffer.writeInt16BE(values.length, at)
  for (const value of values) {
    const length = buffer.write(value, at + 4)
    at = buffer.writeInt32BE(length, at) + length
  }
  at = buffer.writeInt16BE(0, at)
  execute.copy(buffer, at)
  return buffer
}

function parseMessage(text: string): Buffer {
  const message = Buffer.from(`P\0\0\0\0\0${text}\0\0\0`, 'latin1')
  message.writeInt32BE(message.length - 1, 1)
  return message
}
