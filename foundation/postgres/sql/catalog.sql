-- What a database consists of, as one JSON document. $1: the names of schemas, or null for all but PostgreSQL's own.
-- Runs on PostgreSQL 14 and later: columns that came afterwards are read through to_jsonb.
WITH RECURSIVE
  schemas AS (
    SELECT n.oid, n.nspname AS name, n.nspowner AS owner
    FROM pg_catalog.pg_namespace AS n
    WHERE CASE
      WHEN $1::text[] IS NULL THEN n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      ELSE n.nspname = ANY ($1::text[])
    END
  ),
  -- Extensions bring tables and functions of their own, which are nobody's data.
  extension_members AS (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d WHERE d.deptype = 'e'
  ),
  relations AS (
    SELECT c.oid, s.name AS schema, c.relname AS name, c.relkind, c.relispartition, c.relowner, c.reltuples, c.relrowsecurity
    FROM pg_catalog.pg_class AS c
    JOIN schemas AS s ON s.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND c.relpersistence <> 't'
      AND NOT EXISTS (
        SELECT FROM extension_members AS e WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid
      )
  ),
  -- A domain over a domain over a type: down to the type.
  domains AS (
    SELECT t.oid, t.typbasetype AS base, t.typtypmod AS modifier FROM pg_catalog.pg_type AS t WHERE t.typtype = 'd'
    UNION ALL
    SELECT d.oid, t.typbasetype, t.typtypmod
    FROM domains AS d
    JOIN pg_catalog.pg_type AS t ON t.oid = d.base AND t.typtype = 'd'
  ),
  base_types AS (
    SELECT d.oid, d.base, d.modifier
    FROM domains AS d
    JOIN pg_catalog.pg_type AS t ON t.oid = d.base AND t.typtype <> 'd'
  ),
  labels AS (
    SELECT e.enumtypid AS oid, json_agg(e.enumlabel ORDER BY e.enumsortorder) AS labels
    FROM pg_catalog.pg_enum AS e
    GROUP BY e.enumtypid
  ),
  columns AS (
    SELECT
      a.attrelid AS oid,
      json_agg(
        json_build_object(
          'attnum', a.attnum,
          'name', a.attname,
          'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
          'typeSchema', tn.nspname,
          'typeName', t.typname,
          'baseType', pg_catalog.format_type(
            coalesce(b.base, a.atttypid), CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE b.modifier END
          ),
          'category', bt.typcategory,
          'elementType', CASE WHEN bt.typcategory = 'A' AND bt.typelem <> 0
            THEN pg_catalog.format_type(bt.typelem, CASE WHEN b.oid IS NULL THEN a.atttypmod ELSE b.modifier END) END,
          'notNull', a.attnotnull,
          'identity', CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END,
          'generated', CASE a.attgenerated WHEN 's' THEN 'stored' WHEN 'v' THEN 'virtual' END,
          'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid),
          'enumLabels', coalesce(l.labels, el.labels),
          'collation', CASE WHEN a.attcollation <> 0 AND a.attcollation <> t.typcollation
            THEN json_build_object('schema', cn.nspname, 'name', co.collname) END,
          'comment', c.description
        )
        ORDER BY a.attnum
      ) AS columns
    FROM relations AS r
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
    JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.typnamespace
    LEFT JOIN base_types AS b ON b.oid = a.atttypid
    JOIN pg_catalog.pg_type AS bt ON bt.oid = coalesce(b.base, a.atttypid)
    LEFT JOIN labels AS l ON l.oid = bt.oid
    LEFT JOIN labels AS el ON el.oid = bt.typelem AND bt.typcategory = 'A'
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_collation AS co ON co.oid = a.attcollation
    LEFT JOIN pg_catalog.pg_namespace AS cn ON cn.oid = co.collnamespace
    LEFT JOIN pg_catalog.pg_description AS c
      ON c.classoid = 'pg_catalog.pg_class'::regclass AND c.objoid = a.attrelid AND c.objsubid = a.attnum
    GROUP BY a.attrelid
  ),
  -- Keys that a row can be named by: over plain columns, and over all rows.
  keys AS (
    SELECT
      i.indrelid AS oid,
      i.indisprimary AS is_primary,
      ic.relname AS name,
      json_build_object('name', ic.relname, 'columns', k.columns, 'deferrable', NOT i.indimmediate) AS key
    FROM relations AS r
    JOIN pg_catalog.pg_index AS i ON i.indrelid = r.oid
    JOIN pg_catalog.pg_class AS ic ON ic.oid = i.indexrelid
    CROSS JOIN LATERAL (
      SELECT json_agg(a.attname ORDER BY n.place) AS columns
      FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS n (attnum, place)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = n.attnum
      WHERE n.place <= i.indnkeyatts
    ) AS k
    WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
  ),
  primary_keys AS (
    SELECT k.oid, k.key FROM keys AS k WHERE k.is_primary
  ),
  unique_keys AS (
    SELECT k.oid, json_agg(k.key ORDER BY k.name) AS keys FROM keys AS k WHERE NOT k.is_primary GROUP BY k.oid
  ),
  actions (letter, action) AS (
    VALUES ('a', 'no action'), ('r', 'restrict'), ('c', 'cascade'), ('n', 'set null'), ('d', 'set default')
  ),
  foreign_keys AS (
    SELECT
      f.conrelid AS oid,
      json_agg(
        json_build_object(
          'name', f.conname,
          'columns', here.columns,
          'references', json_build_object('schema', tn.nspname, 'name', t.relname, 'columns', there.columns),
          'onDelete', od.action,
          'onUpdate', ou.action,
          'deferrable', f.condeferrable,
          'initiallyDeferred', f.condeferred,
          'validated', f.convalidated
        )
        ORDER BY f.conname
      ) AS keys
    FROM relations AS r
    JOIN pg_catalog.pg_constraint AS f ON f.conrelid = r.oid AND f.contype = 'f'
    -- A key to a partitioned table is noted once more for each of its partitions.
    LEFT JOIN pg_catalog.pg_constraint AS p ON p.oid = f.conparentid
    JOIN pg_catalog.pg_class AS t ON t.oid = f.confrelid
    JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
    JOIN actions AS od ON od.letter = f.confdeltype::text
    JOIN actions AS ou ON ou.letter = f.confupdtype::text
    CROSS JOIN LATERAL (
      SELECT json_agg(a.attname ORDER BY n.place) AS columns
      FROM unnest(f.conkey) WITH ORDINALITY AS n (attnum, place)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = f.conrelid AND a.attnum = n.attnum
    ) AS here
    CROSS JOIN LATERAL (
      SELECT json_agg(a.attname ORDER BY n.place) AS columns
      FROM unnest(f.confkey) WITH ORDINALITY AS n (attnum, place)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = f.confrelid AND a.attnum = n.attnum
    ) AS there
    WHERE p.oid IS NULL OR p.conrelid <> f.conrelid
    GROUP BY f.conrelid
  ),
  children AS (
    SELECT
      i.inhparent AS oid,
      json_agg(json_build_object('schema', n.nspname, 'name', c.relname) ORDER BY n.nspname, c.relname) AS children
    FROM relations AS r
    JOIN pg_catalog.pg_inherits AS i ON i.inhparent = r.oid
    JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    GROUP BY i.inhparent
  ),
  partition_parents AS (
    SELECT i.inhrelid AS oid, json_build_object('schema', n.nspname, 'name', c.relname) AS parent
    FROM relations AS r
    JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = r.oid
    JOIN pg_catalog.pg_class AS c ON c.oid = i.inhparent
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE r.relispartition
  )
