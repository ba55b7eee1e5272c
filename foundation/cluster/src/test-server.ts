// The one server of a test run: chosen by STEWARD_TEST_PG, started by the first test that needs it.
import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { openPool, type Pool, quoteIdentifier } from '@steward/postgres'
import type { ServerChoice } from './binaries.ts'
import { type Cluster, startCluster, throwawaySettings } from './cluster.ts'

/** Where tests find their server; `stop` ends it, or leaves somebody else's server as it was found. */
export type TestServer = { url: string; stop(): Promise<void> }

/** Names the address at which the run's main process says where its server is. */
export const addressVariable = 'STEWARD_TEST_SERVER'

/**
 * Starts what STEWARD_TEST_PG names: 14, 16, 18 (the default), `system`, or the url of a server that runs already.
 */
export async function startTestServer(): Promise<TestServer> {
  const choice = process.env.STEWARD_TEST_PG || '18'
  if (/^postgres(ql)?:\/\//.test(choice)) return { url: choice, stop: () => dropDatabases(choice) }
  const version = choice === 'system' ? choice : Number(choice)
  if (version !== 'system' && version !== 14 && version !== 16 && version !== 18) {
    throw new Error(`STEWARD_TEST_PG is 14, 16, 18, system or a postgres:// url, and not ${JSON.stringify(choice)}`)
  }
  const cluster: Cluster = await startCluster({ version: version as ServerChoice, settings: testSettings })
  return { url: cluster.url, stop: () => cluster.stop({ mode: 'immediate' }) }
}

// A client that never finishes signing in keeps DROP DATABASE waiting for as long as it may take.
const testSettings = {
  ...throwawaySettings,
  autovacuum_naptime: '1min',
  max_locks_per_transaction: '256',
  authentication_timeout: '10s',
}

let own: Promise<TestServer> | undefined

/** The server of this run: the one that the run's main process shares, or one of this process' own. */
export async function testServer(): Promise<TestServer> {
  const address = process.env[addressVariable]
  if (!address) {
    own ??= startTestServer()
    return own
  }
  const response = await fetch(address)
  if (!response.ok) throw new Error(`The test run's PostgreSQL did not start: ${await response.text()}`)
  return { ...((await response.json()) as { url: string }), stop: async () => undefined }
}

/** What the names of all databases of this run begin with: two runs on one server must not meet. */
export function runPrefix(): string {
  const run = process.env[addressVariable] ?? String(process.pid)
  return `steward_test_${createHash('sha256').update(run).digest('hex').slice(0, 8)}_`
}

/** Removes the database of this name, or all of this run, with whoever is connected to them. */
export async function dropDatabases(serverUrl: string, name?: string): Promise<void> {
  const pool = openPool({ connectionString: serverUrl, max: 1 })
  try {
    const { rows } = await pool.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE CASE WHEN $1::text IS NULL THEN starts_with(datname, $2) ELSE datname = $1 END',
      [name ?? null, runPrefix()],
    )
    if (name !== undefined) await untilLeft(pool, name)
    for (const { datname } of rows) await pool.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(datname)} WITH (FORCE)`)
  } finally {
    await pool.end()
  }
}

// A connection that is just being closed, if it is ended by force, brings its error to whoever listens no longer.
async function untilLeft(pool: Pool, database: string): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const { rowCount } = await pool.query('SELECT FROM pg_stat_activity WHERE datname = $1', [database])
    if (rowCount === 0) return
    await wait(50)
  }
}
