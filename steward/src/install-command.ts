// `steward trail install`: prepares a database for the trail. Outside of perform, since before it there is no trail to write.
import type { LocalCommand } from '@steward/cli'
import { migrate, openPool } from '@steward/postgres'
import { installTrail, trailLedger, trailMigrations } from '@steward/trail/capability'

/**
 * The command.
 *
 * @example
 * const locals: LocalCommand[] = [installCommand]
 */
export const installCommand: LocalCommand = {
  path: ['trail', 'install'],
  summary: 'Prepares the database: makes the schema "steward", or brings it up to date',
  description: 'Safe to run again. It records nothing yet: say which tables with `steward trail track`.',
  hasDryRun: true,
  show: [
    { as: 'facts', columns: ['installed', 'applied', 'followsDdl'] },
    { as: 'lines', of: 'warnings', title: 'What it cannot promise here' },
  ],
  examples: ['', '--database-url postgres://owner@localhost/shop'],
  run: async ({ databaseUrl, isDryRun }) => {
    const pool = openPool(databaseUrl)
    try {
      return isDryRun
        ? await migrate(pool, { folder: trailMigrations, ledger: trailLedger, dryRun: true })
        : await installTrail(pool)
    } finally {
      await pool.end()
    }
  },
}
