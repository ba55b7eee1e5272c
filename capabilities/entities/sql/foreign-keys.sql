-- The foreign keys of all tables, as a JSON list: views of the exposed schemas inherit those of tables that are not exposed.
SELECT
  coalesce(
    json_agg(
      json_build_object(
        'name', f.conname,
        'table', f.conrelid::bigint,
        'columns', f.conkey,
        'target', f.confrelid::bigint,
        'targetColumns', f.confkey
      )
      ORDER BY f.conrelid, f.conname
    ),
    '[]'
  )
FROM pg_catalog.pg_constraint AS f
WHERE f.contype = 'f'
  -- What a partition has of its root, and what a root is referred to by through each of its partitions.
  AND f.conparentid = 0
