// Which columns an index can find a text in: what the search box may look in without reading a whole table.
import { formatEntity, type Queryable } from '@steward/postgres'

/**
 * The indexed columns of texts and ids, by entity: first columns of whole-table indexes, unique ones first.
 *
 * @example
 * (await readIndexedColumns(pool)).get('customers') // ['email']
 */
export async function readIndexedColumns(queryable: Queryable): Promise<Map<string, string[]>> {
  const { rows } = await queryable.query<{ schema: string; name: string; columns: string[] }>(`
    SELECT n.nspname AS schema, c.relname AS name,
           array_agg(a.attname::text ORDER BY found.is_unique DESC, a.attnum) AS columns
      FROM (SELECT i.indrelid, i.indkey[0] AS attnum, bool_or(i.indisunique AND i.indnkeyatts = 1) AS is_unique
              FROM pg_index i
              JOIN pg_class x ON x.oid = i.indexrelid
              JOIN pg_am m ON m.oid = x.relam
             WHERE i.indisvalid AND i.indpred IS NULL AND i.indkey[0] <> 0
               -- A tree or a hash finds what is equal; gin and gist find what is like it.
               AND m.amname IN ('btree', 'hash', 'gin', 'gist')
             GROUP BY i.indrelid, i.indkey[0]) AS found
      JOIN pg_class c ON c.oid = found.indrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = found.attnum
      JOIN pg_type t ON t.oid = a.atttypid
     WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'steward', 'steward_office')
       AND NOT c.relispartition
       AND (t.typcategory = 'S' OR t.typname = 'uuid')
     GROUP BY n.nspname, c.relname`)
  return new Map(rows.map(({ schema, name, columns }) => [formatEntity({ schema, name }), columns]))
}
