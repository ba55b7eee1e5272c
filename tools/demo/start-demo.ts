// The demo: a PostgreSQL of its own with a helpdesk in it, filled once, and the back office over it.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { type Cluster, clusterErrors, startCluster } from '@steward/cluster'
import { loadConfig } from 'steward'
import { repositoryRoot } from '../repository/root.ts'
import { buildPages } from './build-pages.ts'
import { databases, isOfNow } from './databases.ts'
import { type DemoFolder, openDemoFolder } from './demo-folder.ts'
import { demoErrors } from './errors.ts'
import { fillDemo } from './fill-demo.ts'
import { greetingOf } from './greet.ts'
import { type BackOffice, openBackOffice } from './open-back-office.ts'
import { makePeople } from './people.ts'
import type { DemoOptions } from './read-options.ts'
import type { Stage } from './stage.ts'

type Parts = { options: DemoOptions; stage: Stage }

// What a crash loses is at most the last second of a demonstration.
const settings = { synchronous_commit: 'off', shared_buffers: '256MB', max_wal_size: '2GB', jit: 'off' }

/**
 * Starts the demo, and serves it until it is told to stop.
 *
 * @throws DEMO_RUNS_ALREADY, DEMO_NOT_COMPILED, DEMO_NOT_FILLED, CLUSTER_… where PostgreSQL does not start
 */
export async function startDemo(options: DemoOptions, stage: Stage): Promise<void> {
  const started = performance.now()
  const folder = await openDemoFolder(stage.folder)
  const cluster = await startOwn(folder)
  try {
    await folder.writeRunning({ pid: process.pid, url: null })
    const { filled, isNew } = await fillOnce(cluster, folder, { options, stage })
    if (filled === null) return stage.say('Stopped before everything was there: the next start begins anew.')
    const office = await serve(cluster, folder, { options, stage })
    try {
      if (isNew) {
        await makePeople(filled.facts.people, office)
        // Last of all: who is killed before this line finds nothing, and begins anew.
        await folder.writeFilled(filled)
      }
      await folder.writeRunning({ pid: process.pid, url: office.url })
      const takenPort = office.port === options.port || options.port === 0 ? null : options.port
      const seconds = (performance.now() - started) / 1000
      for (const line of greetingOf({ url: office.url, filled, takenPort, seconds, isNew })) stage.say(line)
      if (!stage.stopping.aborted) await once(stage.stopping, 'abort')
      stage.say('\nStopping. Everything stays as it is for the next start.')
    } finally {
      await office.close()
    }
  } finally {
    await folder.writeRunning(null)
    await cluster.stop()
  }
}

async function startOwn(folder: DemoFolder): Promise<Cluster> {
  try {
    return await startCluster({ folder: folder.cluster, settings })
  } catch (error) {
    if (!clusterErrors.FOLDER_IN_USE.is(error)) throw error
    const running = await folder.readRunning()
    throw demoErrors.RUNS_ALREADY(running ?? { pid: 0, url: null }, { cause: error })
  }
}

/** What was filled, now or before; null when somebody stopped it in between. */
async function fillOnce(cluster: Cluster, folder: DemoFolder, { options, stage }: Parts) {
  const found = options.isReset ? null : await folder.readFilled()
  if (found !== null && (await isOfNow(found, cluster))) {
    await buildPages()
    return { filled: found, isNew: false }
  }
  if (found !== null) stage.say('The example has changed since it was filled: it is filled anew.')
  await folder.writeFilled(null)
  return { filled: await fillDemo(cluster, { options, stage }), isNew: true }
}

async function serve(cluster: Cluster, folder: DemoFolder, { options, stage }: Parts): Promise<BackOffice> {
  const log = createWriteStream(join(folder.path, 'server.log'))
  const office = await openBackOffice({
    databaseUrl: cluster.urlOf(databases.service),
    officeUrl: cluster.urlOf(databases.office),
    configured: await loadConfig({ folder: join(repositoryRoot, 'examples', 'helpdesk') }),
    actor: { type: 'system', id: 'demo' },
    demandsSignIn: true,
    port: options.port,
    logs: 'json',
    logTo: log,
    warn: (message) => stage.say(`! ${message}`),
  })
  return {
    ...office,
    close: async () => {
      await office.close()
      log.end()
    },
  }
}
