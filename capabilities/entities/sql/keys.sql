-- Primary keys and unique constraints of all tables, as a JSON list: views of the exposed schemas may show any of them.
-- Unique indexes that are no constraint do not count, as in the dialect's reference.
SELECT
  coalesce(
    json_agg(
      json_build_object('table', k.conrelid::bigint, 'isPrimary', k.contype = 'p', 'columns', k.conkey)
      ORDER BY k.conrelid, k.conname
    ),
    '[]'
  )
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
WHERE k.contype IN ('p', 'u')
  AND NOT c.relispartition
