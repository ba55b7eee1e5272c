// Several statements in one flight to the server, with one Sync behind them: what fails keeps all that follows from running.
import type { Transaction } from '@steward/postgres'
import type { Kept, PreparedStatements } from './prepared-statements.ts'
import type { Query } from './query.ts'

/** What one statement of a flight answered: its rows, the values in the order of the columns, all of them text. */
export type Landed = { columns: string[]; rows: (string | null)[][]; tag: string }

// The parts of node-postgres' connection that are used here.
type Connection = {
  stream: { cork?: () => void; uncork?: () => void }
  parse: (message: { name?: string; text: string }) => void
  bind: (message: { statement?: string; values: (string | null)[] }) => void
  describe: (message: { type: 'P' }) => void
  execute: (message: object) => void
  close: (message: { type: 'S'; name: string }) => void
  sync: () => void
  on: (event: 'bindComplete', listener: () => void) => void
  off: (event: 'bindComplete', listener: () => void) => void
}

/**
 * Sends statements in one flight and gives what each answered. The server runs them in order and, after the first that
 * fails, none: that one's error is thrown, and a transaction that was begun before it is still open. What `prepared` keeps
 * is not parsed again; `isStale` then tells of an error whether parsing it anew may help.
 *
 * @example
 * const [, orders, ended] = await fly(client, [{ text: 'BEGIN', values: [] }, query, { text: 'COMMIT', values: [] }])
 */
export function fly(
  client: Pick<Transaction, 'query'>,
  statements: readonly Query[],
  prepared: PreparedStatements | null = null,
): Promise<Landed[]> {
  return new Promise((resolve, reject) => {
    const flight = new Flight(statements, prepared, (error, landed) => (error ? reject(error) : resolve(landed ?? [])))
    // node-postgres takes anything that submits itself; its types know of the methods on the way out alone.
    void client.query(flight as unknown as Parameters<typeof client.query>[0])
  })
}

const stale = new WeakSet<object>()

/**
 * Whether a statement failed that had been parsed before, and before it ran: its parameters may have other types by now, or
 * a pooler gave us another connection. It is not kept any longer, so that the next flight parses it.
 *
 * @example
 * if (isStale(error)) await fly(client, statements, prepared)
 */
export function isStale(error: unknown): boolean {
  return typeof error === 'object' && error !== null && stale.has(error)
}

type Callback = (error: Error | null | undefined, landed?: Landed[]) => void
/** A statement on its way. */
type Sent = { text: string; kept: Kept | null; name: string | null }

const noSuchStatement = '26000'

// Separate queries in a pipeline each have their own Sync: there, a write would still run after a BEGIN that failed, as
// nobody in particular and committed at once. Behind one Sync it cannot.
class Flight {
  callback: Callback
  readonly #statements: readonly Query[]
  readonly #prepared: PreparedStatements | null
  readonly #sent: Sent[] = []
  readonly #landed: Landed[] = []
  readonly #countBound = () => void this.#bound++
  #connection: Connection | null = null
  #bound = 0
  #columns: string[] = []
  #rows: (string | null)[][] = []

  constructor(statements: readonly Query[], prepared: PreparedStatements | null, callback: Callback) {
    this.#statements = statements
    this.#prepared = prepared
    this.callback = callback
  }

  submit(connection: Connection): Error | null {
    connection.stream.cork?.()
    try {
      for (const name of this.#prepared?.takeClosing() ?? []) connection.close({ type: 'S', name })
      for (const statement of this.#statements) this.#send(connection, statement)
      connection.sync()
    } finally {
      connection.stream.uncork?.()
    }
    if (this.#prepared !== null) {
      this.#connection = connection
      connection.on('bindComplete', this.#countBound)
    }
    return null
  }

  handleRowDescription(message: { fields: { name: string }[] }): void {
    this.#columns = message.fields.map(({ name }) => name)
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#rows.push(message.fields)
  }

  handleCommandComplete(message: { text: string }): void {
    this.#land(message.text)
  }

  handleEmptyQuery(): void {
    this.#land('')
  }

  handlePortalSuspended(): void {}

  handleReadyForQuery(): void {
    this.#connection?.off('bindComplete', this.#countBound)
    for (const [place, { name, text }] of this.#sent.entries()) {
      if (name !== null) this.#prepared?.keep({ name, text, columns: this.#landed[place]?.columns ?? [] })
    }
    this.callback(null, this.#landed)
  }

  handleError(error: Error & { code?: string }): void {
    this.#connection?.off('bindComplete', this.#countBound)
    // Which of them the server has parsed is not known; a name that it never had it forgets as well.
    for (const { name, text } of this.#sent) if (name !== null) this.#prepared?.drop({ name, text })
    const failed = this.#sent[this.#landed.length]
    if (failed?.kept && this.#bound === this.#landed.length) {
      stale.add(error)
      this.#prepared?.drop(failed.kept)
      if (error.code === noSuchStatement) this.#prepared?.lose()
    }
    this.callback(error)
  }

  #send(connection: Connection, { text, values }: Query): void {
    const kept = this.#prepared?.find(text) ?? null
    const name = kept === null ? (this.#prepared?.nameFor(text) ?? null) : null
    this.#sent.push({ text, kept, name })
    if (kept !== null) {
      // Its columns are known, so that nobody has to describe them again.
      connection.bind({ statement: kept.name, values })
    } else {
      connection.parse(name === null ? { text } : { name, text })
      connection.bind(name === null ? { values } : { statement: name, values })
      connection.describe({ type: 'P' })
    }
    connection.execute({})
  }

  #land(tag: string): void {
    const kept = this.#sent[this.#landed.length]?.kept ?? null
    this.#landed.push({ columns: kept?.columns ?? this.#columns, rows: this.#rows, tag })
    this.#columns = []
    this.#rows = []
  }
}
