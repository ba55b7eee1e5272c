// Looks at the service's database: can it be reached, what is it, and what about it will hurt some day.
import { isStewardError } from '@steward/base'
import {
  type Catalog,
  formatEntity,
  type Pool,
  quoteIdentifier,
  readCatalog,
  translatePostgresError,
} from '@steward/postgres'
import type { Finding } from '../finding.ts'

/** The database in a few words. */
export type DatabaseFacts = {
  name: string
  user: string
  version: string
  isReplica: boolean
  replicas: number | null
  entities: number
}

/**
 * What was found; `catalog` is null where the database cannot be read.
 *
 * @example
 * const { facts, findings } = await examineDatabase(pool)
 */
export async function examineDatabase(
  pool: Pool,
): Promise<{ facts: DatabaseFacts | null; catalog: Catalog | null; findings: Finding[] }> {
  try {
    const { rows } = await pool.query<Row>(statement)
    const row = rows[0] as Row
    const catalog = await readCatalog(pool)
    const relations = catalog.relations.filter(isForPeople)
    const { name, user, version, isReplica, replicas } = row
    return {
      facts: { name, user, version, isReplica, replicas, entities: relations.length },
      catalog,
      findings: [...findingsOf(row), ...findingsOfKeys(catalog)],
    }
  } catch (error) {
    return { facts: null, catalog: null, findings: [unreachable(error)] }
  }
}

/** What is served: no partitions, and nothing of Steward's own. */
function isForPeople({ schema, kind, partitionOf }: Catalog['relations'][number]): boolean {
  return kind !== 'partition' && partitionOf === null && !/^(steward|steward_office)$/.test(schema)
}

type Row = Omit<DatabaseFacts, 'entities'> & {
  versionNumber: number
  isSuperuser: boolean
  isReadOnly: boolean
  statementTimeout: string
  idleTimeout: string
}

// Who may not see the replicas gets no number.
const statement = `
  SELECT current_database() AS name, current_user AS user, current_setting('server_version') AS version,
         current_setting('server_version_num')::int AS "versionNumber",
         pg_is_in_recovery() AS "isReplica",
         CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE') THEN (SELECT count(*)::int FROM pg_stat_replication) END AS replicas,
         (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS "isSuperuser",
         current_setting('default_transaction_read_only')::boolean AS "isReadOnly",
         current_setting('statement_timeout') AS "statementTimeout",
         current_setting('idle_in_transaction_session_timeout') AS "idleTimeout"`

function findingsOf(row: Row): Finding[] {
  const findings: Finding[] = []
  const add = (level: Finding['level'], kind: string, message: string, hint: string) =>
    findings.push({ level, kind, subject: null, message, hint })
  if (row.versionNumber < 140_000) {
    add('error', 'version', `PostgreSQL ${row.version} is older than 14.`, 'Steward works with PostgreSQL 14 to 18.')
  }
  if (row.isReplica) {
    add(
      'warning',
      'replica',
      'This is a replica: it can be read, and nothing can be written.',
      'Give the primary as DATABASE_URL.',
    )
  } else if (row.isReadOnly) {
    add(
      'warning',
      'read-only',
      `"${row.user}" may only read, unless a transaction says otherwise.`,
      'See default_transaction_read_only of the role and the database.',
    )
  }
  if (row.isSuperuser) {
    add(
      'note',
      'superuser',
      `Steward connects as the superuser "${row.user}".`,
      'Give it a role of its own, with the rights on the tables that it serves.',
    )
  }
  if (row.statementTimeout === '0') {
    add(
      'warning',
      'statement-timeout',
      'A statement may run for ever: statement_timeout is off.',
      `ALTER ROLE ${quoteIdentifier(row.user)} SET statement_timeout = '30s'`,
    )
  }
  if (row.idleTimeout === '0') {
    add(
      'note',
      'idle-timeout',
      'A transaction that somebody forgot keeps its locks for ever: idle_in_transaction_session_timeout is off.',
      `ALTER ROLE ${quoteIdentifier(row.user)} SET idle_in_transaction_session_timeout = '60s'`,
    )
  }
  return findings
}

function findingsOfKeys({ relations }: Catalog): Finding[] {
  const keyless = relations
    .filter(
      ({ kind, partitionOf, primaryKey }) =>
        (kind === 'table' || kind === 'partitioned') && partitionOf === null && primaryKey === null,
    )
    .filter(({ schema }) => schema !== 'steward' && schema !== 'steward_office')
    .map(formatEntity)
  if (keyless.length === 0) return []
  const [which, are] = keyless.length === 1 ? ['table has', 'its records'] : ['tables have', 'their records']
  const message = `${keyless.length} ${which} no primary key (${shortList(keyless)}): ${are} cannot be opened, edited or reverted one by one.`
  return [
    {
      level: 'warning',
      kind: 'no-key',
      subject: keyless.length === 1 ? (keyless[0] ?? null) : null,
      message,
      hint: 'Add a primary key.',
    },
  ]
}

/**
 * The first few of many names.
 *
 * @example
 * shortList(['a', 'b', 'c', 'd', 'e', 'f', 'g']) // 'a, b, c, d, e and 2 more'
 */
export function shortList(names: readonly string[]): string {
  const most = names.length > 6 ? 5 : 6
  const more = names.length - most
  return `${names.slice(0, most).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function unreachable(error: unknown): Finding {
  const translated = translatePostgresError(error)
  const { message, hint } = isStewardError(translated) ? translated : { message: String(error), hint: null }
  const say = `The database cannot be read: ${message}`
  return { level: 'error', kind: 'database', subject: null, message: say, hint: hint ?? 'Check DATABASE_URL.' }
}
