// Migrations in plain SQL: in order, once, one at a time, and never changed afterwards.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { parseEntity } from './entity.ts'
import { postgresErrors } from './errors.ts'
import { quoteIdentifier } from './identifier.ts'
import type { Connectable, Queryable, Transaction } from './queryable.ts'
import { inTransaction } from './transaction.ts'

/** Where the migrations are, and where it is noted which of them ran. */
export type MigrateOptions = {
  /** The folder of files named NNNN-what-it-does.sql. */
  folder: URL
  /** The table that notes what ran, as `steward.migration`; made with its schema if it is missing. */
  ledger: string
  /** The advisory lock that keeps two processes apart; made from the ledger's name unless given. */
  lockKey?: bigint | number
  /** Looks, refuses what `migrate` would refuse, and applies nothing. */
  dryRun?: boolean
}

/** What a run did: the names of the migrations that it applied (or, as a dry run, would apply), in order. */
export type MigrationReport = { applied: string[] }

type Migration = { name: string; sql: string; checksum: string }

/**
 * Brings a database up to date: applies the files of the folder that the ledger does not know yet, in order, each in
 * a transaction of its own together with its note. Processes that start at once wait for each other, and the second
 * finds nothing to do.
 *
 * @throws StewardError POSTGRES_MIGRATION_CHANGED, POSTGRES_MIGRATION_MISSING, POSTGRES_MIGRATION_LATE,
 * POSTGRES_MIGRATION_NAME before anything is applied; POSTGRES_MIGRATION_FAILED with the place in the file when PostgreSQL refuses a statement.
 * @example
 * await migrate(pool, { folder: new URL('../migrations/', import.meta.url), ledger: 'steward.migration' })
 */
export async function migrate(pool: Connectable, options: MigrateOptions): Promise<MigrationReport> {
  const migrations = await readMigrations(options.folder)
  const applied: string[] = []
  if (options.dryRun) {
    return inTransaction(pool, { readOnly: true }, async (transaction) => {
      const pending = pendingOf(migrations, await readLedger(transaction, options.ledger), options.ledger)
      return { applied: pending.map(({ name }) => name) }
    })
  }
  for (;;) {
    // The lock is the transaction's: it cannot outlive a process that dies, and works behind a transaction pooler.
    const name = await inTransaction(pool, { discard: true }, (transaction) =>
      applyNext(transaction, migrations, options),
    )
    if (name === null) return { applied }
    applied.push(name)
  }
}

async function applyNext(
  transaction: Transaction,
  migrations: Migration[],
  { ledger, lockKey }: MigrateOptions,
): Promise<string | null> {
  await transaction.query('SELECT pg_advisory_xact_lock($1::bigint)', [String(lockKey ?? keyOf(ledger))])
  const noted = await readLedger(transaction, ledger)
  const [next] = pendingOf(migrations, noted, ledger)
  if (!next) return null
  if (noted === null) await createLedger(transaction, ledger)
  const before = await transactionId(transaction)
  try {
    await transaction.query(next.sql)
  } catch (error) {
    throw failure(next, error)
  }
  if ((await transactionId(transaction)) !== before)
    throw postgresErrors.MIGRATION_ENDED_TRANSACTION({ name: next.name })
  await transaction.query(`INSERT INTO ${quoteEntity(ledger)} (name, checksum) VALUES ($1, $2)`, [
    next.name,
    next.checksum,
  ])
  return next.name
}

async function transactionId(transaction: Transaction): Promise<string> {
  const { rows } = await transaction.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id')
  return (rows[0] as { id: string }).id
}

async function readMigrations(folder: URL): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort()
  const numbers = new Set<string>()
  return Promise.all(
    files.map(async (file) => {
      const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(file)?.[1]
      if (!number || numbers.has(number)) throw postgresErrors.MIGRATION_NAME({ file })
      numbers.add(number)
      // A checkout with Windows line ends is not a change.
      const sql = (await readFile(new URL(file, asFolder(folder)), 'utf8')).replaceAll('\r\n', '\n')
      return { name: file.slice(0, -'.sql'.length), sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

function asFolder(folder: URL): URL {
  return folder.pathname.endsWith('/') ? folder : new URL(`${folder.pathname}/`, folder)
}

/** The checksums by name; null when there is no ledger yet. */
async function readLedger(queryable: Queryable, ledger: string): Promise<Map<string, string> | null> {
  const { schema, name } = parseEntity(ledger)
  const found = await queryable.query(
    `SELECT FROM pg_catalog.pg_class AS c
     JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = $2`,
    [schema, name],
  )
  if (found.rowCount === 0) return null
  const noted = await queryable.query<{ name: string; checksum: string }>(
    `SELECT name, checksum FROM ${quoteEntity(ledger)} ORDER BY name`,
  )
  return new Map(noted.rows.map((row) => [row.name, row.checksum]))
}

async function createLedger(transaction: Transaction, ledger: string): Promise<void> {
  const { schema } = parseEntity(ledger)
  // CREATE SCHEMA IF NOT EXISTS asks for a right on the database even where the schema exists.
  const found = await transaction.query('SELECT FROM pg_catalog.pg_namespace WHERE nspname = $1', [schema])
  if (found.rowCount === 0) await transaction.query(`CREATE SCHEMA ${quoteIdentifier(schema)}`)
  await transaction.query(
    `CREATE TABLE ${quoteEntity(ledger)} (
       name text PRIMARY KEY,
       checksum text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now()
     )`,
  )
}

function pendingOf(migrations: Migration[], noted: Map<string, string> | null, ledger: string): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]))
  for (const [name, checksum] of noted ?? []) {
    const migration = known.get(name)
    if (!migration) throw postgresErrors.MIGRATION_MISSING({ name, ledger })
    if (migration.checksum !== checksum) throw postgresErrors.MIGRATION_CHANGED({ name, ledger })
  }
  const pending = migrations.filter(({ name }) => !noted?.has(name))
  const last = [...(noted?.keys() ?? [])].sort().at(-1)
  const late = pending.find(({ name }) => last !== undefined && name < last)
  if (late && last !== undefined) throw postgresErrors.MIGRATION_LATE({ name: late.name, last })
  return pending
}

function failure({ name, sql }: Migration, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error)
  const position = Number((error as { position?: string }).position)
  const line =
    position > 0 ? [...sql].slice(0, position - 1).filter((character) => character === '\n').length + 1 : null
  const where = line === null ? null : `${name}.sql, line ${line}: ${sql.split('\n')[line - 1]?.trim()}`
  return postgresErrors.MIGRATION_FAILED({ name, reason, where }, { cause: error })
}

function quoteEntity(text: string): string {
  const { schema, name } = parseEntity(text)
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
}

// The same ledger gives the same lock in every process, and two ledgers do not wait for each other.
function keyOf(ledger: string): bigint {
  return createHash('sha256').update(`steward migrations of ${ledger}`).digest().readBigInt64BE(0)
}
