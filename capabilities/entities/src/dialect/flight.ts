// Several statements in one flight to the server, with one Sync behind them: what fails keeps all that follows from running.
import type { Transaction } from '@steward/postgres'
import type { Query } from './query.ts'

/** What one statement of a flight answered: its rows, the values in the order of the columns, all of them text. */
export type Landed = { columns: string[]; rows: (string | null)[][]; tag: string }

// The parts of node-postgres' connection that are used here.
type Connection = {
  stream: { cork?: () => void; uncork?: () => void }
  parse: (message: { text: string }) => void
  bind: (message: { values: (string | null)[] }) => void
  describe: (message: { type: 'P' }) => void
  execute: (message: object) => void
  sync: () => void
}

/**
 * Sends statements in one flight and gives what each answered. The server runs them in order and, after the first that
 * fails, none: that one's error is thrown, and a transaction that was begun before it is still open.
 *
 * @example
 * const [, orders, ended] = await fly(client, [{ text: 'BEGIN', values: [] }, query, { text: 'COMMIT', values: [] }])
 */
export function fly(client: Pick<Transaction, 'query'>, statements: readonly Query[]): Promise<Landed[]> {
  return new Promise((resolve, reject) => {
    const flight = new Flight(statements, (error, landed) => (error ? reject(error) : resolve(landed ?? [])))
    // node-postgres takes anything that submits itself; its types know of the methods on the way out alone.
    void client.query(flight as unknown as Parameters<typeof client.query>[0])
  })
}

type Callback = (error: Error | null | undefined, landed?: Landed[]) => void

// Separate queries in a pipeline each have their own Sync: there, a write would still run after a BEGIN that failed, as
// nobody in particular and committed at once. Behind one Sync it cannot.
class Flight {
  callback: Callback
  readonly #statements: readonly Query[]
  readonly #landed: Landed[] = []
  #open: Landed = { columns: [], rows: [], tag: '' }

  constructor(statements: readonly Query[], callback: Callback) {
    this.#statements = statements
    this.callback = callback
  }

  submit(connection: Connection): Error | null {
    connection.stream.cork?.()
    try {
      for (const { text, values } of this.#statements) {
        connection.parse({ text })
        connection.bind({ values })
        connection.describe({ type: 'P' })
        connection.execute({})
      }
      connection.sync()
    } finally {
      connection.stream.uncork?.()
    }
    return null
  }

  handleRowDescription(message: { fields: { name: string }[] }): void {
    this.#open.columns = message.fields.map(({ name }) => name)
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    this.#open.rows.push(message.fields)
  }

  handleCommandComplete(message: { text: string }): void {
    this.#land(message.text)
  }

  handleEmptyQuery(): void {
    this.#land('')
  }

  handlePortalSuspended(): void {}

  handleReadyForQuery(): void {
    this.callback(null, this.#landed)
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  #land(tag: string): void {
    this.#landed.push({ ...this.#open, tag })
    this.#open = { columns: [], rows: [], tag: '' }
  }
}
