-- How large the tables of the exposed schemas are, as the planner guesses it: nothing is counted. $1: the names of the schemas.
WITH RECURSIVE
  relations AS (
    SELECT c.oid, n.nspname AS schema, c.relname AS name, c.relkind
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1::text[]) AND c.relkind IN ('r', 'p', 'm', 'f') AND NOT c.relispartition
  ),
  -- The rows of a partitioned table are in its partitions, and theirs are the figures that autovacuum keeps.
  parts AS (
    SELECT r.oid AS root, r.oid, r.relkind FROM relations AS r
    UNION ALL
    SELECT p.root, i.inhrelid, c.relkind
    FROM parts AS p
    JOIN pg_catalog.pg_inherits AS i ON i.inhparent = p.oid
    JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
    WHERE p.relkind = 'p'
  ),
  sized AS (
    SELECT
      p.root,
      c.relkind,
      c.reltuples,
      c.relpages,
      CASE
        WHEN c.relkind IN ('r', 'm')
          THEN pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint
      END AS pages
    FROM parts AS p
    JOIN pg_catalog.pg_class AS c ON c.oid = p.oid
    WHERE c.relkind <> 'p'
  ),
  guessed AS (
    SELECT
      s.root,
      s.pages,
      -- Since the last look of ANALYZE or VACUUM the table may have grown: as dense as then, as large as now.
      CASE
        WHEN s.relkind = 'f' THEN CASE WHEN s.reltuples >= 0 THEN s.reltuples::float8 END
        WHEN s.pages = 0 THEN 0
        WHEN s.reltuples >= 0 AND s.relpages > 0 THEN s.reltuples::float8 / s.relpages * s.pages
      END AS row_count
    FROM sized AS s
  )
SELECT
  r.schema,
  r.name,
  round(sum(g.row_count))::text AS rows,
  bool_or(g.root IS NOT NULL AND g.row_count IS NULL) AS "isUnknown",
  coalesce(sum(g.pages), 0)::text AS pages
FROM relations AS r
LEFT JOIN guessed AS g ON g.root = r.oid
GROUP BY r.oid, r.schema, r.name
