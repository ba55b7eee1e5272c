// One text for the rows of all tables, so that a test can say that nothing has changed.
import { type Pool, quoteIdentifier } from '@steward/postgres'

/**
 * The same before and after means that no row of these schemas has changed, appeared or gone, in whatever order they stand.
 *
 * @example
 * const before = await fingerprint(pool)
 * await attack()
 * expect(await fingerprint(pool)).toBe(before)
 */
export async function fingerprint(pool: Pool, schemas: string[] = ['public', 'personal']): Promise<string> {
  const { rows: tables } = await pool.query<{ schema: string; name: string }>(
    `SELECT nspname AS schema, relname AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname = ANY ($1) ORDER BY 1, 2`,
    [schemas],
  )
  const parts = tables.map(({ schema, name }) => {
    const table = `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`
    return `SELECT '${`${schema}.${name}`.replaceAll("'", "''")}' AS name, count(*) AS rows, coalesce(sum(hashtextextended(one::text, 0)::numeric), 0) AS sum FROM ${table} AS one`
  })
  const { rows } = await pool.query(`${parts.join(' UNION ALL ')} ORDER BY name`)
  return JSON.stringify(rows)
}
