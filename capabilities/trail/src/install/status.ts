// Which tables are under the trail, since when, and what is wrong with any of them.
import { formatEntity, type Queryable } from '@steward/postgres'
import { translated } from './refusal.ts'

/** One table of the service. `since` and `mode` are null where it is not tracked. */
export type TableStatus = {
  entity: string
  tracked: boolean
  since: string | null
  mode: 'row' | 'bulk' | null
  problems: string[]
}

/** The trail in this database. `version` is the name of the newest migration that ran; null where it is not installed. */
export type Status = { installed: boolean; version: string | null; tables: TableStatus[] }

/** Reads the state of the trail and of every table that could be tracked. Never fails for want of an installation. */
export async function readStatus(queryable: Queryable): Promise<Status> {
  const installed = await isInstalled(queryable)
  if (!installed) return { installed: false, version: null, tables: [] }
  return translated(async () => {
    const version = await queryable.query<{ name: string }>(
      'SELECT name FROM steward.migration ORDER BY name DESC LIMIT 1',
    )
    const { rows } = await queryable.query<StatusRow>(statusStatement)
    return { installed: true, version: version.rows[0]?.name ?? null, tables: rows.map(toStatus) }
  })
}

/** Whether the trail's schema is there. */
export async function isInstalled(queryable: Queryable): Promise<boolean> {
  const { rows } = await queryable.query<{ installed: boolean }>(
    "SELECT to_regclass('steward.change') IS NOT NULL AS installed",
  )
  return rows[0]?.installed ?? false
}

type StatusRow = {
  schema: string
  name: string
  tracked: boolean
  since: string | null
  mode: 'row' | 'bulk' | null
  problems: string[]
}

// Problems are found where they would arise: in the catalog, not in our register.
const statusStatement = `
  SELECT namespace.nspname AS schema, class.relname AS name, relation.id IS NOT NULL AS tracked, relation.mode,
         to_char(relation.tracked_since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since,
         array_remove(ARRAY[
           CASE WHEN relation.id IS NOT NULL AND relation.key_columns = '{}' THEN 'no primary key: not revertible by key' END,
           CASE WHEN relation.id IS NOT NULL AND NOT steward.has_triggers(relation.id) THEN 'capture triggers are missing' END,
           CASE WHEN ours.disabled > 0 THEN 'capture triggers are disabled' END,
           CASE WHEN relation.id IS NOT NULL AND relation.shape <> steward.shape_of(relation.id)
                THEN 'the capture code is older than the table: run steward trail maintain' END,
           (SELECT format('trigger "%s" runs before the capture: nested changes are recorded in another order', trigger.tgname)
              FROM pg_catalog.pg_trigger AS trigger
             WHERE relation.id IS NOT NULL AND trigger.tgrelid = class.oid AND NOT trigger.tgisinternal
               AND trigger.tgtype::integer & 2 = 0 AND trigger.tgname < '00_steward' COLLATE "C" LIMIT 1)
         ], NULL) AS problems
    FROM pg_catalog.pg_class AS class
    JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
    LEFT JOIN steward.relation ON relation.table_oid = class.oid AND relation.tracked
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE trigger.tgenabled IN ('D', 'R')) AS disabled
        FROM pg_catalog.pg_trigger AS trigger
       WHERE trigger.tgrelid IN (SELECT class.oid UNION SELECT tree.relid FROM pg_partition_tree(class.oid) AS tree)
         AND trigger.tgname IN ('00_steward_insert', '00_steward_update', '00_steward_delete', '00_steward_truncate')
    ) AS ours
   WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition AND class.relpersistence <> 't'
     AND namespace.nspname !~ '^pg_' AND namespace.nspname NOT IN ('information_schema', 'steward', 'steward_office')
     AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE classid = 'pg_catalog.pg_class'::regclass
                        AND objid = class.oid AND deptype = 'e')
   ORDER BY 1, 2`

function toStatus({ schema, name, ...row }: StatusRow): TableStatus {
  return {
    entity: formatEntity({ schema, name }),
    tracked: row.tracked,
    since: row.since,
    mode: row.mode,
    problems: row.problems,
  }
}
