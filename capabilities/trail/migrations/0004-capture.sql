-- The code itself: for each tracked table, trigger functions put together from the fragments.

-- Settings that change the text of values, pinned where a table has such values.
CREATE FUNCTION steward.pinned_settings(relation_id integer) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(string_agg(DISTINCT format(E'\nSET %s = %s', setting, value), ''), '')
    FROM steward.relation
    JOIN steward.live_column ON live_column.table_oid = relation.table_oid
    CROSS JOIN LATERAL steward.component_types(live_column.type_oid) AS component (oid)
    JOIN (VALUES
      ('float4', 'extra_float_digits', '1'), ('float8', 'extra_float_digits', '1'),
      ('point', 'extra_float_digits', '1'), ('line', 'extra_float_digits', '1'), ('lseg', 'extra_float_digits', '1'),
      ('box', 'extra_float_digits', '1'), ('path', 'extra_float_digits', '1'), ('polygon', 'extra_float_digits', '1'),
      ('circle', 'extra_float_digits', '1'),
      ('bytea', 'bytea_output', 'hex'), ('timestamptz', '"TimeZone"', '''UTC'''), ('interval', '"IntervalStyle"', 'postgres'),
      ('money', 'lc_monetary', '''C'''),
      ('regclass', 'quote_all_identifiers', 'off'), ('regtype', 'quote_all_identifiers', 'off'), ('regproc', 'quote_all_identifiers', 'off'),
      ('regprocedure', 'quote_all_identifiers', 'off'), ('regrole', 'quote_all_identifiers', 'off'),
      ('regnamespace', 'quote_all_identifiers', 'off'), ('regconfig', 'quote_all_identifiers', 'off'),
      ('regdictionary', 'quote_all_identifiers', 'off'), ('regcollation', 'quote_all_identifiers', 'off'),
      ('regoper', 'quote_all_identifiers', 'off'), ('regoperator', 'quote_all_identifiers', 'off'),
      (NULL, 'extra_float_digits', '1')
    ) AS pin (type, setting, value) ON component.oid = to_regtype(pin.type)
      -- who knows how an extension prints its numbers
      OR pin.type IS NULL AND EXISTS (SELECT FROM pg_type WHERE pg_type.oid = component.oid AND typtype = 'b' AND typcategory = 'U'
                                                     AND typnamespace <> 'pg_catalog'::regnamespace)
   WHERE relation.id = pinned_settings.relation_id
$$;
CREATE FUNCTION steward.needs_date_style(relation_id integer) RETURNS boolean LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM steward.relation
      JOIN steward.live_column ON live_column.table_oid = relation.table_oid
      CROSS JOIN LATERAL steward.component_types(live_column.type_oid) AS component (oid)
     WHERE relation.id = needs_date_style.relation_id
       AND component.oid IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
       AND (live_column.name = ANY (relation.key_columns) OR live_column.name = ANY (relation.fingerprinted)
            OR steward.value_form(live_column.type_oid) IN ('text', 'nested')))
$$;

-- What the code of a table was generated for. The leading number is the version of this generator. PL/pgSQL keeps its plans:
-- without an event trigger each statement asks.
CREATE FUNCTION steward.shape_of(relation_id integer) RETURNS text LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT '1:' || md5(concat_ws('|', relation.table_oid, relation.table_oid::regclass, relation.mode, relation.truncate_policy,
        relation.truncate_cap, steward.find_key(relation.table_oid), relation.excluded, relation.fingerprinted,
        relation.mode = 'bulk' AND EXISTS (SELECT FROM pg_inherits WHERE relation.table_oid IN (inhrelid, inhparent)),
        (SELECT string_agg(concat_ws(' ', attnum, name, type_oid, type_modifier, is_deterministic,
             -- a composite type can change under its columns
             (SELECT string_agg(pg_cast.oid::text, ',' ORDER BY pg_cast.oid) FROM pg_type AS type JOIN pg_cast ON castsource IN (type.oid, type.typelem)
               WHERE type.oid = type_oid AND casttarget = 'json'::regtype),
             CASE WHEN (SELECT coalesce(element.typtype, type.typtype) FROM pg_type AS type LEFT JOIN pg_type AS element ON element.oid = type.typelem
                         WHERE type.oid = type_oid) IN ('c', 'd')
                  THEN (SELECT string_agg(component.oid::text, ',' ORDER BY component.oid) FROM steward.component_types(type_oid) AS component (oid)) END),
             ',' ORDER BY attnum)
           FROM steward.live_column WHERE live_column.table_oid = relation.table_oid)))
      FROM steward.relation WHERE relation.id = shape_of.relation_id);
