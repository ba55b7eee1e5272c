// Opens pools of connections that survive the death of any of them.
import pg from 'pg'

/** A pool of connections, as `pg` makes it. */
export type Pool = pg.Pool

/** pg's own options of a pool. */
export type PoolOptions = pg.PoolConfig

/**
 * Opens a pool. Its connections are called `steward` in `pg_stat_activity` unless the options, the connection string or
 * PGAPPNAME say otherwise; connecting fails after 10 seconds instead of never; and a connection that dies, idle or
 * in use, never takes the process with it: the next query simply gets another one.
 *
 * @example
 * const pool = openPool('postgres://localhost/shop')
 * await pool.query('SELECT 1')
 * await pool.end()
 */
export function openPool(connection: string | PoolOptions): Pool {
  const options = typeof connection === 'string' ? { connectionString: connection } : connection
  const pool = new pg.Pool({
    fallback_application_name: 'steward',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    ...options,
  })
  // An 'error' event without a listener ends the process. The pool has already dropped the dead connection by then.
  pool.on('error', ignore)
  // While a connection is checked out the pool does not listen for it; its pending query is rejected anyway.
  pool.on('connect', (client) => client.on('error', ignore))
  return pool
}

function ignore(): void {}
