// A database of its own for every test file: cloned from a template that is made once in a run.
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { openPool, type Pool, quoteIdentifier } from '@steward/postgres'
import { dropDatabases, runPrefix, testServer } from './test-server.ts'

/** What the database begins with. */
export type TestDatabaseOptions = {
  /** Fills the template: migrations, tables, rows. Called once in a run for all that give the same key. */
  template?: (url: string) => Promise<void>
  /** Tells templates apart; the text of `template` unless given, which is not enough when it uses variables around it. */
  key?: string
  /** Part of the database's name, for who looks at the server. */
  name?: string
}

/** A database that nobody else uses. */
export type TestDatabase = {
  url: string
  /** A pool on it; opens no connection before it is used. */
  pool: Pool
  /** The server's major version, as 18. */
  version: number
  /** Closes the pool, ends all other connections and removes the database. */
  drop(): Promise<void>
}

/**
 * Gives a new, empty database, or a copy of the template (a tenth of a second), on the test run's server: the embedded
 * PostgreSQL 18, or what STEWARD_TEST_PG names (14, 16, 18, system, a postgres:// url).
 *
 * @example
 * const database = await testDatabase({ key: 'shop', template: (url) => loadShop(url) })
 * await database.pool.query('SELECT * FROM orders')
 * await database.drop()
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = await testServer()
  const pool = openPool({ connectionString: server.url, max: 1 })
  try {
    const template = options.template
      ? await templateFor(pool, server.url, options.template, keyOf(options))
      : 'template1'
    const name = databaseName(options.name ?? '', randomUUID().slice(0, 13))
    await pool.query(`CREATE DATABASE ${quoteIdentifier(name)} TEMPLATE ${quoteIdentifier(template)}`)
    const version = await pool.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int / 10000 AS version`,
    )
    const url = withDatabase(server.url, name)
    const database = openPool(url)
    return {
      url,
      pool: database,
      version: version.rows[0]?.version as number,
      drop: async () => {
        // A client that a failed test never gave back would keep end() waiting for ever; FORCE ends it.
        if (!database.ended) await Promise.race([database.end(), wait(1000, undefined, { ref: false })])
        await dropDatabases(server.url, name)
      },
    }
  } finally {
    await pool.end()
  }
}

function keyOf({ key, template }: TestDatabaseOptions): string {
  return key ?? String(template)
}

// Under a lock, so that of many workers one fills it; under its final name only when it is whole.
async function templateFor(
  pool: Pool,
  serverUrl: string,
  fill: (url: string) => Promise<void>,
  key: string,
): Promise<string> {
  const name = databaseName('template', createHash('sha256').update(key).digest('hex').slice(0, 13))
  const client = await pool.connect()
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [name])
    const found = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (found.rowCount) return name
    const unfinished = quoteIdentifier(`${name}_unfinished`)
    await client.query(`DROP DATABASE IF EXISTS ${unfinished} WITH (FORCE)`)
    await client.query(`CREATE DATABASE ${unfinished}`)
    await fill(withDatabase(serverUrl, `${name}_unfinished`))
    // What the filling left open would keep every copy waiting.
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      `${name}_unfinished`,
    ])
    await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${quoteIdentifier(name)}`)
    return name
  } finally {
    // Ending the connection gives the lock back, whatever state it is in.
    client.release(true)
  }
}

function databaseName(purpose: string, tail: string): string {
  const readable = purpose
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 24)
  return `${runPrefix()}${readable}_${tail}`
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
