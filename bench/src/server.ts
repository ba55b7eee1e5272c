// The server that a benchmark runs on: the embedded PostgreSQL as one would run it in production, or a given one.
import { totalmem } from 'node:os'
import { type ServerChoice, startCluster } from '@steward/cluster'
import { openPool, type Pool, quoteIdentifier } from '@steward/postgres'

/** A database that lives as long as it is needed. */
export type Database = { name: string; url: string; pool: Pool; drop: () => Promise<void> }

export type Server = {
  /** Whether it was started for this run, on this machine. */
  isOurs: boolean
  /** The full version, as '18.4'. */
  version: string
  /** How it is set where that matters to figures. */
  settings: string
  /** Connected to its maintenance database. */
  pool: Pool
  /** A new database; a copy of `template` if that is given. */
  newDatabase: (name: string, template?: Database) => Promise<Database>
  stop: () => Promise<void>
}

/** As one would run it in production: every commit is on the disk, a quarter of the memory is its cache. */
function productionSettings(): Record<string, string> {
  const quarterMb = Math.floor(totalmem() / 4 / 2 ** 20)
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    shared_buffers: `${Math.min(2048, quarterMb)}MB`,
    effective_cache_size: `${Math.floor(totalmem() / 2 / 2 ** 20)}MB`,
    maintenance_work_mem: '256MB',
    max_wal_size: '8GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    max_connections: '100',
  }
}

/** Starts what STEWARD_TEST_PG names (14, 16, 18, `system`, or the url of a running server); the embedded 18 otherwise. */
export async function startServer(choice: string = process.env.STEWARD_TEST_PG || '18'): Promise<Server> {
  if (/^postgres(ql)?:\/\//.test(choice)) {
    return serverAt({
      isOurs: false,
      url: choice,
      urlOf: (name) => withDatabase(choice, name),
      stop: async () => undefined,
    })
  }
  const version = (/^\d+$/.test(choice) ? Number(choice) : choice) as ServerChoice
  const cluster = await startCluster({ version, settings: productionSettings() })
  return serverAt({ ...cluster, isOurs: true, stop: () => cluster.stop({ mode: 'immediate' }) })
}

type Address = { isOurs: boolean; url: string; urlOf: (name: string) => string; stop: () => Promise<void> }

async function serverAt({ isOurs, url, urlOf, stop }: Address): Promise<Server> {
  const pool = openPool({ connectionString: url, max: 2 })
  const left = new Set<Database>()
  try {
    const { version, settings } = await describe(pool)
    return {
      isOurs,
      version,
      settings,
      pool,
      async newDatabase(label, template) {
        const database = await createDatabase(pool, label, urlOf, template)
        left.add(database)
        return { ...database, drop: () => (left.delete(database) ? database.drop() : Promise.resolve()) }
      },
      async stop() {
        for (const database of left) await database.drop()
        await pool.end()
        await stop()
      },
    }
  } catch (error) {
    await pool.end()
    await stop()
    throw error
  }
}

async function createDatabase(
  server: Pool,
  label: string,
  urlOf: (name: string) => string,
  template?: Database,
): Promise<Database> {
  const name = `bench_${label}_${process.pid}`
  const source = template ? ` TEMPLATE ${quoteIdentifier(template.name)}` : ''
  await server.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
  await server.query(`CREATE DATABASE ${quoteIdentifier(name)}${source}`)
  const pool = openPool({ connectionString: urlOf(name), max: 2 })
  return {
    name,
    url: urlOf(name),
    pool,
    async drop() {
      // Not waited for: after a failure somebody may still hold a connection, and the server ends those anyway.
      if (!pool.ended) void pool.end()
      await server.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
    },
  }
}

async function describe(pool: Pool): Promise<{ version: string; settings: string }> {
  const names = [
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'shared_buffers',
    'checkpoint_timeout',
    'autovacuum',
  ]
  const { rows } = await pool.query<{ version: string; settings: string }>(
    `SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
            (SELECT string_agg(name || ' ' || current_setting(name), ', ' ORDER BY place)
               FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, place)) AS settings`,
    [names],
  )
  return rows[0] as { version: string; settings: string }
}

function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.href
}
