-- The functions of the exposed schemas ($1) and of the extra search path ($2), as a JSON list.
-- Runs with an empty search_path (see read-facts.ts), so that every type names its schema.
WITH RECURSIVE
  domains AS (
    SELECT t.oid, t.typbasetype AS base FROM pg_catalog.pg_type AS t WHERE t.typtype = 'd'
    UNION ALL
    SELECT d.oid, t.typbasetype
    FROM domains AS d
    JOIN pg_catalog.pg_type AS t ON t.oid = d.base AND t.typtype = 'd'
  ),
  base_types AS (
    SELECT d.oid, d.base
    FROM domains AS d
    JOIN pg_catalog.pg_type AS t ON t.oid = d.base AND t.typtype <> 'd'
  ),
  -- Every table has a type for its rows.
  row_types AS (
    SELECT c.reltype AS oid, json_build_object('schema', n.nspname, 'name', c.relname) AS relation
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
  )
SELECT
  coalesce(
    json_agg(
      json_build_object(
        'schema', n.nspname,
        'name', p.proname,
        'isExposed', n.nspname = ANY ($1::text[]),
        'parameters', parameters.list,
        'hasVariadic', p.provariadic <> 0,
        -- Of a computed column or relationship: the table whose row is the only argument.
        'rowOf', CASE WHEN p.pronargs = 1 THEN argument.relation END,
        'isSet', p.proretset,
        'isOneRow', NOT p.proretset OR p.prorows = 1,
        'isVoid', p.prorettype = 'pg_catalog.void'::regtype,
        'isComposite', t.typtype = 'c' OR coalesce(p.proargmodes && '{t,b,o}'::"char"[], false),
        'type', pg_catalog.format_type(p.prorettype, NULL),
        'table', result.relation,
        'volatility', CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' ELSE 'volatile' END,
        'settings', (
          SELECT coalesce(json_object_agg(split_part(s, '=', 1), substr(s, strpos(s, '=') + 1)), '{}')
          FROM unnest(p.proconfig) AS s
        ),
        'comment', pg_catalog.obj_description(p.oid, 'pg_proc')
      )
      ORDER BY n.nspname, p.proname, p.pronargs, p.oid
    ),
    '[]'
  )
FROM pg_catalog.pg_proc AS p
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
LEFT JOIN base_types AS b ON b.oid = p.prorettype
JOIN pg_catalog.pg_type AS t ON t.oid = coalesce(b.base, p.prorettype)
LEFT JOIN row_types AS argument ON argument.oid = p.proargtypes[0]
LEFT JOIN row_types AS result ON result.oid = t.oid
CROSS JOIN LATERAL (
  SELECT
    coalesce(
      json_agg(
        json_build_object(
          'name', coalesce(a.name, ''),
          'type', pg_catalog.format_type(a.type, NULL),
          -- Defaults belong to the last input parameters.
          'isRequired', a.input <= p.pronargs - p.pronargdefaults,
          'isVariadic', a.mode = 'v'
        )
        ORDER BY a.input
      ),
      '[]'
    ) AS list
  FROM (
    SELECT
      all_of.type,
      p.proargnames[all_of.place] AS name,
      coalesce(p.proargmodes[all_of.place], 'i') AS mode,
      row_number() OVER (ORDER BY all_of.place) AS input
    FROM unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) WITH ORDINALITY AS all_of (type, place)
    WHERE coalesce(p.proargmodes[all_of.place], 'i') IN ('i', 'b', 'v')
  ) AS a
) AS parameters
WHERE n.nspname = ANY ($1::text[] || $2::text[])
  AND p.prokind = 'f'
  AND t.oid NOT IN ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
