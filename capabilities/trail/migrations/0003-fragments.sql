-- The generator: for each tracked table, trigger code with a static column list. It lives in the database because
-- the event trigger must be able to run it again when a table changes.

-- The columns of a table that the trail sees: neither dropped nor computed on reading (virtual generated columns).
CREATE VIEW steward.live_column AS
  SELECT attribute.attrelid AS table_oid, attribute.attnum, attribute.attname::text AS name, attribute.atttypid AS type_oid,
         attribute.atttypmod AS type_modifier, format_type(attribute.atttypid, attribute.atttypmod) AS type,
         coalesce((SELECT pg_collation.collisdeterministic FROM pg_catalog.pg_collation
                    WHERE pg_collation.oid = attribute.attcollation), true) AS is_deterministic,
         attribute.attgenerated::text AS generated, attribute.attidentity::text AS identity
    FROM pg_catalog.pg_attribute AS attribute
   WHERE attribute.attnum > 0 AND NOT attribute.attisdropped AND attribute.attgenerated <> 'v';

-- The columns that tell one row from another: the primary key, else the first unique index over not-null columns.
CREATE FUNCTION steward.find_key(relation regclass) RETURNS text[] LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN coalesce((
    SELECT (SELECT array_agg(attribute.attname::text ORDER BY place.ordinality)
              FROM unnest((index.indkey::smallint[])[0:index.indnkeyatts - 1]) WITH ORDINALITY AS place (attnum, ordinality)
              JOIN pg_attribute AS attribute ON attribute.attrelid = relation AND attribute.attnum = place.attnum)
      FROM pg_index AS index
     WHERE index.indrelid = relation AND index.indisunique AND index.indisvalid AND index.indpred IS NULL AND index.indexprs IS NULL
       AND NOT EXISTS (SELECT FROM unnest((index.indkey::smallint[])[0:index.indnkeyatts - 1]) AS part (attnum)
                         JOIN pg_attribute AS attribute ON attribute.attrelid = relation AND attribute.attnum = part.attnum
                        WHERE NOT attribute.attnotnull)
     ORDER BY index.indisprimary DESC, index.indisreplident DESC, index.indexrelid
     LIMIT 1), '{}');
END $$;

-- A type without its domains.
CREATE FUNCTION steward.base_type(type_oid oid) RETURNS oid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE chain (oid, base, kind) AS (
    SELECT type.oid, type.typbasetype, type.typtype FROM pg_type AS type WHERE type.oid = type_oid
    UNION ALL
    SELECT type.oid, type.typbasetype, type.typtype FROM chain JOIN pg_type AS type ON type.oid = chain.base WHERE chain.kind = 'd'
  )
  SELECT chain.oid FROM chain WHERE chain.kind <> 'd'
$$;

-- All types that a type is made of: itself, elements of arrays, fields of composites, bounds of ranges.
CREATE FUNCTION steward.component_types(type_oid oid) RETURNS SETOF oid LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  WITH RECURSIVE part (oid) AS (
    SELECT steward.base_type(type_oid)
    UNION
    SELECT steward.base_type(inner_type.oid)
      FROM part JOIN pg_type AS type ON type.oid = part.oid
      CROSS JOIN LATERAL (
        SELECT type.typelem AS oid WHERE type.typelem <> 0
        UNION ALL
        SELECT attribute.atttypid FROM pg_attribute AS attribute
         WHERE type.typtype = 'c' AND attribute.attrelid = type.typrelid AND attribute.attnum > 0 AND NOT attribute.attisdropped
        UNION ALL
        SELECT pg_range.rngsubtype FROM pg_range WHERE type.oid IN (pg_range.rngtypid, pg_range.rngmultitypid)
      ) AS inner_type
  )
  SELECT part.oid FROM part
$$;

-- How a value is written down so that nothing of it is lost:
--   bare     its text is JSON already (integers, booleans, json, jsonb)
--   json     as PostgreSQL's own JSON (numeric, floats, strings, times)
--   text     as its own text in a JSON string (everything that JSON would bend: extension types, arrays of json, …)
--   nested   as JSON, except where lower bounds of arrays would be lost: then as text
CREATE FUNCTION steward.value_form(type_oid oid) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  base oid := steward.base_type(type_oid);
  type pg_type := (SELECT pg_type FROM pg_type WHERE pg_type.oid = base);
