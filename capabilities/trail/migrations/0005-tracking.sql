-- Putting a table under the trail, keeping its code in step with its shape, and taking it off again.

-- The columns that the database stamps by itself: neither a conflict nor part of a revert.
CREATE FUNCTION steward.stamped_columns(target regclass) RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(live_column.name ORDER BY live_column.attnum), '{}')
    FROM steward.live_column
   WHERE live_column.table_oid = target AND live_column.name IN ('created_at', 'updated_at', 'version')
     AND EXISTS (SELECT FROM pg_trigger WHERE tgrelid = target AND tgname = 'zz_steward_stamp_update')
$$;

-- Generated columns that would say what an excluded or fingerprinted column holds: they are excluded with it.
CREATE FUNCTION steward.derived_from_hidden(register steward.relation) RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(DISTINCT derived.attname::text), '{}')
    FROM pg_attribute AS derived
    JOIN pg_attrdef AS expression ON expression.adrelid = derived.attrelid AND expression.adnum = derived.attnum
    JOIN pg_depend AS uses ON uses.refobjid = derived.attrelid AND uses.refclassid = 'pg_class'::regclass
     AND (uses.classid = 'pg_attrdef'::regclass AND uses.objid = expression.oid
          -- PostgreSQL 14 notes it of the column itself
          OR uses.classid = 'pg_class'::regclass AND uses.objid = derived.attrelid AND uses.objsubid = derived.attnum)
    JOIN pg_attribute AS source ON source.attrelid = derived.attrelid AND source.attnum = uses.refobjsubid
   WHERE derived.attrelid = register.table_oid AND derived.attgenerated <> '' AND source.attnum <> derived.attnum
     AND source.attname = ANY (register.excluded || register.fingerprinted) AND derived.attname <> ALL (register.excluded)
$$;

-- The names that these columns bear today.
CREATE FUNCTION steward.renamed(relation_id integer, names text[]) RETURNS text[] LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT coalesce(array_agg(coalesce(live.name, names.name) ORDER BY names.place), '{}')
    FROM unnest(names) WITH ORDINALITY AS names (name, place)
    JOIN steward.relation ON relation.id = renamed.relation_id
    LEFT JOIN steward.relation_column AS known ON known.relation_id = relation.id AND known.name = names.name AND known.until_change IS NULL
    LEFT JOIN steward.live_column AS live ON live.table_oid = relation.table_oid AND live.attnum = known.attnum
$$;

-- Brings the register and the code of one table in step with the catalog. Cheap when nothing changed.
CREATE FUNCTION steward.refresh(relation_id integer) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  register steward.relation;
  next_change bigint;
