// Steward's own database: people, keys and what else must not lie in the service's. Made when it is first asked for.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startOrJoinCluster } from '@steward/cluster'
import type { Capability } from '@steward/engine'
import { migrate, openPool, type Pool, serverErrors, translatePostgresError } from '@steward/postgres'
import { installTrail } from '@steward/trail/capability'

/**
 * An open office.
 *
 * @example
 * const close = (office: Office) => office.close()
 */
export type Office = {
  pool: Pool
  /** Aborted when our own PostgreSQL has ended under us: its pool is of no use then, and whoever needs an office opens another. */
  lost: AbortSignal
  close: () => Promise<void>
}

/**
 * Where the office is, and who lives there.
 *
 * @example
 * const options: OfficeOptions = { url: process.env.STEWARD_DATABASE_URL, folder: '.steward', capabilities }
 */
export type OfficeOptions = {
  /** STEWARD_DATABASE_URL; undefined is a PostgreSQL of our own in `folder`. */
  url: string | undefined
  folder: string
  capabilities: readonly Capability[]
}

/**
 * Opens Steward's own database and brings it up to date: the one of `url`, or a PostgreSQL of our own in `folder`, which several
 * processes may share. Its changes leave a trail of their own, in the same database.
 *
 * @throws POSTGRES_… and CLUSTER_… where it cannot be reached or started
 * @example
 * const office = await openOffice({ url: process.env.STEWARD_DATABASE_URL, folder: '.steward', capabilities })
 */
export async function openOffice(options: OfficeOptions): Promise<Office> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    try {
      return await openOnce(options)
    } catch (error) {
      if (options.url !== undefined || !isEnding(error) || Date.now() > deadline) throw error
    }
    await wait(200)
  }
}

// Longer than a process that ends waits for those who share its server.
const patienceMs = 40_000

/** Whoever had started our own server is just ending it: once we have let go of it, it can be started anew. */
function isEnding(error: unknown): boolean {
  const said = translatePostgresError(error)
  return [serverErrors.NOT_READY, serverErrors.CONNECTION_LOST, serverErrors.CONNECTION_FAILED].some((one) =>
    one.is(said),
  )
}

async function openOnce({ url, folder, capabilities }: OfficeOptions): Promise<Office> {
  const cluster = url === undefined ? await startOwn(folder) : null
  const pool = openPool(url ?? (cluster as { url: string }).url)
  // The database of somebody else comes back where it was.
  const lifeline = cluster === null ? null : holdOn(cluster.url)
  const close = async () => {
    await Promise.all([pool.end(), lifeline?.end()])
    await cluster?.stop()
  }
  try {
    await installTrail(pool)
    for (const { name, home, migrations } of capabilities) {
      if (home !== 'office' || migrations === undefined) continue
      await migrate(pool, { folder: migrations, ledger: `steward_office.${name}_migration` })
    }
    return { pool, lost: lifeline?.lost ?? new AbortController().signal, close }
  } catch (error) {
    await close()
    throw error
  }
}

// A connection that does nothing: its end is the first that is heard of the end of a server.
function holdOn(url: string): { lost: AbortSignal; end: () => Promise<void> } {
  const lost = new AbortController()
  const pool = openPool({ connectionString: url, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true })
  pool.on('error', () => lost.abort())
  pool.query('SELECT').catch(() => lost.abort())
  return { lost: lost.signal, end: () => pool.end() }
}

/**
 * An office that is opened when it is first asked for. Where that fails, the next one who asks tries again; where our own
 * PostgreSQL has ended with the process that had started it, the next one who asks starts it anew.
 *
 * @example
 * const office = officeOnDemand({ url, folder: '.steward', capabilities })
 * const pool = await office.pool()
 */
export function officeOnDemand(options: OfficeOptions): { pool: () => Promise<Pool>; close: () => Promise<void> } {
  let opened: Promise<Office> | undefined
  return {
    async pool() {
      opened ??= openOffice(options).catch((error: unknown) => {
        opened = undefined
        throw error
      })
      const office = await opened
      if (!office.lost.aborted) return office.pool
      // Of all who find it lost, the first lets go of it.
      if (opened !== undefined && (await opened) === office) {
        opened = undefined
        void office.close().catch(() => undefined)
      }
      return this.pool()
    },
    close: async () => (await opened)?.close(),
  }
}

async function startOwn(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  await mkdir(folder, { recursive: true })
  return startOrJoinCluster({ folder: join(folder, 'office') })
}