BEGIN
  IF base IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'bool'::regtype, 'json'::regtype, 'jsonb'::regtype) THEN
    RETURN 'bare';
  ELSIF base IN ('float4'::regtype, 'float8'::regtype, 'numeric'::regtype, 'text'::regtype, 'varchar'::regtype, 'bpchar'::regtype,
                 'date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype) THEN
    RETURN 'json';
  ELSIF type.typtype = 'c' OR EXISTS (SELECT FROM pg_type AS element WHERE element.oid = type.typelem AND element.typarray = base) THEN
    IF EXISTS (
      SELECT FROM steward.component_types(base) AS component (oid) JOIN pg_type AS part ON part.oid = component.oid
       WHERE part.oid IN ('json'::regtype, 'jsonb'::regtype)
          OR (part.typtype = 'b' AND part.typcategory <> 'A' AND part.typnamespace <> 'pg_catalog'::regnamespace)
          OR EXISTS (SELECT FROM pg_cast WHERE castsource = part.oid AND casttarget = 'json'::regtype AND castmethod = 'f')) THEN
      RETURN 'text';
    END IF;
    RETURN 'nested';
  END IF;
  RETURN 'text';
END $$;

-- Whether JSON writes a value as a string of what its type prints. A cast to text may say something else ('10.0.0.1/32').
CREATE FUNCTION steward.is_printed(type_oid oid) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT type.typtype IN ('e', 'r', 'm')
         -- a cast to json that somebody made would be used, and would run with our rights
         AND NOT EXISTS (SELECT FROM pg_cast WHERE castsource = type.oid AND casttarget = 'json'::regtype)
      OR type.typtype = 'b' AND type.typcategory <> 'A' AND type.typnamespace = 'pg_catalog'::regnamespace AND type.oid <> 'xml'::regtype
    FROM pg_type AS type WHERE type.oid = steward.base_type(type_oid)
$$;

-- SQL for the text of a value, as its type prints it. A cast of a type that somebody made may say something else, and would
-- run somebody's code with our rights.
CREATE FUNCTION steward.text_sql(type_oid oid, reference text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format(CASE typnamespace WHEN 'pg_catalog'::regnamespace THEN '%1$s::text' ELSE 'CASE WHEN num_nonnulls(%1$s) = 1 THEN concat(%1$s) END' END,
                reference)
    FROM pg_type WHERE pg_type.oid = steward.base_type(type_oid)
$$;

-- SQL for the JSON text of one column; null for SQL NULL. `reference` is NEW."x", OLD."x" or alias."x".
CREATE FUNCTION steward.value_sql(type_oid oid, reference text, is_fingerprinted boolean) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  text_of text := steward.text_sql(type_oid, reference);
BEGIN
  IF is_fingerprinted THEN
    RETURN format('steward.fingerprint(%s)', text_of);
  END IF;
  RETURN CASE steward.value_form(type_oid)
    WHEN 'bare' THEN format('%s::text', reference)
    WHEN 'json' THEN format('to_json(%s)::text', reference)
    WHEN 'text' THEN format('to_json(%s)::text', CASE WHEN steward.is_printed(type_oid) THEN reference ELSE text_of END)
    ELSE format('CASE WHEN %1$s ~ ''\[-?[0-9]+:-?[0-9]+\]'' THEN to_json(%1$s)::text ELSE to_json(%2$s)::text END', text_of, reference)
  END;
END $$;

-- SQL that says whether a column changed, byte for byte: `=` would take 1.0 for 1.00 and does not know json.
CREATE FUNCTION steward.differs_sql(type_oid oid, type_modifier integer, is_deterministic boolean, old_reference text, new_reference text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN is_deterministic AND steward.base_type(type_oid) IN (
      'int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'oid'::regtype, 'bool'::regtype, 'text'::regtype, 'varchar'::regtype,
      'uuid'::regtype, 'bytea'::regtype, 'date'::regtype, 'time'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
      OR is_deterministic AND type_oid IN ('bpchar'::regtype, 'numeric'::regtype) AND type_modifier >= 0
    THEN format('%s IS DISTINCT FROM %s', old_reference, new_reference)
    ELSE format('record_image_ne(ROW(%s), ROW(%s))', old_reference, new_reference)
  END
$$;

-- A keyed hash of a value: equal values look equal within this installation, and say nothing else.
CREATE FUNCTION steward.fingerprint(value text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT '"hmac-sha256:' || encode(substr(steward.hmac(installation.fingerprint_key, convert_to(value, 'UTF8')), 1, 16), 'hex') || '"'
    FROM steward.installation WHERE value IS NOT NULL
$$;

-- Joins many SQL expressions into calls of a variadic function, which takes at most a hundred arguments.
CREATE FUNCTION steward.call_sql(callee text, arguments text[]) RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  calls text[] := '{}';
BEGIN
  IF coalesce(cardinality(arguments), 0) = 0 THEN
    RETURN ''''''; -- a table without columns
  ELSIF cardinality(arguments) <= 90 THEN
    RETURN format('%s%s)', callee, array_to_string(arguments, E',\n      '));
  END IF;
  FOR chunk_start IN 1..cardinality(arguments) BY 90 LOOP
    calls := calls || steward.call_sql(callee, arguments[chunk_start:chunk_start + 89]);
  END LOOP;
  -- concat_ws leaves out nulls: a chunk in which nothing changed must not leave a comma
  RETURN format('%s%s)', callee, array_to_string(ARRAY(SELECT format('nullif(%s, '''')', part) FROM unnest(calls) AS part), E',\n      '));
END $$;

-- Whether a whole row may be written by row_to_json: nothing hidden, and no value that JSON would bend.
CREATE FUNCTION steward.is_plain(relation_id integer) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT relation.excluded = '{}' AND relation.fingerprinted = '{}' AND count(*) > 0
     AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation.table_oid AND attgenerated = 'v' AND NOT attisdropped)
     AND bool_and(steward.value_form(type_oid) IN ('bare', 'json') OR steward.is_printed(type_oid))
    FROM steward.relation JOIN steward.live_column ON live_column.table_oid = relation.table_oid
   WHERE relation.id = is_plain.relation_id GROUP BY relation.id
$$;

-- Whether the changed columns may be written so, too: no nested values, whose inner nulls would be lost with the outer
-- ones, and no domains, which may refuse a null.
CREATE FUNCTION steward.is_flat(relation_id integer) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT steward.is_plain(relation_id) AND bool_and(type.typtype <> 'd' AND type.oid NOT IN ('json'::regtype, 'jsonb'::regtype))
    FROM steward.relation JOIN steward.live_column ON live_column.table_oid = relation.table_oid
    JOIN pg_type AS type ON type.oid = type_oid
   WHERE relation.id = is_flat.relation_id
$$;

-- SQL for the whole row as JSON text.
CREATE FUNCTION steward.row_sql(relation_id integer, alias text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN steward.is_plain(relation_id)
    THEN (
      SELECT format('row_to_json(%s)::text', CASE
          -- a partition may have its columns in another order
          WHEN class.relkind = 'p' THEN format('ROW(%s)::%s',
            (SELECT string_agg(format('%s.%I', alias, name), ', ' ORDER BY attnum) FROM steward.live_column WHERE table_oid = class.oid), class.oid::regclass)
          WHEN alias IN ('OLD', 'NEW') THEN alias
          ELSE alias || '.*' END)
        FROM steward.relation JOIN pg_class AS class ON class.oid = relation.table_oid WHERE relation.id = row_sql.relation_id)
    ELSE steward.call_sql('concat(',
    ARRAY['''{''']
    || array_agg(format('%L || coalesce(%s, ''null'')',
         CASE WHEN place = 1 THEN '' ELSE ',' END || to_json(name)::text || ':',
         steward.value_sql(type_oid, format('%s.%I', alias, name), is_fingerprinted)) ORDER BY attnum)
    || ARRAY['''}'''])
  END
  FROM (
    SELECT live_column.*, row_number() OVER (ORDER BY attnum) AS place, live_column.name = ANY (relation.fingerprinted) AS is_fingerprinted
      FROM steward.relation JOIN steward.live_column ON live_column.table_oid = relation.table_oid
     WHERE relation.id = row_sql.relation_id AND live_column.name <> ALL (relation.excluded)
  ) AS live_column
$$;

-- SQL for a column where it changed, else null: NULLIF where `=` is byte for byte, since it costs least.
CREATE FUNCTION steward.changed_value_sql(type_oid oid, type_modifier integer, is_deterministic boolean, wanted text, other text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN is_deterministic AND (type_oid IN (
      'int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'oid'::regtype, 'bool'::regtype, 'text'::regtype, 'varchar'::regtype,
      'uuid'::regtype, 'bytea'::regtype, 'date'::regtype, 'time'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
      OR type_oid IN ('bpchar'::regtype, 'numeric'::regtype) AND type_modifier >= 0)
    THEN format('nullif(%s, %s)', wanted, other)
    ELSE format('CASE WHEN %s THEN %s END', steward.differs_sql(type_oid, type_modifier, is_deterministic, wanted, other), wanted)
  END
$$;

-- SQL for the columns of a row that changed, as a JSON object: the old values, or the new ones. A column that is named on
-- one side alone was null on the other; `unchanged` are columns known to be the same. In a row trigger each node of an
-- expression is felt, since it is prepared for each execution: row_to_json has one for all columns, where a CASE, a label and
-- a cast a column cost more than all the rest of a capture. A statement trigger prepares once and runs for each row: there
-- it is the other way round.
CREATE FUNCTION steward.changed_sql(relation_id integer, old_alias text, new_alias text, wanted_alias text, unchanged text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN old_alias = 'OLD' AND steward.is_flat(relation_id) THEN format('json_strip_nulls(row_to_json(ROW(%s)::%s))::text',
      string_agg(CASE WHEN name = ANY (unchanged) THEN 'NULL'
        ELSE steward.changed_value_sql(type_oid, type_modifier, is_deterministic, format('%s.%I', wanted_alias, coalesce(name, '')),
          format('%s.%I', CASE wanted_alias WHEN old_alias THEN new_alias ELSE old_alias END, coalesce(name, ''))) END, ', ' ORDER BY attnum),
      relation.table_oid::regclass)
    ELSE format('''{'' || %s || ''}''', steward.call_sql('concat_ws('','', ',
      array_agg(format('CASE WHEN %s THEN %L || coalesce(%s, ''null'') END',
        steward.differs_sql(type_oid, type_modifier, is_deterministic, format('%s.%I', old_alias, coalesce(name, '')), format('%s.%I', new_alias, coalesce(name, ''))),
        to_json(name)::text || ':',
        steward.value_sql(type_oid, format('%s.%I', wanted_alias, coalesce(name, '')), name = ANY (relation.fingerprinted))) ORDER BY attnum) FILTER (WHERE name IS NOT NULL AND name <> ALL (unchanged))))
  END
    FROM steward.relation LEFT JOIN steward.live_column ON live_column.table_oid = relation.table_oid AND live_column.name <> ALL (relation.excluded)
   WHERE relation.id = changed_sql.relation_id GROUP BY relation.id
$$;

-- SQL for the key as text; null for a table without key, and for a key that is too long for the index of the trail: a write
-- must not fail for it.
CREATE FUNCTION steward.key_sql(relation_id integer, alias text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE
    WHEN EXISTS (SELECT FROM steward.live_column JOIN pg_type ON pg_type.oid = type_oid
                  WHERE table_oid = relation.table_oid AND name = ANY (relation.key_columns) AND typlen = -1)
    THEN format('CASE WHEN octet_length(%1$s) <= 2600 THEN %1$s END', text)
    ELSE text
  END
  FROM steward.relation
  CROSS JOIN LATERAL (
    SELECT array_agg(steward.text_sql(live_column.type_oid, format('%s.%I', alias, part.name)) ORDER BY part.place) AS texts
      FROM unnest(relation.key_columns) WITH ORDINALITY AS part (name, place)
      JOIN steward.live_column ON live_column.table_oid = relation.table_oid AND live_column.name = part.name
  ) AS part
  CROSS JOIN LATERAL (
    SELECT CASE cardinality(relation.key_columns)
      WHEN 0 THEN 'NULL::text'
      WHEN 1 THEN part.texts[1]
      ELSE 'json_build_array(' || array_to_string(part.texts, ', ') || ')::text'
    END) AS key (text)
  WHERE relation.id = key_sql.relation_id
$$;

-- SQL that is true when an update changed the key.
CREATE FUNCTION steward.key_differs_sql(relation_id integer, old_alias text, new_alias text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(string_agg(
      steward.differs_sql(type_oid, type_modifier, is_deterministic, format('%s.%I', old_alias, name), format('%s.%I', new_alias, name)), ' OR '), 'false')
    FROM steward.relation JOIN steward.live_column ON live_column.table_oid = relation.table_oid
   WHERE relation.id = key_differs_sql.relation_id AND live_column.name = ANY (relation.key_columns)
$$;

-- SQL for the columns whose JSON null is the json value null: `sides` maps '-' and '+' to aliases.
CREATE FUNCTION steward.literal_nulls_sql(relation_id integer, old_alias text, new_alias text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce('nullif(array_remove(ARRAY[' || string_agg(
      format('CASE WHEN %s_typeof(%s.%I) = ''null'' THEN %L END',
        CASE steward.base_type(type_oid) WHEN 'json'::regtype THEN 'json' ELSE 'jsonb' END, side.alias, name, side.sign || name), ', ')
      || '], NULL), ''{}'')', 'NULL::text[]')
    FROM steward.relation JOIN steward.live_column ON live_column.table_oid = relation.table_oid
    CROSS JOIN (VALUES ('-', old_alias), ('+', new_alias)) AS side (sign, alias)
   WHERE relation.id = literal_nulls_sql.relation_id AND side.alias IS NOT NULL
     AND steward.base_type(type_oid) IN ('json'::regtype, 'jsonb'::regtype)
     AND name <> ALL (relation.excluded) AND name <> ALL (relation.fingerprinted)
$$;
