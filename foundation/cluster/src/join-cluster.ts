// A cluster that another process of ours has started: joined instead of started a second time.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { openPool } from '@steward/postgres'
import { type ClusterOptions, startCluster } from './cluster.ts'
import { readNote } from './data-folder.ts'
import { clusterErrors } from './errors.ts'

const patienceMs = 30_000

/** A cluster that this process may use, together with others. */
export type SharedCluster = {
  url: string
  /** Lets go of it. Whoever started it ends it, as soon as the others have let go of it, too. */
  stop: () => Promise<void>
}

/**
 * Starts the cluster of a folder, or joins the one that another process has started on it.
 *
 * @throws StewardError as startCluster does, except CLUSTER_FOLDER_IN_USE unless the other's server does not get ready.
 * @example
 * const office = await startOrJoinCluster({ folder: '.steward/office' })
 */
export async function startOrJoinCluster(options: ClusterOptions & { folder: string }): Promise<SharedCluster> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      const cluster = await startCluster(options)
      return { url: cluster.url, stop: () => cluster.stop({ mode: 'smart' }) }
    } catch (error) {
      if (!clusterErrors.FOLDER_IN_USE.is(error) || Date.now() > deadline) throw error
    }
    const joined = await join(resolve(options.folder))
    if (joined !== null) return joined
    await wait(100)
  }
}

// A connection of its own keeps the server up as long as we need it, whatever our pools do. Null while it starts or ends.
async function join(folder: string): Promise<SharedCluster | null> {
  const url = await urlOfRunning(folder)
  if (url === null) return null
  const pool = openPool({ connectionString: url, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true })
  try {
    await pool.query('SELECT')
    return { url, stop: () => pool.end() }
  } catch {
    await pool.end()
    return null
  }
}

// The eighth line of the lock file says whether the server is ready, the fourth at which port.
async function urlOfRunning(folder: string): Promise<string | null> {
  const lines = (await readFile(`${folder}/postmaster.pid`, 'utf8').catch(() => '')).split('\n')
  const note = await readNote(folder)
  if (note === null || lines[7]?.trim() !== 'ready') return null
  return `postgres://${encodeURIComponent(note.user)}:${note.password}@127.0.0.1:${lines[3]}/postgres`
}
