// Sends requests over connections that stay open, one at a time on each: a process of its own, whose time nobody counts.
import { connect, type Socket } from 'node:net'
import { answerQuestions } from '../client-process.ts'

/** `requests` are whole requests as they go over the wire; the connections take them in turns until the time is over. */
export type LoadQuestion = {
  port: number
  requests: string[]
  connections: number
  /** How the last one is answered is told, too; with 0 seconds each connection asks once. */
  seconds: number
  status: number
}
export type LoadAnswer = { answered: number; seconds: number; lastBody: string }

type Answer = { status: number; body: string }

// Connections stay open over the rounds, as those of a service would.
const kept = new Map<number, Connection[]>()

answerQuestions<LoadQuestion, LoadAnswer>(async ({ port, requests, connections, seconds, status }) => {
  const open = kept.get(port) ?? Array.from({ length: connections }, () => new Connection(port))
  kept.set(port, open)
  const start = performance.now()
  const deadline = start + seconds * 1000
  let answered = 0
  let lastBody = ''
  async function work(connection: Connection): Promise<void> {
    do {
      const answer = await connection.ask(requests[answered++ % requests.length] as string)
      if (answer.status !== status) throw new Error(`Answered with ${answer.status}: ${answer.body.slice(0, 500)}`)
      lastBody = answer.body
    } while (performance.now() < deadline)
  }
  await Promise.all(open.map(work))
  return { answered, seconds: (performance.now() - start) / 1000, lastBody }
})

class Connection {
  readonly #socket: Socket
  #received: Buffer = Buffer.alloc(0)
  #resolve: (answer: Answer) => void = () => undefined
  #reject: (error: Error) => void = () => undefined

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.#socket.on('data', (chunk: Buffer) => this.#take(chunk))
    this.#socket.on('error', (error) => this.#reject(error))
    this.#socket.on('close', () => this.#reject(new Error('A server closed the connection.')))
  }

  ask(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
      this.#socket.write(request)
    })
  }

  #take(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk])
    const end = this.#received.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#received.toString('latin1', 0, end)
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    if (/\r\ntransfer-encoding:/i.test(head)) this.#reject(new Error('A server answered without Content-Length.'))
    if (this.#received.length < end + 4 + length) return
    const body = this.#received.toString('utf8', end + 4, end + 4 + length)
    this.#received = this.#received.subarray(end + 4 + length)
    this.#resolve({ status: Number(head.slice(9, 12)), body })
  }
}
