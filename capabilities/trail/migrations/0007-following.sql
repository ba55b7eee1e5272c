-- Following the tables: what DDL, a restore or a missing maintenance left behind is found and mended.

-- After a dump and restore the tables have other oids, and their columns other numbers: finds both by name again.
CREATE FUNCTION steward.rebind() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found record;
BEGIN
  FOR found IN
    SELECT relation.id, class.oid
      FROM steward.relation
      JOIN pg_namespace AS namespace ON namespace.nspname = relation.schema_name
      JOIN pg_class AS class ON class.relnamespace = namespace.oid AND class.relname = relation.table_name AND class.relkind IN ('r', 'p')
     WHERE relation.tracked AND class.oid <> relation.table_oid
       -- the number may belong to another table by now: ours is the one that calls our code
       AND NOT EXISTS (SELECT FROM pg_trigger AS trigger JOIN pg_proc AS function ON function.oid = trigger.tgfoid
                        WHERE trigger.tgrelid = relation.table_oid AND function.pronamespace = 'steward'::regnamespace
                          AND starts_with(function.proname, format('capture_%s_', relation.id)))
  LOOP
    UPDATE steward.relation SET table_oid = found.oid, shape = '' WHERE relation.id = found.id;
    -- out of the way first (below zero), then to the places that the names have now
    UPDATE steward.relation_column AS known SET attnum = -known.attnum + (SELECT least(min(other.attnum), 0)
              FROM steward.relation_column AS other WHERE other.relation_id = found.id)
     WHERE known.relation_id = found.id AND known.attnum > 0;
    UPDATE steward.relation_column AS known SET attnum = live.attnum
      FROM steward.relation_column AS latest JOIN steward.live_column AS live ON live.table_oid = found.oid AND live.name = latest.name
     WHERE latest.relation_id = found.id AND latest.until_change IS NULL
       AND known.relation_id = found.id AND known.attnum = latest.attnum;
  END LOOP;
END $$;

-- Mends what drifted: of these tables, or of all.
CREATE FUNCTION steward.refresh_all(touched oid[] DEFAULT NULL) RETURNS TABLE (relation_id integer, problem text) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  register steward.relation;
BEGIN
  PERFORM steward.rebind();
  PERFORM steward.note_enum_labels();
  FOR register IN SELECT * FROM steward.relation WHERE relation.tracked AND (touched IS NULL OR relation.table_oid = ANY (touched)) ORDER BY relation.id LOOP
    IF NOT EXISTS (SELECT FROM pg_class WHERE oid = register.table_oid) THEN
      UPDATE steward.relation SET tracked = false WHERE relation.id = register.id;
      relation_id := register.id; problem := 'dropped';
      RETURN NEXT;
      CONTINUE;
    END IF;
    BEGIN
      IF steward.refresh(register.id) THEN
        relation_id := register.id; problem := NULL;
        RETURN NEXT;
      ELSIF NOT steward.has_triggers(register.id) THEN
        PERFORM steward.generate_triggers(register.id);
        relation_id := register.id; problem := NULL;
        RETURN NEXT;
      END IF;
    EXCEPTION WHEN OTHERS THEN
      relation_id := register.id; problem := SQLERRM;
      RETURN NEXT;
    END;
  END LOOP;
END $$;

-- What the event trigger runs after DDL. It must never be the reason why somebody's migration fails.
CREATE FUNCTION steward.follow_ddl() RETURNS event_trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found record;
  touched oid[];
BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands() WHERE schema_name IN ('steward', 'pg_temp')) THEN
    RETURN;
  END IF;
  -- a command on tables concerns these, their parents and children; one on a type or a schema may concern every table
  WITH RECURSIVE command AS (
    SELECT coalesce(index.indrelid, done.objid) AS oid, done.classid = 'pg_class'::regclass AND class.relkind IN ('r', 'p', 'i', 'I', 'S') AS is_table
      FROM pg_event_trigger_ddl_commands() AS done
      LEFT JOIN pg_class AS class ON class.oid = done.objid AND done.classid = 'pg_class'::regclass
      LEFT JOIN pg_index AS index ON index.indexrelid = class.oid),
  family AS (
    SELECT command.oid FROM command
     UNION SELECT CASE link.inhrelid WHEN family.oid THEN link.inhparent ELSE link.inhrelid END
             FROM family JOIN pg_inherits AS link ON family.oid IN (link.inhrelid, link.inhparent))
  SELECT CASE WHEN (SELECT bool_and(coalesce(command.is_table, false)) FROM command) THEN array_agg(family.oid) END INTO touched FROM family;
  FOR found IN SELECT * FROM steward.refresh_all(touched) AS done WHERE done.problem IS NOT NULL AND done.problem <> 'dropped' LOOP
    RAISE WARNING 'The trail could not follow this change of table % : %', found.relation_id, found.problem
      USING HINT = 'Run: steward trail maintain';
  END LOOP;
EXCEPTION WHEN OTHERS THEN
  RAISE WARNING 'The trail could not follow this change of the schema: %', SQLERRM USING HINT = 'Run: steward trail maintain';
END $$;

DO $$
BEGIN
  CREATE EVENT TRIGGER steward_follow_ddl ON ddl_command_end
    WHEN TAG IN ('ALTER TABLE', 'CREATE TABLE', 'ALTER TYPE', 'ALTER DOMAIN', 'CREATE INDEX', 'DROP INDEX', 'CREATE TABLE AS', 'ALTER SCHEMA')
    EXECUTE FUNCTION steward.follow_ddl();
  UPDATE steward.installation SET follows_ddl = true;
EXCEPTION WHEN insufficient_privilege THEN
  NULL; -- each statement checks the shape of its table instead
END $$;
