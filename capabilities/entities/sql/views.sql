-- The views of the exposed schemas and all views below them, each with its rewritten query, as a JSON list.
-- $1: the names of the schemas. The query is the only place that knows which column of which table a view's column shows.
WITH RECURSIVE
  views AS (
    SELECT c.oid
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1::text[])
      AND c.relkind IN ('v', 'm')
    UNION
    -- What the rule of a view depends on: of that, the views.
    SELECT b.oid
    FROM views AS v
    JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = v.oid AND r.rulename = '_RETURN'
    JOIN pg_catalog.pg_depend AS d
      ON d.classid = 'pg_catalog.pg_rewrite'::regclass
      AND d.objid = r.oid
      AND d.refclassid = 'pg_catalog.pg_class'::regclass
    JOIN pg_catalog.pg_class AS b ON b.oid = d.refobjid AND b.relkind IN ('v', 'm')
  )
SELECT coalesce(json_agg(json_build_object('oid', v.oid::bigint, 'query', r.ev_action::text) ORDER BY v.oid), '[]')
FROM views AS v
JOIN pg_catalog.pg_rewrite AS r ON r.ev_class = v.oid AND r.rulename = '_RETURN'
