// Where the pictures are made: the demo's data and people, on a PostgreSQL and a port of their own, and gone afterwards.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCluster } from '@steward/cluster'
import { loadConfig } from 'steward'
import { createDatabases, databases } from '../demo/databases.ts'
import { fillDemo } from '../demo/fill-demo.ts'
import type { HelpdeskFacts } from '../demo/fill-helpdesk.ts'
import { openBackOffice } from '../demo/open-back-office.ts'
import { makePeople } from '../demo/people.ts'
import { repositoryRoot } from '../repository/root.ts'

/** The back office over the helpdesk, and what was planted there. */
export type Scene = { url: string; facts: HelpdeskFacts; close(): Promise<void> }

/** How much of the ninety days: enough that lists are full. */
const scale = 0.2

/**
 * Opens it; takes half a minute.
 *
 * @throws DEMO_NOT_COMPILED, DEMO_NOT_FILLED, SERVE_PAGES_BROKEN
 */
export async function openScene(stopping: AbortSignal): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'steward-pictures-'))
  const cluster = await startCluster({ folder: join(folder, 'postgres') })
  const end = async () => {
    await cluster.stop()
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  try {
    await createDatabases(cluster)
    const filled = await fillDemo(cluster, {
      options: { port: 0, isReset: true, scale },
      stage: { folder, environment: process.env, screen: process.stdout, say: console.log, stopping },
    })
    if (filled === null) throw new Error('Stopped before everything was there.')
    const office = await openBackOffice({
      databaseUrl: cluster.urlOf(databases.service),
      officeUrl: cluster.urlOf(databases.office),
      configured: await loadConfig({ folder: join(repositoryRoot, 'examples', 'helpdesk') }),
      actor: { type: 'system', id: 'pictures' },
      demandsSignIn: true,
      port: 0,
    })
    await makePeople(filled.facts.people, office)
    return {
      url: office.url,
      facts: filled.facts,
      close: async () => {
        await office.close()
        await end()
      },
    }
  } catch (error) {
    await end()
    throw error
  }
}