END $$;

-- SQL for the id of the operation at hand: what `steward.part` remembers, as long as it is of this very context.
CREATE FUNCTION steward.operation_sql() RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT $code$CASE WHEN starts_with(current_setting('steward.context', true), nullif(current_setting('steward.part', true), ''))
      THEN current_setting('steward.part', true)::uuid
      ELSE steward.open_part(current_setting('steward.context', true)) END$code$
$$;

-- SQL that is true when an update changed something that the trail may see.
CREATE FUNCTION steward.row_differs_sql(relation_id integer, old_alias text, new_alias text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE WHEN old_alias = 'OLD' AND bool_and(live_column.name <> ALL (relation.excluded)) THEN 'record_image_ne(OLD, NEW)'
    ELSE coalesce(string_agg(
        steward.differs_sql(type_oid, type_modifier, is_deterministic, format('%s.%I', old_alias, name), format('%s.%I', new_alias, name)), ' OR ')
                    FILTER (WHERE live_column.name IS NOT NULL AND live_column.name <> ALL (relation.excluded)), 'false') END
    FROM steward.relation LEFT JOIN steward.live_column ON live_column.table_oid = relation.table_oid
   WHERE relation.id = row_differs_sql.relation_id
$$;

-- The code of a row trigger: one statement. PL/pgSQL prepares each expression anew in each transaction, so that every further
-- expression or statement is felt; so is a WHEN condition, which is read from its text for each statement. An update that
-- moved the key is written by a statement of its own, which the others do not pay for.
CREATE FUNCTION steward.row_capture_sql(relation_id integer, event text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format($code$
BEGIN
  %s
  RETURN NULL;
END $code$, CASE event
    WHEN 'insert' THEN format($code$INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, after, literal_nulls)
  VALUES (pg_current_xact_id(), %s, %s, 'i', %s, %s, %s);$code$,
      steward.operation_sql(), relation_id, steward.key_sql(relation_id, 'NEW'), steward.row_sql(relation_id, 'NEW'),
      steward.literal_nulls_sql(relation_id, NULL, 'NEW'))
    WHEN 'delete' THEN format($code$INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, before, literal_nulls)
  VALUES (pg_current_xact_id(), %s, %s, 'd', %s, %s, %s);$code$,
      steward.operation_sql(), relation_id, steward.key_sql(relation_id, 'OLD'), steward.row_sql(relation_id, 'OLD'),
      steward.literal_nulls_sql(relation_id, 'OLD', NULL))
    ELSE format($code$IF %1$s AND NOT (%2$s) THEN
    INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, before, after, literal_nulls)
    VALUES (pg_current_xact_id(), %3$s, %4$s, 'u', %5$s,
      %6$s,
      %7$s, %8$s);
  ELSIF %1$s THEN
    WITH stored AS (
      INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, before, after, literal_nulls, previous_key)
      VALUES (pg_current_xact_id(), %3$s, %4$s, 'u', %5$s,
        %9$s,
        %10$s, %8$s, %11$s)
      RETURNING relation_id, previous_key, key, id, at)
    INSERT INTO steward.turn (relation_id, previous_key, key, change_id, at) SELECT * FROM stored;
  END IF;$code$,
      steward.row_differs_sql(relation_id, 'OLD', 'NEW'), steward.key_differs_sql(relation_id, 'OLD', 'NEW'),
      steward.operation_sql(), relation_id, steward.key_sql(relation_id, 'NEW'),
      steward.changed_sql(relation_id, 'OLD', 'NEW', 'OLD', relation.key_columns),
      steward.changed_sql(relation_id, 'OLD', 'NEW', 'NEW', relation.key_columns),
      steward.literal_nulls_sql(relation_id, 'OLD', 'NEW'),
      steward.changed_sql(relation_id, 'OLD', 'NEW', 'OLD', '{}'), steward.changed_sql(relation_id, 'OLD', 'NEW', 'NEW', '{}'),
      steward.key_sql(relation_id, 'OLD'))
    END)
    FROM steward.relation WHERE relation.id = row_capture_sql.relation_id
