-- The indexes that can answer a question now, of tables of the exposed schemas. $1: the names of the schemas.
SELECT
  n.nspname AS schema,
  c.relname AS table,
  m.amname AS method,
  i.indisunique AND i.indimmediate AND i.indpred IS NULL AS "isUnique",
  i.indisprimary AS "isPrimary",
  -- Only `x IS NOT NULL` follows from every comparison with x.
  pg_catalog.pg_get_expr(i.indpred, i.indrelid) AS predicate,
  i.indnkeyatts::int AS "keyCount",
  a.attname AS column,
  CASE WHEN k.number = 0 THEN pg_catalog.pg_get_indexdef(i.indexrelid, 1, false) END AS expression,
  o.opcname AS opclass,
  -- An index whose order is that of the bytes answers what a text begins with.
  CASE l.collprovider
    WHEN 'd' THEN d.datcollate IN ('C', 'POSIX') AND coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c') = 'c'
    WHEN 'c' THEN coalesce(l.collcollate::text, '') IN ('C', 'POSIX')
    ELSE false
  END AS "isByteOrder",
  CASE WHEN l.oid IS NOT NULL THEN pg_catalog.format('%I.%I', ln.nspname, l.collname) END AS collation,
  l.oid IS NOT DISTINCT FROM nullif(a.attcollation, 0) AS "hasColumnCollation"
FROM pg_catalog.pg_index AS i
JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_database AS d ON d.datname = pg_catalog.current_database()
CROSS JOIN LATERAL (SELECT i.indkey[0] AS number, i.indclass[0] AS class, i.indcollation[0] AS collation) AS k
JOIN pg_catalog.pg_opclass AS o ON o.oid = k.class
LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.number AND k.number > 0
LEFT JOIN pg_catalog.pg_collation AS l ON l.oid = k.collation
LEFT JOIN pg_catalog.pg_namespace AS ln ON ln.oid = l.collnamespace
WHERE n.nspname = ANY ($1::text[])
  AND NOT c.relispartition
  AND i.indisvalid
  AND i.indisready
  AND i.indislive
ORDER BY c.oid, i.indexrelid
