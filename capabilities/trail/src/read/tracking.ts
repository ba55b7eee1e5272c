// Whether a table is under the trail, for those who build on it.
import type { QualifiedName, Queryable } from '@steward/postgres'
import { isInstalled } from '../install/status.ts'

/** `isTracked` is null where it is not for the table to be tracked: of a view, and where no table was named. */
export type Tracking = { isInstalled: boolean; isTracked: boolean | null }

/**
 * Reads whether the trail is installed, and whether this table is on it. Never fails for want of an installation.
 *
 * @example
 * const { isTracked } = await readTracking(pool, { schema: 'public', name: 'orders' })
 */
export async function readTracking(queryable: Queryable, table: QualifiedName | null): Promise<Tracking> {
  if (!(await isInstalled(queryable))) return { isInstalled: false, isTracked: null }
  if (table === null) return { isInstalled: true, isTracked: null }
  const { rows } = await queryable.query<{ isTracked: boolean }>(
    `SELECT EXISTS (SELECT FROM steward.relation WHERE relation.table_oid = class.oid AND relation.tracked) AS "isTracked"
       FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
      WHERE namespace.nspname = $1 AND class.relname = $2 AND class.relkind IN ('r', 'p')`,
    [table.schema, table.name],
  )
  return { isInstalled: true, isTracked: rows[0]?.isTracked ?? null }
}

/**
 * The tables that are under the trail, by the names that they have now; null where it is not installed.
 *
 * @example
 * const tracked = await readTracked(pool) // [{ schema: 'public', name: 'orders' }]
 */
export async function readTracked(queryable: Queryable): Promise<QualifiedName[] | null> {
  if (!(await isInstalled(queryable))) return null
  const { rows } = await queryable.query<QualifiedName>(
    `SELECT namespace.nspname AS schema, class.relname AS name
       FROM steward.relation
       JOIN pg_catalog.pg_class AS class ON class.oid = relation.table_oid
       JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
      WHERE relation.tracked`,
  )
  return rows
}