$$;

-- The code of a statement trigger over transition tables: half the cost a row for large statements. Old and new rows are
-- paired by ordinal: a pairing by key would lose updates of the key.
CREATE FUNCTION steward.bulk_capture_sql(relation_id integer, event text) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format($code$
#variable_conflict use_variable
DECLARE
  steward_operation uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM %s) THEN RETURN NULL; END IF;
  steward_operation := %s;
  %s
  RETURN NULL;
END $code$, CASE event WHEN 'delete' THEN 'steward_old_rows' ELSE 'steward_new_rows' END, steward.operation_sql(), CASE event
    WHEN 'insert' THEN format($code$INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, after, literal_nulls)
  SELECT pg_current_xact_id(), steward_operation, %s, 'i', %s, %s, %s
    FROM steward_new_rows AS steward_new;$code$,
      relation_id, steward.key_sql(relation_id, 'steward_new'), steward.row_sql(relation_id, 'steward_new'),
      steward.literal_nulls_sql(relation_id, NULL, 'steward_new'))
    WHEN 'delete' THEN format($code$INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, before, literal_nulls)
  SELECT pg_current_xact_id(), steward_operation, %s, 'd', %s, %s, %s
    FROM steward_old_rows AS steward_old;$code$,
      relation_id, steward.key_sql(relation_id, 'steward_old'), steward.row_sql(relation_id, 'steward_old'),
      steward.literal_nulls_sql(relation_id, 'steward_old', NULL))
    ELSE format($code$WITH stored AS (
    INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, before, after, literal_nulls, previous_key)
    SELECT pg_current_xact_id(), steward_operation, %s, 'u', %s,
           %s,
           %s, %s,
           CASE WHEN %s THEN %s END
      FROM (SELECT row_number() OVER () AS steward_ordinal, steward_rows.* FROM steward_old_rows AS steward_rows) AS steward_old
      JOIN (SELECT row_number() OVER () AS steward_ordinal, steward_rows.* FROM steward_new_rows AS steward_rows) AS steward_new
        USING (steward_ordinal)
     WHERE %s
    RETURNING relation_id, previous_key, key, id, at)
  INSERT INTO steward.turn (relation_id, previous_key, key, change_id, at)
  SELECT * FROM stored WHERE previous_key IS NOT NULL;$code$,
      relation_id, steward.key_sql(relation_id, 'steward_new'),
      steward.changed_sql(relation_id, 'steward_old', 'steward_new', 'steward_old', '{}'),
      steward.changed_sql(relation_id, 'steward_old', 'steward_new', 'steward_new', '{}'),
      steward.literal_nulls_sql(relation_id, 'steward_old', 'steward_new'),
      steward.key_differs_sql(relation_id, 'steward_old', 'steward_new'), steward.key_sql(relation_id, 'steward_old'),
      steward.row_differs_sql(relation_id, 'steward_old', 'steward_new'))
    END)
$$;

