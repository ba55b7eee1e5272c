// What of a database is shown when nobody says it: the schemas with tables of the service's own.
import type { Queryable } from '@steward/postgres'
import { serveErrors } from './errors.ts'

/** At least one; the first is the default. `exampleTable` is for the first thing that somebody tries. */
export type FoundSchemas = { schemas: [string, ...string[]]; exampleTable: string | null; database: string }

/**
 * The schemas to show: those that are named, else all that hold tables of the service (not PostgreSQL's, not Steward's,
 * not an extension's) and that this user may use, `public` first; else `public`.
 *
 * @throws SERVE_SCHEMA_UNKNOWN
 * @example
 * const { schemas } = await findSchemas(pool, ['public', 'personal'])
 */
export async function findSchemas(queryable: Queryable, named: readonly string[]): Promise<FoundSchemas> {
  const { rows } = await queryable.query<{ schema: string; tables: string[]; database: string }>(`
    SELECT n.nspname AS schema,
           current_database() AS database,
           -- No table of an extension, and of a partitioned table only its root.
           array(SELECT c.relname::text
                   FROM pg_class c
                  WHERE c.relnamespace = n.oid
                    AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                    AND NOT c.relispartition
                    AND NOT EXISTS (SELECT FROM pg_depend d
                                     WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
                  ORDER BY c.relkind NOT IN ('r', 'p'), c.relname) AS tables
      FROM pg_namespace n
     WHERE n.nspname !~ '^pg_'
       AND n.nspname NOT IN ('information_schema', 'steward', 'steward_office')
       AND has_schema_privilege(n.oid, 'USAGE')
     ORDER BY n.nspname <> 'public', n.nspname`)
  const unknown = named.find((schema) => !rows.some((row) => row.schema === schema))
  if (unknown !== undefined) throw serveErrors.SCHEMA_UNKNOWN({ schema: unknown })
  const chosen = named.length > 0 ? named : rows.filter(({ tables }) => tables.length > 0).map(({ schema }) => schema)
  const [first = 'public', ...others] = chosen
  const exampleTable = rows.find(({ schema }) => schema === first)?.tables[0] ?? null
  return { schemas: [first, ...others], exampleTable, database: rows[0]?.database ?? '' }
}

/**
 * Makes sure that the connection may act as the role.
 *
 * @throws SERVE_ROLE_UNKNOWN
 * @example
 * await demandRole(pool, 'web_anon')
 */
export async function demandRole(queryable: Queryable, role: string): Promise<void> {
  const { rows } = await queryable.query<{ may: boolean; user: string }>(
    `SELECT coalesce((SELECT pg_has_role(r.oid, 'MEMBER') FROM pg_roles r WHERE r.rolname = $1), false) AS may,
            session_user AS user`,
    [role],
  )
  const { may = false, user = '' } = rows[0] ?? {}
  if (!may) throw serveErrors.ROLE_UNKNOWN({ role, user })
}
