// Looks for everything that would make the trail less than it promises, and says how to mend it.
import type { Queryable } from '@steward/postgres'
import { newestMigration } from './newest-migration.ts'
import { translated } from './refusal.ts'
import { readStatus, type TableStatus } from './status.ts'

/** One thing that is not as it should be. `entity` is null where it concerns the whole installation. */
export type Finding = { kind: string; entity: string | null; message: string; hint: string }

/** What the doctor found. `healthy` is true when nothing weakens what is already tracked; untracked tables are advice. */
export type Examination = { installed: boolean; healthy: boolean; maintainedAt: string | null; findings: Finding[] }

const advice = new Set(['untracked', 'no-stamps', 'owner', 'no-event-trigger'])

/** Examines the installation, every table, and the rights that could get around the capture. Changes nothing. */
export async function examine(queryable: Queryable): Promise<Examination> {
  const status = await readStatus(queryable)
  if (!status.installed) {
    const finding = {
      kind: 'not-installed',
      entity: null,
      message: 'The trail is not installed.',
      hint: 'steward trail install',
    }
    return { installed: false, healthy: false, maintainedAt: null, findings: [finding] }
  }
  return translated(async () => {
    const { rows } = await queryable.query<Installation>(installationStatement)
    const installation = rows[0] as Installation
    const findings = [
      ...(await findingsOfVersion(status.version)),
      ...findingsOfInstallation(installation),
      ...status.tables.flatMap(findingsOfTable),
      ...(await findingsOfTables(queryable)),
    ]
    const healthy = findings.every((finding) => advice.has(finding.kind))
    return { installed: true, healthy, maintainedAt: installation.maintainedAt, findings }
  })
}

/** What an installation cannot promise because of who owns what, in sentences. */
export async function examinePromises(queryable: Queryable): Promise<string[]> {
  const { rows } = await queryable.query<{ sentence: string }>(`
    SELECT format('The login "%s" owns %s of the tables (%s): whoever logs in as it can disable the capture. See: steward trail harden --print',
             role.rolname, count(*), array_to_string((array_agg(class.relname::text ORDER BY class.relname))[1:8], ', ')
               || CASE WHEN count(*) > 8 THEN ', …' ELSE '' END) AS sentence
      FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
      JOIN pg_catalog.pg_roles AS role ON role.oid = class.relowner
     WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition AND role.rolcanlogin
       AND namespace.nspname !~ '^pg_' AND namespace.nspname NOT IN ('information_schema', 'steward', 'steward_office')
     GROUP BY role.rolname
     UNION ALL
    SELECT format('The schema "%s" is owned by the login "%s": whoever logs in as it can drop or replace its tables.',
             namespace.nspname, role.rolname)
      FROM pg_catalog.pg_namespace AS namespace JOIN pg_catalog.pg_roles AS role ON role.oid = namespace.nspowner
     WHERE role.rolcanlogin AND namespace.nspname !~ '^pg_' AND namespace.nspname NOT IN ('information_schema', 'steward', 'steward_office')
     ORDER BY 1`)
  return rows.map(({ sentence }) => sentence)
}

/** The newest migration that this package brings has run, or the trail is older than what asks it. */
async function findingsOfVersion(version: string | null): Promise<Finding[]> {
  const newest = await newestMigration()
  if ((version ?? '') >= newest) return []
  return [
    {
      kind: 'outdated',
      entity: null,
      message: `The trail in this database is older than this Steward: it is at ${version ?? 'nothing'}, not at ${newest}.`,
      hint: 'steward trail install',
    },
  ]
}

type Installation = {
  maintainedAt: string | null
  stale: boolean
  followsDdl: boolean
  /** The event trigger that the installation counts on is gone or disabled. */
  hasLostDdl: boolean
  stray: string
  ahead: boolean
  orphans: string
  unsigned: string
}

const installationStatement = `
  SELECT to_char(maintained_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "maintainedAt",
         coalesce(maintained_at < clock_timestamp() - interval '1 hour', true) AS stale,
         follows_ddl AS "followsDdl",
         follows_ddl AND NOT EXISTS (SELECT FROM pg_catalog.pg_event_trigger
                                      WHERE evtname = 'steward_follow_ddl' AND evtenabled IN ('O', 'A')) AS "hasLostDdl",
         (SELECT count(*) FROM (SELECT FROM steward.change_default WHERE NOT imported LIMIT 1000) AS stray) AS stray,
         to_regclass('steward.change_' || to_char(clock_timestamp() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY_MM')) IS NOT NULL AS ahead,
         (SELECT count(*) FROM (
            SELECT FROM steward.change
             WHERE change.at > clock_timestamp() - interval '1 day' AND NOT EXISTS (
               SELECT FROM steward.operation WHERE operation.id = change.operation_id
                 AND operation.xid IS NOT DISTINCT FROM change.xid) LIMIT 1000) AS orphan) AS orphans,
         (SELECT count(*) FROM (
            SELECT FROM steward.operation
             WHERE signing_key IS NOT NULL AND operation.at > clock_timestamp() - interval '1 day' AND operation.source = 'app'
               AND operation.signed IS NOT TRUE LIMIT 1000) AS unsigned) AS unsigned
    FROM steward.installation`