-- Rows are paired by a hash join, in memory where it suffices: both sides are read once, in their order. The planner does not
-- know this when it keeps its plan from a small statement.
CREATE FUNCTION steward.bulk_settings() RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT E'\nSET enable_nestloop = off\nSET enable_mergejoin = off\nSET work_mem = ''64MB'''
$$;

-- The code of a TRUNCATE trigger: a truncate fires no row trigger, and CASCADE empties children silently.
CREATE FUNCTION steward.truncate_capture_sql(relation_id integer) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT CASE relation.truncate_policy
    WHEN 'block' THEN format($code$
BEGIN
  RAISE EXCEPTION 'TRUNCATE of %%.%% is blocked by the trail.', TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Delete the rows, or track the table with --truncate capture or note.';
END $code$)
    ELSE format($code$
DECLARE
  steward_operation uuid;
  steward_count bigint := 0;
  steward_step bigint;
  -- a partition has a trigger of its own; only one that was made since then, where no event trigger follows, has not
  steward_tables regclass[] := CASE (SELECT relkind FROM pg_class WHERE oid = TG_RELID) WHEN 'p'
    THEN ARRAY(SELECT inhrelid FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid WHERE inhparent = TG_RELID AND relkind = 'r'
                  AND NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = inhrelid AND tgfoid = 'steward.capture_%3$s_truncate()'::regprocedure))
    ELSE ARRAY[TG_RELID] END;
  steward_table regclass;
BEGIN
  IF steward_tables = '{}' THEN
    RETURN NULL;
  END IF;
  steward_operation := %1$s;
  IF %2$L = 'capture' THEN
    FOREACH steward_table IN ARRAY steward_tables LOOP
      -- TRUNCATE takes also what others have committed since our snapshot, and we cannot see it
      IF current_setting('transaction_isolation') <> 'read committed' AND pg_relation_size(steward_table) > 0 THEN
        RAISE EXCEPTION 'TRUNCATE of %% in a %% transaction may take rows that the transaction does not see.', steward_table,
            upper(current_setting('transaction_isolation'))
          USING ERRCODE = 'feature_not_supported',
                HINT = 'Truncate in a READ COMMITTED transaction, delete the rows, or track the table with --truncate note.';
      END IF;
      EXECUTE concat(%5$L, 'ONLY ', steward_table, ' AS steward_old LIMIT %4$s + 1') USING steward_operation;
      GET DIAGNOSTICS steward_step = ROW_COUNT;
      steward_count := steward_count + steward_step;
    END LOOP;
    IF steward_count > %4$s THEN
      RAISE EXCEPTION 'TRUNCATE of %%.%% would take more than %4$s rows out of the trail.', TG_TABLE_SCHEMA, TG_TABLE_NAME
        USING ERRCODE = 'program_limit_exceeded', HINT = 'Track the table with --truncate note to let it pass without its rows, or raise truncateCap.';
    END IF;
  END IF;
  WITH stored AS (
    INSERT INTO steward.change (xid, operation_id, relation_id, kind, before)
    VALUES (pg_current_xact_id(), steward_operation, %3$s, 't',
      json_build_object('table', TG_TABLE_NAME, 'policy', %2$L, 'rows', CASE WHEN %2$L = 'capture' THEN steward_count END)::text)
    RETURNING relation_id, id, at)
  INSERT INTO steward.turn (relation_id, change_id, at) SELECT * FROM stored;
  RETURN NULL;
END $code$,
      steward.operation_sql(), relation.truncate_policy, relation_id, relation.truncate_cap,
      concat('INSERT INTO steward.change (xid, operation_id, relation_id, kind, key, before, literal_nulls) SELECT pg_current_xact_id(), $1, ',
        relation_id, ', ''t'', ', steward.key_sql(relation_id, 'steward_old'), ', ', steward.row_sql(relation_id, 'steward_old'), ', ',
        steward.literal_nulls_sql(relation_id, 'steward_old', NULL), ' FROM '))
  END FROM steward.relation WHERE relation.id = truncate_capture_sql.relation_id
$$;

