// A database with the trail installed, for tests only: cloned from a template that is migrated once in a run.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { migrate, openPool } from '@steward/postgres'

/** What the database begins with, beside the trail. */
export type TrailDatabaseOptions = {
  /** SQL that runs after the installation and before the tables are tracked. */
  setup?: string
  /** Tables to track, as `orders` or `billing.orders`. */
  track?: string[]
}

const migrations = new URL('../../migrations/', import.meta.url)

/**
 * Gives a database of its own with the trail installed; `drop()` closes its pool and removes it.
 *
 * @example
 * const database = await trailDatabase({ setup: 'CREATE TABLE orders (id int PRIMARY KEY)', track: ['orders'] })
 */
export async function trailDatabase({ setup, track = [] }: TrailDatabaseOptions = {}): Promise<TestDatabase> {
  const database = await testDatabase({ name: 'trail', key: `trail ${migrations}`, template: installTrail })
  try {
    if (setup) await database.pool.query(setup)
    for (const entity of track) await database.pool.query('SELECT steward.track($1::regclass)', [entity])
  } catch (error) {
    await database.drop()
    throw error
  }
  return database
}

async function installTrail(url: string): Promise<void> {
  const pool = openPool({ connectionString: url, max: 1 })
  try {
    await migrate(pool, { folder: migrations, ledger: 'steward.migration' })
  } finally {
    await pool.end()
  }
}
