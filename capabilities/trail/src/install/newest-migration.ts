// The newest migration of the trail that this package brings, by its name.
import { readdir } from 'node:fs/promises'
import type { Queryable } from '@steward/postgres'

/** Where the trail's own migrations are. */
export const trailMigrations = new URL('../../migrations/', import.meta.url)

/**
 * The name of the newest migration, as the ledger notes it.
 *
 * @example
 * await newestMigration() // '0012-deletions'
 */
export async function newestMigration(): Promise<string> {
  const names = (await readdir(trailMigrations)).filter((name) => name.endsWith('.sql')).sort()
  return names.at(-1)?.replace(/\.sql$/, '') ?? ''
}

/**
 * Whether a database where the trail is installed lacks migrations that this package brings.
 *
 * @example
 * if (await isOutdated(pool)) warn('steward trail install')
 */
export async function isOutdated(queryable: Queryable): Promise<boolean> {
  const { rows } = await queryable.query<{ name: string }>(
    'SELECT name FROM steward.migration ORDER BY name DESC LIMIT 1',
  )
  return (rows[0]?.name ?? '') < (await newestMigration())
}
