-- Stamps: created_at, updated_at and a version that counts updates, kept by the database. Existing columns are taken as they are.
CREATE FUNCTION steward.stamp_row() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  generated text[] := ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = TG_RELID AND attgenerated <> '');
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.created_at := coalesce(NEW.created_at, now());
    NEW.updated_at := now();
    NEW.version := 1;
    RETURN NEW;
  END IF;
  -- generated columns are not computed yet: leave them out of the question whether anything changed
  IF (CASE WHEN generated = '{}' THEN NOT record_image_ne(NEW, OLD) ELSE to_jsonb(NEW) - generated = to_jsonb(OLD) - generated END) THEN
    RETURN NEW;
  END IF;
  NEW.created_at := OLD.created_at;
  NEW.updated_at := now();
  NEW.version := coalesce(OLD.version, 0) + 1;
  RETURN NEW;
END $$;

CREATE FUNCTION steward.stamp(target regclass) RETURNS text[] LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  present text[] := ARRAY(SELECT live_column.name FROM steward.live_column WHERE table_oid = target);
  added text[] := '{}';
BEGIN
  IF NOT 'created_at' = ANY (present) THEN
    EXECUTE format('ALTER TABLE %s ADD COLUMN created_at timestamptz', target);
    added := added || 'created_at'::text;
  END IF;
  IF NOT 'updated_at' = ANY (present) THEN
    EXECUTE format('ALTER TABLE %s ADD COLUMN updated_at timestamptz', target);
    added := added || 'updated_at'::text;
  END IF;
  IF NOT 'version' = ANY (present) THEN
    EXECUTE format('ALTER TABLE %s ADD COLUMN version bigint NOT NULL DEFAULT 1', target);
    added := added || 'version'::text;
  ELSIF NOT EXISTS (SELECT FROM steward.live_column WHERE table_oid = target AND live_column.name = 'version'
                       AND steward.base_type(type_oid) IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)) THEN
    RAISE EXCEPTION 'Column "version" of % is not an integer.', target USING ERRCODE = 'datatype_mismatch', HINT = 'Rename it, or leave this table without stamps.';
  END IF;
  -- last among the BEFORE triggers, so that it judges the row as it will be stored
  EXECUTE format('CREATE OR REPLACE TRIGGER zz_steward_stamp_insert BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION steward.stamp_row()', target);
  EXECUTE format('CREATE OR REPLACE TRIGGER zz_steward_stamp_update BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION steward.stamp_row()', target);
  UPDATE steward.relation SET shape = '' WHERE relation.table_oid = target AND relation.tracked;
  PERFORM steward.refresh(relation.id) FROM steward.relation WHERE relation.table_oid = target AND relation.tracked;
  RETURN added;
END $$;
