-- A number that changes when the schema does, as text: cheap enough to be asked for every few seconds.
-- Each row of the catalog counts by what it is and which transaction wrote it; ANALYZE and VACUUM rewrite none of them.
WITH
  relations AS (
    SELECT c.oid, c.xmin
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    -- Partitions and temporary tables come and go without changing what can be asked for.
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND c.relpersistence <> 't'
      AND NOT c.relispartition
      AND n.nspname !~ '^pg_'
      AND n.nspname <> 'information_schema'
  ),
  -- What initdb made has lower oids.
  marks (object, part, xmin) AS (
    SELECT r.oid, 0, r.xmin FROM relations AS r
    UNION ALL
    SELECT a.attrelid, a.attnum, a.xmin
    FROM pg_catalog.pg_attribute AS a JOIN relations AS r ON r.oid = a.attrelid
    WHERE a.attnum > 0
    UNION ALL
    SELECT d.oid, 1, d.xmin FROM pg_catalog.pg_attrdef AS d JOIN relations AS r ON r.oid = d.adrelid
    UNION ALL
    SELECT k.oid, 2, k.xmin FROM pg_catalog.pg_constraint AS k JOIN relations AS r ON r.oid = k.conrelid
    UNION ALL
    SELECT w.oid, 3, w.xmin FROM pg_catalog.pg_rewrite AS w JOIN relations AS r ON r.oid = w.ev_class
    UNION ALL
    SELECT t.oid, 4, t.xmin
    FROM pg_catalog.pg_trigger AS t JOIN relations AS r ON r.oid = t.tgrelid
    WHERE NOT t.tgisinternal
    UNION ALL
    SELECT p.oid, 5, p.xmin FROM pg_catalog.pg_proc AS p WHERE p.oid >= 16384
    UNION ALL
    SELECT t.oid, 6, t.xmin FROM pg_catalog.pg_type AS t WHERE t.oid >= 16384 AND t.typtype IN ('d', 'e')
    UNION ALL
    SELECT e.oid, 7, e.xmin FROM pg_catalog.pg_enum AS e
    UNION ALL
    SELECT n.oid, 8, n.xmin FROM pg_catalog.pg_namespace AS n WHERE n.nspname !~ '^pg_'
    UNION ALL
    SELECT c.objoid, 9 + c.objsubid, c.xmin FROM pg_catalog.pg_description AS c WHERE c.objoid >= 16384
  )
SELECT concat(count(*), ':', sum(hashtextextended(concat(m.object, ' ', m.part, ' ', m.xmin), 0))) AS fingerprint
FROM marks AS m
