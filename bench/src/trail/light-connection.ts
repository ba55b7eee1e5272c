// A connection that costs its process next to nothing, so that on one machine the server is what gets measured.
import type { Socket } from 'node:net'
import pg from 'pg'

/** Statements by their names. */
export type Statements = Record<string, string>

export type LightConnection = {
  /** Sends text as one simple query and waits until it is done; rows are not looked at. */
  run: (sql: string) => Promise<void>
  /** Runs a prepared statement with values as text. */
  execute: (name: string, values: readonly number[]) => Promise<void>
  close: () => void
}

/**
 * Connects and prepares the statements by node-postgres; from then on speaks to the server directly, one message there
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
  for (const [name, sql] of Object.entries(statements)) await exchange(parseMessage(name, sql))
  return {
    run: (sql) => exchange(queryMessage(sql)),
    execute: (name, values) => exchange(executeMessage(name, values)),
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
  return start >= 0 && answer[start] === code('Z') && answer.readInt32BE(start + 1) === 5
}

/** The text of an error in an answer; null where there is none. */
export function errorIn(answer: Buffer): string | null {
  for (let place = 0; place + 5 <= answer.length; place += 1 + answer.readInt32BE(place + 1)) {
    if (answer[place] !== code('E')) continue
    const fields = answer.toString('utf8', place + 5, place + 1 + answer.readInt32BE(place + 1)).split('\0')
    return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'The server refused.'
  }
  return null
}

/** A simple query. */
function queryMessage(sql: string): Buffer {
  return message('Q', text(sql))
}

/** Parse and Sync. */
function parseMessage(name: string, sql: string): Buffer {
  return Buffer.concat([message('P', text(name), text(sql), int16(0)), sync])
}

/** Bind, Execute and Sync. */
function executeMessage(name: string, values: readonly number[]): Buffer {
  const bound = values.flatMap((value) => {
    const bytes = Buffer.from(String(value))
    return [int32(bytes.length), bytes]
  })
  return Buffer.concat([
    message('B', text(''), text(name), int16(0), int16(values.length), ...bound, int16(0)),
    execute,
    sync,
  ])
}

function message(type: string, ...parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 4)
  return Buffer.concat([Buffer.from(type), int32(length), ...parts], length + 1)
}

const sync = message('S')
const execute = message('E', text(''), int32(0))

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`)
}

function int16(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(2)
  bytes.writeInt16BE(value)
  return bytes
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value)
  return bytes
}

function code(letter: string): number {
  return letter.charCodeAt(0)
}
