// One transaction: opened with its settings in a single message, ended for certain, its connection given back.
import { postgresErrors } from './errors.ts'
import { quoteIdentifier, quoteLiteral } from './identifier.ts'
import type { Connectable, Transaction } from './queryable.ts'

/** How a transaction is opened; whatever is left out is as the server's defaults say. */
export type TransactionOptions = {
  readOnly?: boolean
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  /** Settings for this transaction only, as `{ statement_timeout: '5s' }`. */
  settings?: Record<string, string>
  /** Closes the connection afterwards: for work that may leave settings of the session behind. */
  discard?: boolean
}

/**
 * Runs `work` inside a transaction on a connection of its own and commits when it is done; rolls back and throws on
 * unchanged what it throws. The connection always goes back to the pool, a broken one is thrown away.
 *
 * @throws StewardError POSTGRES_TRANSACTION_ABORTED when `work` swallowed the error of a failed statement.
 * @example
 * await inTransaction(pool, { readOnly: true, settings: { statement_timeout: '5s' } }, (transaction) =>
 *   transaction.query('SELECT count(*) FROM orders'),
 * )
 */
export async function inTransaction<Result>(
  pool: Connectable,
  options: TransactionOptions,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const begin = beginStatement(options)
  const client = await pool.connect()
  let broken: Error | boolean = true
  try {
    await client.query(begin)
    const result = await work(client)
    const { command } = await client.query('COMMIT')
    broken = false
    if (command === 'ROLLBACK') throw postgresErrors.TRANSACTION_ABORTED()
    return result
  } catch (error) {
    if (broken) broken = await rollBack(client)
    throw error
  } finally {
    client.release(broken || options.discard === true)
  }
}

/** Whether the connection is broken: a ROLLBACK that fails leaves nothing that could be reused. */
async function rollBack(client: Transaction): Promise<boolean> {
  try {
    await client.query('ROLLBACK')
    return false
  } catch {
    return true
  }
}

function beginStatement({ readOnly, isolation, settings = {} }: TransactionOptions): string {
  const modes = [
    isolation && `ISOLATION LEVEL ${isolation}`,
    readOnly === true && 'READ ONLY',
    readOnly === false && 'READ WRITE',
  ]
  const begin = ['BEGIN', ...modes.filter(Boolean)].join(' ')
  return [begin, ...Object.entries(settings).map(([name, value]) => setLocal(name, value))].join('; ')
}

function setLocal(name: string, value: string): string {
  // SET would take a whole list as one quoted name here; set_config takes it apart.
  if (/^(search_path|temp_tablespaces)$/i.test(name)) {
    return `SELECT pg_catalog.set_config(${quoteLiteral(name)}, ${quoteLiteral(value)}, true)`
  }
  return `SET LOCAL ${name.split('.').map(quoteIdentifier).join('.')} = ${quoteLiteral(value)}`
}