BEGIN
  SELECT * INTO register FROM steward.relation WHERE relation.id = relation_id AND relation.tracked;
  IF NOT FOUND OR register.shape = steward.shape_of(relation_id) THEN
    RETURN false;
  END IF;
  -- two sessions may find the same drift at once: the second waits and finds it mended
  PERFORM pg_advisory_xact_lock(hashtext('steward.refresh'), relation_id);
  SELECT * INTO register FROM steward.relation WHERE relation.id = relation_id;
  IF register.shape = steward.shape_of(relation_id) THEN
    RETURN false;
  END IF;

  next_change := steward.next_change();
  -- what is kept back stays so under its new name
  UPDATE steward.relation SET excluded = steward.renamed(relation_id, relation.excluded),
         fingerprinted = steward.renamed(relation_id, relation.fingerprinted)
   WHERE relation.id = refresh.relation_id RETURNING * INTO register;
  UPDATE steward.relation_column AS known SET until_change = next_change
   WHERE known.relation_id = refresh.relation_id AND known.until_change IS NULL
     AND NOT EXISTS (SELECT FROM steward.live_column AS live WHERE live.table_oid = register.table_oid
                        AND live.attnum = known.attnum AND live.name = known.name AND live.type = known.type);
  INSERT INTO steward.relation_column (relation_id, attnum, name, type, since_change)
  SELECT refresh.relation_id, live.attnum, live.name, live.type, next_change
    FROM steward.live_column AS live
   WHERE live.table_oid = register.table_oid
     AND NOT EXISTS (SELECT FROM steward.relation_column AS known WHERE known.relation_id = refresh.relation_id
                        AND known.attnum = live.attnum AND known.until_change IS NULL)
  ON CONFLICT ON CONSTRAINT relation_column_pkey DO UPDATE SET name = excluded.name, type = excluded.type, until_change = NULL;
  -- statement triggers hear nothing of what reaches a table through its parents
  UPDATE steward.relation SET mode = 'row'
   WHERE relation.id = refresh.relation_id AND relation.mode = 'bulk'
     AND EXISTS (SELECT FROM pg_inherits WHERE register.table_oid IN (inhrelid, inhparent));
  -- tables that swapped their names: the other one is named anew when its own turn comes
  UPDATE steward.relation AS other SET shape = '', table_name = format('%s (until %s)', other.table_name, next_change)
    FROM pg_class AS class JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
   WHERE class.oid = register.table_oid AND other.tracked AND other.id <> refresh.relation_id
     AND other.schema_name = namespace.nspname AND other.table_name = class.relname;
  -- changes from before another key came are not found by it: as if the table were tracked since now
  UPDATE steward.relation SET tracked_since = clock_timestamp(), since_change = next_change
   WHERE relation.id = refresh.relation_id AND register.shape <> '' AND register.key_columns <> '{}'
     AND ARRAY(SELECT known.attnum FROM unnest(register.key_columns) WITH ORDINALITY AS part (name, place)
                 JOIN steward.relation_column AS known ON known.relation_id = refresh.relation_id AND known.name = part.name
                  AND coalesce(known.until_change, next_change) = next_change ORDER BY part.place)
      <> ARRAY(SELECT live.attnum FROM unnest(steward.find_key(register.table_oid)) WITH ORDINALITY AS part (name, place)
                 JOIN steward.live_column AS live ON live.table_oid = register.table_oid AND live.name = part.name ORDER BY part.place);
  UPDATE steward.relation SET key_columns = steward.find_key(register.table_oid),
         schema_name = namespace.nspname, table_name = class.relname, stamped = steward.stamped_columns(register.table_oid),
         excluded = register.excluded || steward.derived_from_hidden(register)
    FROM pg_class AS class JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace
   WHERE relation.id = refresh.relation_id AND class.oid = register.table_oid;
  PERFORM steward.note_enum_labels();
  PERFORM steward.generate_functions(relation_id);
  IF NOT steward.has_triggers(relation_id) THEN
    PERFORM steward.generate_triggers(relation_id);
  END IF;
  UPDATE steward.relation SET shape = steward.shape_of(relation_id) WHERE relation.id = relation_id;
  RETURN true;
END $$;

CREATE FUNCTION steward.note_enum_labels() RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
  INSERT INTO steward.enum_label (type_oid, label_oid, label)
  SELECT enumtypid, oid, enumlabel FROM pg_enum ON CONFLICT DO NOTHING
$$;

-- Which table a trigger of ours stands on, and where it must stand: on the table, and for TRUNCATE on each partition too,
-- since a statement trigger on a partitioned table hears nothing of a TRUNCATE sent to a partition.
CREATE FUNCTION steward.generate_triggers(relation_id integer) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  register steward.relation := (SELECT relation FROM steward.relation WHERE relation.id = relation_id);
  target regclass := register.table_oid;
  capture text := format('steward.capture_%s', relation_id);
  member regclass;
  follows_ddl boolean := (SELECT installation.follows_ddl FROM steward.installation);
BEGIN
  PERFORM steward.drop_triggers(relation_id);
  IF register.mode = 'row' THEN
    EXECUTE format('CREATE TRIGGER "00_steward_insert" AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION %s_insert()', target, capture);
    EXECUTE format('CREATE TRIGGER "00_steward_update" AFTER UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION %s_update()', target, capture);
    EXECUTE format('CREATE TRIGGER "00_steward_delete" AFTER DELETE ON %s FOR EACH ROW EXECUTE FUNCTION %s_delete()', target, capture);
  ELSE
    EXECUTE format('CREATE TRIGGER "00_steward_insert" AFTER INSERT ON %s REFERENCING NEW TABLE AS steward_new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s_insert()', target, capture);
    EXECUTE format('CREATE TRIGGER "00_steward_update" AFTER UPDATE ON %s REFERENCING OLD TABLE AS steward_old_rows NEW TABLE AS steward_new_rows FOR EACH STATEMENT EXECUTE FUNCTION %s_update()', target, capture);
    EXECUTE format('CREATE TRIGGER "00_steward_delete" AFTER DELETE ON %s REFERENCING OLD TABLE AS steward_old_rows FOR EACH STATEMENT EXECUTE FUNCTION %s_delete()', target, capture);
  END IF;
  FOR member IN SELECT target UNION SELECT tree.relid FROM pg_partition_tree(target) AS tree LOOP
    EXECUTE format('CREATE TRIGGER "00_steward_truncate" BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION steward.capture_%s_truncate()', member, relation_id);
    IF NOT follows_ddl THEN
      EXECUTE format('CREATE TRIGGER "00_steward_shape" BEFORE INSERT OR UPDATE OR DELETE ON %s FOR EACH STATEMENT EXECUTE FUNCTION steward.check_shape(%s)', member, relation_id);
    END IF;
  END LOOP;
