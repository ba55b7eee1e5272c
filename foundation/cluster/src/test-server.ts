// The one server of a test run: chosen by STEWARD_TEST_PG, started by the first test that needs it.
import { type Cluster, startCluster, throwawaySettings } from './cluster.ts'
import type { ServerChoice } from './binaries.ts'

/** Where tests find their server; `shared` when it outlives the run, so that databases have to be removed one by one. */
export type TestServer = { url: string; shared: boolean; stop(): Promise<void> }

/** Names the address at which the run's main process says where its server is. */
export const addressVariable = 'STEWARD_TEST_SERVER'

/**
 * Starts what STEWARD_TEST_PG names: 14, 16, 18 (the default), `system`, or the url of a server that runs already.
 */
export async function startTestServer(): Promise<TestServer> {
  const choice = process.env.STEWARD_TEST_PG || '18'
  if (/^postgres(ql)?:\/\//.test(choice)) return { url: choice, shared: true, stop: async () => undefined }
  const version = choice === 'system' ? choice : Number(choice)
  if (version !== 'system' && version !== 14 && version !== 16 && version !== 18) {
    throw new Error(`STEWARD_TEST_PG is 14, 16, 18, system or a postgres:// url, and not ${JSON.stringify(choice)}`)
  }
  const cluster: Cluster = await startCluster({ version: version as ServerChoice, settings: testSettings })
  return { url: cluster.url, shared: false, stop: () => cluster.stop({ mode: 'immediate' }) }
}

const testSettings = { ...throwawaySettings, autovacuum_naptime: '1min', max_locks_per_transaction: '256' }

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
  return { ...((await response.json()) as { url: string; shared: boolean }), stop: async () => undefined }
}