function findingsOfInstallation(found: Installation): Finding[] {
  const findings: Finding[] = []
  const add = (kind: string, message: string, hint: string) => findings.push({ kind, entity: null, message, hint })
  if (found.stale) {
    const when = found.maintainedAt ? `last at ${found.maintainedAt}` : 'never'
    add(
      'unmaintained',
      `maintain() ran ${when}: marks and partitions are not made.`,
      'Run `steward trail maintain` each minute.',
    )
  }
  if (found.hasLostDdl) {
    add(
      'lost-event-trigger',
      'The event trigger steward_follow_ddl is gone or disabled: a change of a table can make writes to it fail.',
      'steward trail maintain makes each statement check instead; ALTER EVENT TRIGGER steward_follow_ddl ENABLE brings it back.',
    )
  }
  if (!found.followsDdl) {
    add(
      'no-event-trigger',
      'This login may not make event triggers: each statement checks the shape of its table instead.',
      'Install as a superuser (rds_superuser on RDS) to save that check.',
    )
  }
  if (found.stray !== '0') add('stray', 'Changes lie in the default partition.', 'steward trail maintain')
  if (!found.ahead) add('no-partition', 'No partition is made for next month.', 'steward trail maintain')
  if (found.orphans !== '0') {
    add(
      'no-operation',
      `${found.orphans} changes of the last day have no operation: a session forged its context.`,
      'Look at their transaction ids in steward.change; contexts can be signed.',
    )
  }
  if (found.unsigned !== '0') {
    add(
      'unsigned',
      `${found.unsigned} operations of the last day came through the application without its signature.`,
      'Open the trail with the signing key in every process, or find out who forges contexts.',
    )
  }
  return findings
}

function findingsOfTable(table: TableStatus): Finding[] {
  if (!table.tracked) {
    const hint = `steward trail track ${table.entity}`
    return [{ kind: 'untracked', entity: table.entity, message: `${table.entity} is not tracked.`, hint }]
  }
  return table.problems.map((problem) => ({
    kind: problem.startsWith('no primary key') ? 'no-key' : problem.includes('disabled') ? 'disabled' : 'capture',
    entity: table.entity,
    message: `${table.entity}: ${problem}.`,
    hint: problem.startsWith('no primary key') ? 'Add a primary key.' : `steward trail track ${table.entity}`,
  }))
}

async function findingsOfTables(queryable: Queryable): Promise<Finding[]> {
  const { rows } = await queryable.query<Finding>(`
    WITH tracked AS (
      SELECT relation.*, class.relowner, steward.entity_name(relation.id) AS entity
        FROM steward.relation JOIN pg_catalog.pg_class AS class ON class.oid = relation.table_oid WHERE relation.tracked)
    SELECT 'no-stamps' AS kind, entity, format('%s has no stamps (created_at, updated_at, version).', entity) AS message,
           'steward trail stamp ' || entity AS hint
      FROM tracked WHERE stamped = '{}'
    UNION ALL
    SELECT 'owner', entity, format('%s is owned by the login "%s": whoever logs in as it can disable the capture.', entity, role.rolname),
           'steward trail harden --print'
      FROM tracked JOIN pg_catalog.pg_roles AS role ON role.oid = tracked.relowner
     WHERE role.rolcanlogin
    UNION ALL
    SELECT DISTINCT 'owner', NULL, format('The schema "%s" is owned by the login "%s", who may drop its tables.', namespace.nspname, role.rolname),
           'steward trail harden --print'
      FROM tracked JOIN pg_catalog.pg_namespace AS namespace ON namespace.nspname = tracked.schema_name
      JOIN pg_catalog.pg_database AS database ON database.datname = current_database()
      JOIN pg_catalog.pg_roles AS owner ON owner.oid = namespace.nspowner
      JOIN pg_catalog.pg_roles AS role ON role.oid = CASE owner.rolname WHEN 'pg_database_owner' THEN database.datdba ELSE owner.oid END
     WHERE role.rolcanlogin AND NOT role.rolsuper
    UNION ALL
    SELECT DISTINCT 'owner', tracked.entity, format('The type %s of %s is owned by the login "%s", who may change how it is written down.',
             format_type(type.oid, NULL), tracked.entity, role.rolname),
           'steward trail harden --print'
      FROM tracked JOIN steward.live_column USING (table_oid)
      CROSS JOIN LATERAL steward.component_types(live_column.type_oid) AS component (oid)
      JOIN pg_catalog.pg_type AS type ON type.oid = component.oid
      JOIN pg_catalog.pg_roles AS role ON role.oid = type.typowner
     WHERE role.rolcanlogin AND NOT role.rolsuper
    UNION ALL
    SELECT 'trigger-right', entity, format('The role "%s" may replace triggers of %s.', role.rolname, entity),
           format('REVOKE TRIGGER, TRUNCATE ON %s FROM %I', tracked.table_oid::regclass, role.rolname)
      FROM tracked CROSS JOIN pg_catalog.pg_roles AS role
     WHERE role.rolcanlogin AND NOT role.rolsuper AND NOT pg_has_role(role.oid, tracked.relowner, 'MEMBER')
       AND has_table_privilege(role.oid, tracked.table_oid, 'TRIGGER')
     ORDER BY 1, 2`)
  return rows
}