END $$;

-- Whether all triggers of a table stand where they must, and nowhere else. Disabled ones count unless they must be enabled.
CREATE FUNCTION steward.has_triggers(relation_id integer, must_be_enabled boolean DEFAULT false) RETURNS boolean LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp AS $$
  WITH member AS (
    SELECT relation.table_oid AS oid FROM steward.relation WHERE relation.id = has_triggers.relation_id
     UNION SELECT tree.relid FROM steward.relation CROSS JOIN LATERAL pg_partition_tree(relation.table_oid) AS tree
            WHERE relation.id = has_triggers.relation_id),
  wanted AS (
    SELECT relation.table_oid AS target, ('00_steward_' || event)::name AS name, format('capture_%s_%s', relation_id, event) AS function,
           relation.mode = 'row' AS each_row
      FROM steward.relation CROSS JOIN unnest('{insert,update,delete}'::text[]) AS event
     WHERE relation.id = has_triggers.relation_id
     UNION ALL SELECT member.oid, '00_steward_truncate', format('capture_%s_truncate', relation_id), false FROM member
     UNION ALL SELECT member.oid, '00_steward_shape', 'check_shape', false FROM member, steward.installation WHERE NOT follows_ddl),
  present AS (
    SELECT trigger.tgrelid AS target, trigger.tgname AS name, function.proname::text AS function, trigger.tgtype::integer & 1 = 1 AS each_row
      FROM pg_trigger AS trigger JOIN pg_proc AS function ON function.oid = trigger.tgfoid
     WHERE function.pronamespace = 'steward'::regnamespace AND trigger.tgparentid = 0
       AND (NOT must_be_enabled OR trigger.tgenabled IN ('O', 'A'))
       AND (starts_with(function.proname, format('capture_%s_', relation_id))
            OR function.proname = 'check_shape' AND trigger.tgargs = convert_to(relation_id::text, 'UTF8') || decode('00', 'hex')))
  SELECT NOT EXISTS ((SELECT * FROM wanted EXCEPT SELECT * FROM present) UNION ALL (SELECT * FROM present EXCEPT SELECT * FROM wanted))
     -- on a partition a row trigger is a clone, and may be disabled by itself
     AND NOT (must_be_enabled AND EXISTS (
       SELECT FROM member JOIN pg_trigger AS trigger ON trigger.tgrelid = member.oid
        WHERE trigger.tgparentid <> 0 AND trigger.tgname LIKE '00\_steward\_%' AND trigger.tgenabled IN ('D', 'R')))
$$;

CREATE FUNCTION steward.drop_triggers(relation_id integer) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT trigger.tgname, trigger.tgrelid::regclass AS target
      FROM pg_trigger AS trigger JOIN pg_proc AS function ON function.oid = trigger.tgfoid
     WHERE function.pronamespace = 'steward'::regnamespace AND trigger.tgparentid = 0 AND NOT trigger.tgisinternal
       AND (starts_with(function.proname, format('capture_%s_', relation_id))
            OR function.proname = 'check_shape' AND trigger.tgargs = convert_to(relation_id::text, 'UTF8') || decode('00', 'hex'))
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.target);
  END LOOP;
END $$;

-- Where no event trigger may be made: each statement checks first that the code still fits the table, and mends it.
CREATE FUNCTION steward.check_shape() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  relation_id integer := TG_ARGV[0];
BEGIN
  IF (SELECT relation.shape FROM steward.relation WHERE relation.id = relation_id) <> steward.shape_of(relation_id) THEN
    BEGIN
      PERFORM steward.refresh(relation_id);
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING 'The trail could not follow a change of table %: %', TG_RELID::regclass, SQLERRM USING HINT = 'Run: steward trail maintain';
    END;
  END IF;
  RETURN NULL;
END $$;

