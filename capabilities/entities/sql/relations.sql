-- The tables of the exposed schemas and whatever can be read like one, as a JSON list. $1: the names of the schemas.
-- Runs with an empty search_path (see read-facts.ts), so that every type and default names its schema.
WITH RECURSIVE
  relations AS (
    SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind, c.relrowsecurity, c.relhasrules
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1::text[])
      AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      -- Their root stands for all partitions.
      AND NOT c.relispartition
  ),
  -- A domain over a domain over a type: down to the type. Any domain on the way may forbid null or give the default.
  domains AS (
    SELECT t.oid, t.typbasetype AS base, t.typtypmod AS modifier, t.typnotnull AS not_null, t.typdefaultbin AS standard
    FROM pg_catalog.pg_type AS t
    WHERE t.typtype = 'd'
    UNION ALL
    SELECT d.oid, t.typbasetype, t.typtypmod, d.not_null OR t.typnotnull, coalesce(d.standard, t.typdefaultbin)
    FROM domains AS d
    JOIN pg_catalog.pg_type AS t ON t.oid = d.base AND t.typtype = 'd'
  ),
  base_types AS (
    SELECT d.oid, d.base, d.modifier, d.not_null, d.standard
    FROM domains AS d
    JOIN pg_catalog.pg_type AS t ON t.oid = d.base AND t.typtype <> 'd'
  ),
  labels AS (
    SELECT e.enumtypid AS oid, json_agg(e.enumlabel ORDER BY e.enumsortorder) AS labels
    FROM pg_catalog.pg_enum AS e
    GROUP BY e.enumtypid
  ),
  typed AS (
    SELECT
      a.attrelid,
      a.attnum,
      a.attname,
      a.attnotnull,
      a.attidentity,
      a.attgenerated,
      a.atttypid AS type,
      a.atttypmod AS modifier,
      coalesce(b.base, a.atttypid) AS base_type,
      coalesce(b.modifier, a.atttypmod) AS base_modifier,
      coalesce(b.not_null, false) AS domain_not_null,
      b.standard AS domain_default
    FROM relations AS r
    JOIN pg_catalog.pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN base_types AS b ON b.oid = a.atttypid
  ),
  columns AS (
    SELECT
      a.attrelid AS oid,
      json_agg(
        json_build_object(
          'name', a.attname,
          'type', pg_catalog.format_type(a.type, a.modifier),
          'baseType', pg_catalog.format_type(a.base_type, a.base_modifier),
          'isNullable', NOT (a.attnotnull OR a.domain_not_null),
          'default', CASE
            WHEN a.attgenerated <> '' THEN NULL
            WHEN a.attidentity = 'd' THEN pg_catalog.format(
              'nextval(%L::regclass)',
              pg_catalog.pg_get_serial_sequence(pg_catalog.format('%I.%I', r.schema, r.name), a.attname)
            )
            ELSE coalesce(
              pg_catalog.pg_get_expr(d.adbin, d.adrelid), pg_catalog.pg_get_expr(a.domain_default, 0)
            )
          END,
          -- Neither of the two can be written: what GENERATED ALWAYS gives, expression or identity.
          'isGenerated', a.attgenerated <> '' OR a.attidentity = 'a',
          -- The modifier of character types counts four bytes of header.
          'maxLength', CASE
            WHEN a.base_modifier < 0 THEN NULL
            WHEN a.base_type IN ('pg_catalog.bpchar'::regtype, 'pg_catalog.varchar'::regtype) THEN a.base_modifier - 4
            WHEN a.base_type IN ('pg_catalog.bit'::regtype, 'pg_catalog.varbit'::regtype) THEN a.base_modifier
          END,
          'enumLabels', l.labels,
          'comment', c.description,
          'position', a.attnum
        )
        ORDER BY a.attnum
      ) AS columns
    FROM typed AS a
    JOIN relations AS r ON r.oid = a.attrelid
    LEFT JOIN labels AS l ON l.oid = a.base_type
    LEFT JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN pg_catalog.pg_description AS c
      ON c.classoid = 'pg_catalog.pg_class'::regclass AND c.objoid = a.attrelid AND c.objsubid = a.attnum
    GROUP BY a.attrelid
  ),
  -- What may be written, as bits of the command: 4 update, 8 insert, 16 delete. INSTEAD OF triggers count.
  writable AS (
    SELECT
      r.oid,
      CASE
        WHEN r.relkind IN ('r', 'p') THEN 28
        WHEN r.relkind = 'm' THEN 0
        ELSE pg_catalog.pg_relation_is_updatable(r.oid, true)
      END AS commands
    FROM relations AS r
  )
SELECT
  coalesce(
    json_agg(
      json_build_object(
        'oid', r.oid::bigint,
        'schema', r.schema,
        'name', r.name,
        'kind', CASE r.relkind
          WHEN 'p' THEN 'partitioned' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized' WHEN 'f' THEN 'foreign'
          ELSE 'table'
        END,
        'columns', coalesce(c.columns, '[]'),
        'comment', pg_catalog.obj_description(r.oid, 'pg_class'),
        'isInsertable', w.commands & 8 = 8,
        'isUpdatable', w.commands & 4 = 4,
        'isDeletable', w.commands & 16 = 16,
        'hasRowSecurity', r.relrowsecurity,
        -- What could leave a row out on its way in: a trigger before it, or a rule. Bits of a trigger: 1 row, 2 before, 4 insert.
        'keepsEveryInsert', r.relkind = 'r' AND NOT r.relhasrules AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_trigger AS t WHERE t.tgrelid = r.oid AND t.tgtype & 7 = 7 AND t.tgenabled <> 'D'
        ),
        'isStamped', EXISTS (
          SELECT FROM pg_catalog.pg_trigger AS t
          WHERE t.tgrelid = r.oid AND t.tgname = 'zz_steward_stamp_update' AND t.tgenabled IN ('O', 'A')
        )
      )
      ORDER BY r.schema, r.name
    ),
    '[]'
  )
FROM relations AS r
JOIN writable AS w ON w.oid = r.oid
LEFT JOIN columns AS c ON c.oid = r.oid
