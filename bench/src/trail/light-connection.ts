// A connection that costs its process next to nothing, so that on one machine the server is what gets measured.
import type { Socket } from 'node:net'
import pg from 'pg'

/** Statements by their names. */
export type Statements = Record<string, string>

/** One statement at a time: the next one only after the one before is done. */
export type LightConnection = {
  /** Sends text as one simple query and waits until it is done; rows are not looked at. */
  run: (sql: string) => Promise<void>
  /** Runs a prepared statement with values as text. */
  execute: (name: string, values: readonly number[]) => Promise<void>
  close: () => void
}

/**
 * Connects by node-postgres and prepares the statements; from then on speaks to the server directly, one message there
 * and one back. node-postgres itself would take more processor time than the server.
 */
export async function openLightConnection(url: string, statements: Statements): Promise<LightConnection> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' })
  // Whoever waits hears of it from us.
  client.on('error', () => undefined)
  await client.connect()
  const socket = (client as unknown as { connection: { stream: Socket } }).connection.stream
  socket.removeAllListeners('data')
  const exchange = exchangeOn(socket)
  const message = new Message()
  for (const [name, sql] of Object.entries(statements)) {
    await exchange(message.open('P').text(name).text(sql).int16(0).close().open('S').close().bytes())
  }
  return {
    run: (sql) => exchange(message.open('Q').text(sql).close().bytes()),
    execute(name, values) {
      message.open('B').text('').text(name).int16(0).int16(values.length)
      for (const value of values) message.sized(String(value))
      return exchange(message.int16(0).close().open('E').text('').int32(0).close().open('S').close().bytes())
    },
    close: () => socket.destroy(),
  }
}

function exchangeOn(socket: Socket): (message: Buffer) => Promise<void> {
  let resolve: () => void = () => undefined
  let reject: (error: Error) => void = () => undefined
  let received: Buffer | null = null
  socket.on('data', (chunk: Buffer) => {
    received = received === null ? chunk : Buffer.concat([received, chunk])
    if (!isReady(received)) return
    const error = errorIn(received)
    received = null
    if (error === null) resolve()
    else reject(new Error(error))
  })
  socket.on('error', (error) => reject(error))
  socket.on('close', () => reject(new Error('The server closed the connection.')))
  return (message) =>
    new Promise((yes, no) => {
      resolve = yes
      reject = no
      socket.write(message)
    })
}

/** Whether an answer is whole: ReadyForQuery is always its last message. */
export function isReady(answer: Buffer): boolean {
  const start = answer.length - 6
  return start >= 0 && answer[start] === letter('Z') && answer.readInt32BE(start + 1) === 5
}

/** The text of an error in an answer; null where there is none. */
export function errorIn(answer: Buffer): string | null {
  for (let place = 0; place + 5 <= answer.length; place += 1 + answer.readInt32BE(place + 1)) {
    if (answer[place] !== letter('E')) continue
    const fields = answer.toString('utf8', place + 5, place + 1 + answer.readInt32BE(place + 1)).split('\0')
    return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'The server refused.'
  }
  return null
}

/** Messages of the protocol, put together in one buffer: it is free again when the answer is there. */
class Message {
  readonly #buffer = Buffer.allocUnsafe(65_536)
  #end = 0
  #start = 0

  open(type: string): this {
    this.#start = this.#end + 1
    this.#end = this.#buffer.writeUInt8(letter(type), this.#end) + 4
    return this
  }

  text(value: string): this {
    this.#end = this.#buffer.writeUInt8(0, this.#end + this.#buffer.write(value, this.#end))
    return this
  }

  sized(value: string): this {
    const length = this.#buffer.write(value, this.#end + 4)
    this.#end = this.#buffer.writeInt32BE(length, this.#end) + length
    return this
  }

  int16(value: number): this {
    this.#end = this.#buffer.writeInt16BE(value, this.#end)
    return this
  }

  int32(value: number): this {
    this.#end = this.#buffer.writeInt32BE(value, this.#end)
    return this
  }

  close(): this {
    this.#buffer.writeInt32BE(this.#end - this.#start, this.#start)
    return this
  }

  /** All that was put together; the next one begins anew. */
  bytes(): Buffer {
    const bytes = this.#buffer.subarray(0, this.#end)
    this.#end = 0
    return bytes
  }
}

function letter(character: string): number {
  return character.charCodeAt(0)
}