SELECT json_build_object(
  'schemas', (
    SELECT coalesce(
      json_agg(
        json_build_object(
          'name', s.name,
          'owner', pg_catalog.pg_get_userbyid(s.owner),
          'comment', pg_catalog.obj_description(s.oid, 'pg_namespace')
        )
        ORDER BY s.name
      ),
      '[]'
    )
    FROM schemas AS s
  ),
  'relations', (
    SELECT coalesce(
      json_agg(
        json_build_object(
          'oid', r.oid::bigint,
          'schema', r.schema,
          'name', r.name,
          'kind', CASE
            WHEN r.relkind = 'p' THEN 'partitioned'
            WHEN r.relkind = 'v' THEN 'view'
            WHEN r.relkind = 'm' THEN 'materialized'
            WHEN r.relkind = 'f' THEN 'foreign'
            WHEN r.relispartition THEN 'partition'
            ELSE 'table'
          END,
          'owner', pg_catalog.pg_get_userbyid(r.relowner),
          'estimatedRows', CASE WHEN r.reltuples >= 0 AND r.relkind <> 'v' THEN r.reltuples::bigint END,
          'rowSecurity', r.relrowsecurity,
          'columns', coalesce(c.columns, '[]'),
          'primaryKey', pk.key,
          'uniqueKeys', coalesce(uk.keys, '[]'),
          'foreignKeys', coalesce(fk.keys, '[]'),
          'partitionOf', pp.parent,
          'children', coalesce(ch.children, '[]'),
          'comment', pg_catalog.obj_description(r.oid, 'pg_class')
        )
        ORDER BY r.schema, r.name
      ),
      '[]'
    )
    FROM relations AS r
    LEFT JOIN columns AS c ON c.oid = r.oid
    LEFT JOIN primary_keys AS pk ON pk.oid = r.oid
    LEFT JOIN unique_keys AS uk ON uk.oid = r.oid
    LEFT JOIN foreign_keys AS fk ON fk.oid = r.oid
    LEFT JOIN partition_parents AS pp ON pp.oid = r.oid
    LEFT JOIN children AS ch ON ch.oid = r.oid
  ),
  'enums', (
    SELECT coalesce(
      json_agg(
        json_build_object(
          'schema', s.name,
          'name', t.typname,
          'labels', coalesce(l.labels, '[]'),
          'comment', pg_catalog.obj_description(t.oid, 'pg_type')
        )
        ORDER BY s.name, t.typname
      ),
      '[]'
    )
    FROM pg_catalog.pg_type AS t
    JOIN schemas AS s ON s.oid = t.typnamespace
    LEFT JOIN labels AS l ON l.oid = t.oid
    WHERE t.typtype = 'e'
      AND NOT EXISTS (
        SELECT FROM extension_members AS e WHERE e.classid = 'pg_catalog.pg_type'::regclass AND e.objid = t.oid
      )
  ),
  'functions', (
    SELECT coalesce(
      json_agg(
        json_build_object(
          'schema', s.name,
          'name', p.proname,
          'kind', CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'w' THEN 'window' ELSE 'function' END,
          'arguments', pg_catalog.pg_get_function_arguments(p.oid),
          'parameters', parameters.list,
          'returns', CASE WHEN p.prokind <> 'p' THEN pg_catalog.pg_get_function_result(p.oid) END,
          'returnsSet', p.proretset,
          'volatility', CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
          'language', l.lanname,
          'securityDefiner', p.prosecdef,
          'comment', pg_catalog.obj_description(p.oid, 'pg_proc')
        )
        ORDER BY s.name, p.proname, pg_catalog.pg_get_function_identity_arguments(p.oid)
      ),
      '[]'
    )
    FROM pg_catalog.pg_proc AS p
    JOIN schemas AS s ON s.oid = p.pronamespace
    JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
    CROSS JOIN LATERAL (
      SELECT coalesce(
        json_agg(
          json_build_object(
            'name', nullif(p.proargnames[a.place], ''),
            'type', pg_catalog.format_type(a.type, NULL),
            'mode', CASE p.proargmodes[a.place] WHEN 'b' THEN 'inout' WHEN 'v' THEN 'variadic' ELSE 'in' END,
            -- Defaults belong to the last input parameters.
            'hasDefault', a.input > p.pronargs - p.pronargdefaults
          )
          ORDER BY a.place
        ),
        '[]'
      ) AS list
      FROM (
        SELECT n.type, n.place, row_number() OVER (ORDER BY n.place) AS input
        FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS n (type, place)
        WHERE coalesce(p.proargmodes[n.place], 'i') IN ('i', 'b', 'v')
      ) AS a
    ) AS parameters
    WHERE p.prokind IN ('f', 'p', 'w')
      AND NOT EXISTS (
        SELECT FROM extension_members AS e WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid
      )
  )
)::text AS catalog
