// Puts the trail into a database: its schema, its functions, its first partitions; and says what it cannot promise there.
import { type Connectable, inTransaction, migrate, type Queryable } from '@steward/postgres'
import { examinePromises } from './doctor.ts'
import { maintain } from './maintain.ts'
import { trailMigrations } from './newest-migration.ts'
import { translated } from './refusal.ts'

/** The version of the trail's schema: the number of its last migration that this package brings. */
export const trailLedger = 'steward.migration'

/** What an installation did and what it can promise in this database. */
export type InstallReport = {
  installed: true
  /** The migrations that ran now; empty when everything was there. */
  applied: string[]
  /** Whether an event trigger keeps the capture code in step with the tables. */
  followsDdl: boolean
  /** What this installation cannot promise, in sentences. */
  warnings: string[]
}

/** How the trail is installed. With a `signingKey` each part says whether its context was signed with it. */
export type InstallOptions = { signingKey?: string | undefined }

/**
 * Installs the trail, or brings it up to date; safe to call at every start of a service. Tracks nothing yet.
 *
 * @throws POSTGRES_NOT_PERMITTED when the login may not create a schema in this database.
 * @example
 * const { warnings } = await install(pool)
 */
export async function install(pool: Connectable, { signingKey }: InstallOptions = {}): Promise<InstallReport> {
  return translated(async () => {
    const { applied } = await migrate(pool, { folder: trailMigrations, ledger: trailLedger })
    return inTransaction(pool, {}, async (transaction) => {
      if (signingKey) {
        await transaction.query("UPDATE steward.installation SET signing_key = convert_to($1, 'UTF8')", [signingKey])
      }
      await maintain(transaction)
      return {
        installed: true,
        applied,
        followsDdl: await followsDdl(transaction),
        warnings: await examinePromises(transaction),
      }
    })
  })
}

async function followsDdl(queryable: Queryable): Promise<boolean> {
  const { rows } = await queryable.query<{ follows: boolean }>(
    'SELECT follows_ddl AS follows FROM steward.installation',
  )
  return rows[0]?.follows ?? false
}
