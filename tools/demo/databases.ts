// The two databases of the demo's cluster: the service's own, and Steward's.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isStewardError } from '@steward/base'
import type { Cluster } from '@steward/cluster'
import { openPool, quoteIdentifier } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { repositoryRoot } from '../repository/root.ts'
import type { Filled } from './demo-folder.ts'

export const databases = { service: 'helpdesk', office: 'office' } as const

/** Makes both anew and empty, whatever was there. */
export async function createDatabases(cluster: Cluster): Promise<void> {
  const pool = openPool({ connectionString: cluster.url, max: 1 })
  try {
    for (const name of Object.values(databases)) {
      await pool.query(`DROP DATABASE IF EXISTS ${quoteIdentifier(name)} WITH (FORCE)`)
      await pool.query(`CREATE DATABASE ${quoteIdentifier(name)}`)
    }
  } finally {
    await pool.end()
  }
}

/** Of the example's tables: other ones are another demo. */
export async function fingerprintOfExample(): Promise<string> {
  const schema = join(repositoryRoot, 'examples', 'helpdesk', 'src', 'database', 'schema.sql')
  return createHash('sha256')
    .update(await readFile(schema))
    .digest('hex')
}

/** Whether what was filled earlier is of the example as it is now; its trail is brought up to date on the way. */
export async function isOfNow(filled: Filled, cluster: Cluster): Promise<boolean> {
  if (filled.fingerprint !== (await fingerprintOfExample())) return false
  const pool = openPool({ connectionString: cluster.urlOf(databases.service), max: 2 })
  try {
    await openTrail({ pool }).install()
    return true
  } catch (error) {
    // A migration that was there before reads otherwise now: that happens while Steward itself is being worked on.
    if (isStewardError(error)) return false
    throw error
  } finally {
    await pool.end()
  }
}