-- Puts a table under the trail, or changes how it is tracked. Options: mode, truncate, truncateCap, exclude, fingerprint, retention.
CREATE FUNCTION steward.track(target regclass, options jsonb DEFAULT '{}') RETURNS integer LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  register steward.relation;
  kind "char" := (SELECT relkind FROM pg_class WHERE oid = target);
  wanted_mode text;
  unknown text;
  next_change bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('steward.track'));
  IF kind NOT IN ('r', 'p') THEN
    RAISE EXCEPTION '% is not a table.', target USING ERRCODE = 'wrong_object_type', HINT = 'Track the tables that the view or function writes to.';
  ELSIF (SELECT relispartition FROM pg_class WHERE oid = target) THEN
    RAISE EXCEPTION '% is a partition.', target USING ERRCODE = 'wrong_object_type',
      HINT = format('Track the whole table: steward trail track %s', (SELECT relid FROM pg_partition_ancestors(target) AS up (relid) ORDER BY relid = target, pg_partition_root(target) = relid DESC LIMIT 1));
  ELSIF (SELECT relnamespace FROM pg_class WHERE oid = target) IN ('steward'::regnamespace, 'pg_catalog'::regnamespace)
     OR (SELECT relpersistence FROM pg_class WHERE oid = target) = 't' THEN
    RAISE EXCEPTION '% cannot be tracked.', target USING ERRCODE = 'wrong_object_type', HINT = 'The trail''s own, system and temporary tables are never tracked.';
  END IF;
  SELECT name INTO unknown
    FROM jsonb_array_elements_text(coalesce(options -> 'exclude', '[]') || coalesce(options -> 'fingerprint', '[]')) AS name
   WHERE name NOT IN (SELECT live_column.name FROM steward.live_column WHERE table_oid = target) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% has no column "%".', target, unknown USING ERRCODE = 'undefined_column',
      HINT = (SELECT 'Its columns: ' || string_agg(live_column.name, ', ' ORDER BY attnum) FROM steward.live_column WHERE table_oid = target);
  END IF;
  SELECT name INTO unknown
    FROM jsonb_array_elements_text(coalesce(options -> 'exclude', '[]') || coalesce(options -> 'fingerprint', '[]')) AS name
   WHERE name = ANY (steward.find_key(target)) LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Column "%" is part of the key of %.', unknown, target USING ERRCODE = 'feature_not_supported',
      HINT = 'The key tells records apart: it can be neither excluded nor fingerprinted.';
  END IF;

  SELECT * INTO register FROM steward.relation WHERE relation.table_oid = target ORDER BY relation.tracked DESC, relation.id DESC LIMIT 1;
  wanted_mode := coalesce(options ->> 'mode', CASE WHEN register.tracked THEN register.mode END, 'row');
  IF wanted_mode = 'bulk' AND (kind = 'p' OR EXISTS (SELECT FROM pg_inherits WHERE target IN (inhrelid, inhparent))) THEN
    RAISE EXCEPTION '% has partitions or children.', target USING ERRCODE = 'feature_not_supported',
      HINT = 'Statement triggers see nothing of writes that are sent to a partition: leave it in mode "row".';
  END IF;
  next_change := steward.next_change();
  IF register.id IS NULL THEN
    INSERT INTO steward.relation (schema_name, table_name, table_oid, since_change)
    SELECT namespace.nspname, class.relname, class.oid, next_change
      FROM pg_class AS class JOIN pg_namespace AS namespace ON namespace.oid = class.relnamespace WHERE class.oid = target
    RETURNING * INTO register;
  ELSIF NOT register.tracked THEN
    UPDATE steward.relation SET tracked = true, tracked_since = clock_timestamp(), since_change = next_change, shape = '' WHERE relation.id = register.id;
  END IF;
  UPDATE steward.relation SET
    mode = wanted_mode,
    truncate_policy = coalesce(options ->> 'truncate', relation.truncate_policy),
    truncate_cap = coalesce((options ->> 'truncateCap')::bigint, relation.truncate_cap),
    retention = coalesce((options ->> 'retention')::interval, relation.retention),
    excluded = coalesce((SELECT array_agg(name) FROM jsonb_array_elements_text(options -> 'exclude') AS name),
                        CASE WHEN options ? 'exclude' THEN '{}' ELSE relation.excluded END),
    fingerprinted = coalesce((SELECT array_agg(name) FROM jsonb_array_elements_text(options -> 'fingerprint') AS name),
                        CASE WHEN options ? 'fingerprint' THEN '{}' ELSE relation.fingerprinted END)
  WHERE relation.id = register.id;
  PERFORM steward.refresh(register.id);
  IF NOT steward.has_triggers(register.id, must_be_enabled => true) THEN
    PERFORM steward.generate_triggers(register.id);
  END IF;
  RETURN register.id;
END $$;

-- Takes a table off the trail. Its history stays.
CREATE FUNCTION steward.untrack(target regclass) RETURNS boolean LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  register steward.relation;
BEGIN
  SELECT * INTO register FROM steward.relation WHERE relation.table_oid = target AND relation.tracked;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  PERFORM steward.drop_triggers(register.id);
  UPDATE steward.relation SET tracked = false, shape = '' WHERE relation.id = register.id;
  EXECUTE format('DROP FUNCTION IF EXISTS steward.capture_%1$s_insert(), steward.capture_%1$s_update(), steward.capture_%1$s_delete(),
    steward.capture_%1$s_truncate(), steward.rows_%1$s(text[])', register.id);
  RETURN true;
END $$;
