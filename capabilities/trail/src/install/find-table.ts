// From the name a person gave to the table it means, or the names that come nearest.
import { nearestNames } from '@steward/base'
import { formatEntity, parseEntity, type Queryable, quoteIdentifier } from '@steward/postgres'
import { trailErrors } from '../errors.ts'

/** A table as the database knows it: its name as people write it, and as SQL must write it. */
export type FoundTable = { entity: string; sql: string }

/** Finds a table, partitioned table or view by its entity name. @throws TRAIL_UNKNOWN_ENTITY with the nearest names. */
export async function findTable(queryable: Queryable, entity: string): Promise<FoundTable> {
  const wanted = parseEntity(entity)
  const found = await queryable.query(
    `SELECT FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
      WHERE namespace.nspname = $1 AND class.relname = $2 AND class.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [wanted.schema, wanted.name],
  )
  if (found.rowCount === 0) {
    const tables = await findTables(queryable)
    throw trailErrors.UNKNOWN_ENTITY({
      entity,
      nearest: nearestNames(
        entity,
        tables.map((table) => table.entity),
      ),
    })
  }
  return toFound(wanted)
}

/** All tables that could be tracked: no partitions (their root speaks for them), no system tables, not the trail's own. */
export async function findTables(queryable: Queryable, schema?: string): Promise<FoundTable[]> {
  const { rows } = await queryable.query<{ schema: string; name: string }>(
    `SELECT namespace.nspname AS schema, class.relname AS name
       FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
      WHERE class.relkind IN ('r', 'p') AND NOT class.relispartition AND class.relpersistence <> 't'
        AND namespace.nspname !~ '^pg_' AND namespace.nspname NOT IN ('information_schema', 'steward', 'steward_office')
        AND ($1::text IS NULL OR namespace.nspname = $1)
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend WHERE classid = 'pg_catalog.pg_class'::regclass
                           AND objid = class.oid AND deptype = 'e')
      ORDER BY 1, 2`,
    [schema ?? null],
  )
  return rows.map(toFound)
}

function toFound(table: { schema: string; name: string }): FoundTable {
  return { entity: formatEntity(table), sql: `${quoteIdentifier(table.schema)}.${quoteIdentifier(table.name)}` }
}
