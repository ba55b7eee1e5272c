// Everything in a database that somebody could have changed: its objects, and the rows of its tables.
import { type Pool, quoteIdentifier } from '@steward/postgres'

const objectsSql = `
  SELECT 'class' AS kind, oid::text, relname::text AS name, concat_ws(' ', relkind, relnatts, relhastriggers, relacl) AS facts
    FROM pg_class WHERE oid >= 16384
  UNION ALL SELECT 'function', oid::text, proname, md5(prosrc) FROM pg_proc WHERE oid >= 16384
  UNION ALL SELECT 'trigger', oid::text, tgname, tgenabled::text FROM pg_trigger
  UNION ALL SELECT 'schema', oid::text, nspname, nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_(temp|toast_temp)'
  UNION ALL SELECT 'type', oid::text, typname, typtype::text FROM pg_type WHERE oid >= 16384
  UNION ALL SELECT 'event trigger', oid::text, evtname, evtevent FROM pg_event_trigger
  UNION ALL SELECT 'extension', oid::text, extname, extversion FROM pg_extension
  UNION ALL SELECT 'column', attrelid::text, attname, concat_ws(' ', attnum, atttypid, attnotnull)
    FROM pg_attribute WHERE attrelid >= 16384
  ORDER BY 1, 2, 3, 4`

/** What the database is made of, with a sum over the rows of each table. */
export async function fingerprint(pool: Pool): Promise<Record<string, unknown>> {
  const { rows: objects } = await pool.query(objectsSql)
  const { rows: tables } = await pool.query<{ schema: string; name: string }>(
    `SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
      ORDER BY 1, 2`,
  )
  const sums: Record<string, string> = {}
  for (const { schema, name } of tables) {
    const table = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
    const { rows } = await pool.query<{ sum: string }>(
      `SELECT md5(coalesce(string_agg(md5(one::text), '' ORDER BY md5(one::text)), '')) AS sum FROM ${table} AS one`,
    )
    sums[table] = rows[0]?.sum ?? ''
  }
  return { objects, sums }
}