-- Writes the functions of one table. The functions run as their owner: the application needs no right on the trail.
CREATE FUNCTION steward.generate_functions(relation_id integer) RETURNS void LANGUAGE plpgsql
-- queries on catalogs look dear and are not: compiling them takes ten times as long as running them
SET jit = off SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  settings text := E'\nSET search_path = pg_catalog, pg_temp' || steward.pinned_settings(relation_id)
    || CASE WHEN steward.needs_date_style(relation_id) THEN E'\nSET "DateStyle" = ''ISO, YMD''' ELSE '' END;
  mode text := (SELECT relation.mode FROM steward.relation WHERE relation.id = generate_functions.relation_id);
  event text;
BEGIN
  FOREACH event IN ARRAY '{insert,update,delete}'::text[] LOOP
    EXECUTE format('CREATE OR REPLACE FUNCTION steward.capture_%s_%s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER %s AS %L',
      relation_id, event, settings || CASE mode WHEN 'bulk' THEN steward.bulk_settings() ELSE '' END,
      CASE mode WHEN 'bulk' THEN steward.bulk_capture_sql(relation_id, event) ELSE steward.row_capture_sql(relation_id, event) END);
  END LOOP;
  EXECUTE format('CREATE OR REPLACE FUNCTION steward.capture_%s_truncate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER %s AS %L',
    -- rows that a policy of row security hides are gone too
    relation_id, settings || E'\nSET row_security = off', steward.truncate_capture_sql(relation_id));
  EXECUTE format('REVOKE ALL ON FUNCTION steward.capture_%1$s_insert(), steward.capture_%1$s_update(), steward.capture_%1$s_delete(),
    steward.capture_%1$s_truncate() FROM PUBLIC', relation_id);
  EXECUTE format($view$
    CREATE OR REPLACE FUNCTION steward.rows_%1$s(wanted text[]) RETURNS TABLE (key text, record text, literal_nulls text[])
    LANGUAGE plpgsql STABLE %2$s AS %3$L $view$,
    relation_id, settings, steward.rows_sql(relation_id));
END $$;

-- The code that reads current rows in the very form in which the trail writes them: all (null), or those with the wanted keys.
-- It runs with the rights of its caller.
CREATE FUNCTION steward.rows_sql(relation_id integer) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT format($code$
BEGIN
  IF wanted IS NULL THEN
    RETURN QUERY SELECT %2$s, %3$s, %4$s::text[] FROM %5$s%1$I.%6$I AS steward_row;
  ELSE
    RETURN QUERY SELECT %2$s, %3$s, %4$s::text[]
      FROM (SELECT DISTINCT wanted_key FROM unnest(wanted) AS wanted_key) AS steward_wanted
      JOIN %5$s%1$I.%6$I AS steward_row ON %7$s;
  END IF;
END $code$,
    namespace.nspname, steward.key_sql(relation_id, 'steward_row'), steward.row_sql(relation_id, 'steward_row'),
    steward.literal_nulls_sql(relation_id, 'steward_row', NULL),
    CASE class.relkind WHEN 'p' THEN '' ELSE 'ONLY ' END, class.relname,
    CASE cardinality(relation.key_columns)
      WHEN 0 THEN 'false'
      WHEN 1 THEN (SELECT format('steward_row.%I = steward_wanted.wanted_key::%s', name, type) FROM steward.live_column
                    WHERE table_oid = relation.table_oid AND name = relation.key_columns[1])
      ELSE (SELECT string_agg(format('steward_row.%I = (steward_wanted.wanted_key::json ->> %s)::%s', name, place - 1, type), ' AND ' ORDER BY place)
              FROM unnest(relation.key_columns) WITH ORDINALITY AS part (name, place)
              JOIN steward.live_column USING (name) WHERE table_oid = relation.table_oid)
    END)
    FROM steward.relation JOIN pg_class AS class ON class.oid = relation.table_oid
    JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
   WHERE relation.id = rows_sql.relation_id
$$;
