-- What the types of a client need beyond the schema cache, as one JSON object: columns without their modifiers, named types,
-- and the columns of what functions return. $1: the exposed schemas, $2: the extra search path.
-- Runs with an empty search_path (see read-type-facts.ts), so that every type names its schema.
SELECT
  json_build_object(
    'columns', (
      SELECT
        coalesce(
          json_agg(
            json_build_object(
              'relation', c.oid::bigint,
              'name', a.attname,
              'type', pg_catalog.format_type(a.atttypid, NULL),
              -- INSTEAD OF triggers count.
              'isWritable', CASE WHEN c.relkind = 'v' THEN pg_catalog.pg_column_is_updatable(c.oid, a.attnum, true) ELSE c.relkind <> 'm' END
            )
          ),
          '[]'
        )
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE n.nspname = ANY ($1::text[])
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND NOT c.relispartition
    ),
    'types', (
      SELECT
        coalesce(
          json_agg(
            json_build_object(
              'text', pg_catalog.format_type(t.oid, NULL),
              'schema', n.nspname,
              'name', t.typname,
              'kind', CASE
                WHEN t.typtype = 'e' THEN 'enum'
                WHEN t.typtype = 'd' THEN 'domain'
                WHEN t.typtype = 'c' AND c.relkind = 'c' THEN 'composite'
                WHEN t.typtype = 'c' THEN 'row'
                ELSE 'other'
              END,
              'labels', (
                SELECT coalesce(json_agg(e.enumlabel ORDER BY e.enumsortorder), '[]')
                FROM pg_catalog.pg_enum AS e
                WHERE e.enumtypid = t.oid
              ),
              'attributes', (
                SELECT
                  coalesce(
                    json_agg(json_build_object('name', a.attname, 'type', pg_catalog.format_type(a.atttypid, NULL)) ORDER BY a.attnum),
                    '[]'
                  )
                FROM pg_catalog.pg_attribute AS a
                WHERE a.attrelid = c.oid AND c.relkind = 'c' AND a.attnum > 0 AND NOT a.attisdropped
              ),
              'base', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, NULL) END,
              -- What an extension teaches to become JSON: no text then.
              'isJson', EXISTS (
                SELECT
                FROM pg_catalog.pg_cast AS k
                WHERE k.castsource = t.oid AND k.casttarget = 'pg_catalog.json'::regtype
              )
            )
            ORDER BY n.nspname, t.typname
          ),
          '[]'
        )
      FROM pg_catalog.pg_type AS t
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
      LEFT JOIN pg_catalog.pg_class AS c ON c.oid = t.typrelid
      WHERE n.nspname !~ '^pg_'
        AND t.typtype IN ('b', 'c', 'd', 'e', 'r', 'm')
        -- An array is told by its brackets, and partitions have the rows of their root.
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_type AS e WHERE e.typarray = t.oid)
        AND c.relkind IS DISTINCT FROM 'S'
        AND c.relispartition IS NOT TRUE
    ),
    'results', (
      SELECT
        coalesce(
          json_agg(
            json_build_object(
              'schema', n.nspname,
              'name', p.proname,
              'parameters', (
                SELECT coalesce(json_agg(pg_catalog.format_type(i.type, NULL) ORDER BY i.place), '[]')
                FROM unnest(p.proallargtypes) WITH ORDINALITY AS i (type, place)
                WHERE p.proargmodes[i.place] IN ('i', 'b', 'v')
              ),
              'columns', (
                SELECT
                  json_agg(
                    json_build_object('name', coalesce(p.proargnames[o.place], ''), 'type', pg_catalog.format_type(o.type, NULL))
                    ORDER BY o.place
                  )
                FROM unnest(p.proallargtypes) WITH ORDINALITY AS o (type, place)
                WHERE p.proargmodes[o.place] IN ('o', 'b', 't')
              )
            )
          ),
          '[]'
        )
      FROM pg_catalog.pg_proc AS p
      JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
      WHERE n.nspname = ANY ($1::text[] || $2::text[])
        AND p.prokind = 'f'
        AND p.proargmodes && '{t,b,o}'::"char"[]
    )
  )::text
