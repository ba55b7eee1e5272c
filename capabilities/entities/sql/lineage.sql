-- What the exposed relations are made of, as JSON: all views below them, all tables that they inherit from, and what their
-- queries name. $1: the names of the schemas.
WITH RECURSIVE
  -- What stands in the rule of a view, and what a table or partition inherits from.
  steps AS (
    SELECT r.ev_class AS above, d.refobjid AS below
    FROM pg_catalog.pg_rewrite AS r
    JOIN pg_catalog.pg_depend AS d
      ON d.classid = 'pg_catalog.pg_rewrite'::regclass
      AND d.objid = r.oid
      AND d.refclassid = 'pg_catalog.pg_class'::regclass
      AND d.refobjid <> r.ev_class
    WHERE r.rulename = '_RETURN'
    UNION
    SELECT i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits AS i
  ),
  reached AS (
    SELECT c.oid
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1::text[])
      AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT c.relispartition
    UNION
    SELECT s.below FROM reached AS a JOIN steps AS s ON s.above = a.oid
  ),
  -- Only what is made of something, and what that is: for most tables there is nothing to say.
  told AS (
    SELECT a.oid FROM reached AS a JOIN steps AS s ON s.above = a.oid
    UNION
    SELECT a.oid FROM reached AS a JOIN steps AS s ON s.below = a.oid
    UNION
    SELECT a.oid FROM reached AS a JOIN pg_catalog.pg_class AS c ON c.oid = a.oid AND c.relkind IN ('v', 'm')
    UNION
    SELECT a.oid FROM reached AS a JOIN pg_catalog.pg_attribute AS g ON g.attrelid = a.oid AND g.attgenerated <> ''
  )
SELECT
  coalesce(
    json_agg(
      json_build_object(
        'oid', c.oid::bigint,
        'schema', n.nspname,
        'name', c.relname,
        'isView', c.relkind IN ('v', 'm'),
        'columns', (
          SELECT coalesce(json_object_agg(a.attnum, a.attname), '{}')
          FROM pg_catalog.pg_attribute AS a
          WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        ),
        -- Of columns that are computed from others of the same row: which.
        'generated', (
          SELECT coalesce(json_agg(json_build_object('column', a.attname, 'from', b.attname)), '[]')
          FROM pg_catalog.pg_attribute AS a
          JOIN pg_catalog.pg_attrdef AS g ON g.adrelid = a.attrelid AND g.adnum = a.attnum
          -- Noted of the expression since PostgreSQL 15, of the column before.
          JOIN pg_catalog.pg_depend AS d
            ON (
              (d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = g.oid)
              OR (d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = a.attrelid AND d.objsubid = a.attnum)
            )
            AND d.refclassid = 'pg_catalog.pg_class'::regclass
            AND d.refobjid = a.attrelid
          JOIN pg_catalog.pg_attribute AS b
            ON b.attrelid = a.attrelid AND b.attnum = d.refobjsubid AND b.attnum <> a.attnum
          WHERE a.attrelid = c.oid AND a.attgenerated <> ''
        ),
        'parents', (
          SELECT coalesce(json_agg(i.inhparent::bigint), '[]')
          FROM pg_catalog.pg_inherits AS i
          WHERE i.inhrelid = c.oid
        ),
        'reads', (
          SELECT coalesce(json_agg(json_build_object('oid', d.refobjid::bigint, 'column', d.refobjsubid)), '[]')
          FROM pg_catalog.pg_rewrite AS r
          JOIN pg_catalog.pg_depend AS d
            ON d.classid = 'pg_catalog.pg_rewrite'::regclass
            AND d.objid = r.oid
            AND d.refclassid = 'pg_catalog.pg_class'::regclass
            AND d.refobjid <> c.oid
          JOIN pg_catalog.pg_class AS b ON b.oid = d.refobjid AND b.relkind IN ('r', 'p', 'v', 'm', 'f')
          WHERE r.ev_class = c.oid AND r.rulename = '_RETURN'
        ),
        -- What is immutable computes; what is written in C belongs to an extension. Any other function may read any table.
        'callsReaders', EXISTS (
          SELECT
          FROM pg_catalog.pg_rewrite AS r
          JOIN pg_catalog.pg_depend AS d
            ON d.classid = 'pg_catalog.pg_rewrite'::regclass
            AND d.objid = r.oid
            AND d.refclassid = 'pg_catalog.pg_proc'::regclass
          JOIN pg_catalog.pg_proc AS p ON p.oid = d.refobjid AND p.provolatile <> 'i'
          JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang AND l.lanname NOT IN ('c', 'internal')
          WHERE r.ev_class = c.oid AND r.rulename = '_RETURN'
        )
      )
      ORDER BY c.oid
    ),
    '[]'
  )
FROM told
JOIN pg_catalog.pg_class AS c ON c.oid = told.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
