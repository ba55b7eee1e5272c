-- What readers need beside the tables: an access path, and keys written exactly as the capture code writes them.

-- Since when a column is there. A record as it was has no column that came later.
ALTER TABLE steward.relation_column ADD COLUMN since timestamptz NOT NULL DEFAULT clock_timestamp();

-- The text of a key as the capture code stores it: `042` of an integer is `42`, a uuid has small letters, and so on. Runs
-- under the settings that the capture code pins. A value is cut to the length of its column only where that loses nothing.
CREATE FUNCTION steward.key_text(relation_id integer, parts text[]) RETURNS text LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET extra_float_digits = 1
SET bytea_output = hex SET "IntervalStyle" = postgres SET lc_monetary = 'C' AS $$
DECLARE
  register steward.relation := (SELECT relation FROM steward.relation WHERE relation.id = relation_id);
  texts text[] := '{}';
  types record;
  part text;
BEGIN
  FOR place IN 1..cardinality(register.key_columns) LOOP
    SELECT format_type(live.type_oid, -1) AS bare, live.type AS sized INTO types
      FROM steward.live_column AS live
     WHERE live.table_oid = register.table_oid AND live.name = register.key_columns[place];
    IF types.bare IS NULL THEN
      part := parts[place]; -- the table is gone; its history is not
    ELSE
      EXECUTE format('SELECT CASE WHEN $1::%1$s = $1::%1$s::%2$s THEN $1::%2$s::text ELSE $1::%1$s::text END', types.bare, types.sized)
         INTO part USING parts[place];
    END IF;
    texts := texts || part;
  END LOOP;
  IF cardinality(texts) = 1 THEN
    RETURN texts[1];
  END IF;
  -- as json_build_array prints it
  RETURN '[' || (SELECT string_agg(to_json(text)::text, ', ' ORDER BY place) FROM unnest(texts) WITH ORDINALITY AS key (text, place)) || ']';
END $$;

-- The keys of the rows that hold these values now. Values are bound as PostgreSQL binds literals, never as text: types,
-- operators and indexes stay what they are. Runs with the rights of its caller.
CREATE FUNCTION steward.matching_keys(relation_id integer, columns text[], wanted text[]) RETURNS SETOF text LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET extra_float_digits = 1
SET bytea_output = hex SET "IntervalStyle" = postgres SET lc_monetary = 'C' AS $$
DECLARE
  register steward.relation := (SELECT relation FROM steward.relation WHERE relation.id = relation_id);
BEGIN
  RETURN QUERY EXECUTE (
    SELECT format('SELECT %s FROM %s%s AS steward_row WHERE %s',
      CASE cardinality(register.key_columns)
        WHEN 1 THEN format('steward_row.%I::text', register.key_columns[1])
        ELSE 'json_build_array(' || (SELECT string_agg(format('steward_row.%I::text', name), ', ' ORDER BY place)
                                       FROM unnest(register.key_columns) WITH ORDINALITY AS part (name, place)) || ')::text'
      END,
      CASE class.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, class.oid::regclass,
      (SELECT string_agg(CASE WHEN wanted[place] IS NULL THEN format('steward_row.%I IS NULL', name)
                              ELSE format('steward_row.%I = %L', name, wanted[place]) END, ' AND ' ORDER BY place)
         FROM unnest(columns) WITH ORDINALITY AS part (name, place)))
      FROM pg_class AS class WHERE class.oid = register.table_oid);
END $$;

-- Which of these JSON values of a column equal a wanted value, by the type of the column.
CREATE FUNCTION steward.matching_values(relation_id integer, column_name text, candidates json, wanted text) RETURNS SETOF integer
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET "TimeZone" = 'UTC' SET "DateStyle" = 'ISO, YMD' SET "IntervalStyle" = postgres SET lc_monetary = 'C' AS $$
BEGIN
  RETURN QUERY EXECUTE (
    SELECT format('SELECT candidate.place::integer FROM json_array_elements_text($1) WITH ORDINALITY AS candidate (value, place)
                    WHERE candidate.value::%1$s = %2$L', live.type, wanted)
      FROM steward.relation JOIN steward.live_column AS live USING (table_oid)
     WHERE relation.id = matching_values.relation_id AND live.name = matching_values.column_name) USING candidates;
END $$;

REVOKE ALL ON FUNCTION steward.key_text(integer, text[]), steward.matching_keys(integer, text[], text[]),
  steward.matching_values(integer, text, json, text) FROM PUBLIC;
DO $$
BEGIN
  GRANT EXECUTE ON FUNCTION steward.key_text(integer, text[]), steward.matching_keys(integer, text[], text[]),
    steward.matching_values(integer, text, json, text) TO steward_reader;
EXCEPTION WHEN undefined_object THEN
  NULL; -- `steward trail harden --print` says how to make it
END $$;
