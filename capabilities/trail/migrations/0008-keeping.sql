-- Keeping the trail: partitions made ahead, marks, retention. A library has no clock of its own; somebody calls maintain().

-- Makes the month partitions from the current one, in UTC as their bounds are, to `months` ahead. Rows that fell into the default partition move over. Each
-- partition is felt by each reader: no more than needed.
CREATE FUNCTION steward.make_partitions(months integer) RETURNS integer LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  parent text;
  from_date date;
  to_date date;
  partition_name text;
  made integer := 0;
  bounds text;
BEGIN
  FOREACH parent IN ARRAY ARRAY['change', 'part'] LOOP
    FOR month_number IN 0..months LOOP
      from_date := (date_trunc('month', clock_timestamp() AT TIME ZONE 'UTC') + make_interval(months => month_number))::date;
      to_date := (from_date::timestamp + interval '1 month')::date;
      partition_name := format('%s_%s', parent, to_char(from_date, 'YYYY_MM'));
      CONTINUE WHEN to_regclass('steward.' || partition_name) IS NOT NULL;
      bounds := format('at >= %1$L AND at < %2$L', from_date::text || ' 00:00:00+00', to_date::text || ' 00:00:00+00');
      EXECUTE format('LOCK TABLE steward.%1$s_default IN ACCESS EXCLUSIVE MODE', parent);
      EXECUTE format('CREATE TABLE steward.%s (LIKE steward.%s INCLUDING DEFAULTS)', partition_name, parent);
      EXECUTE format('WITH moved AS (DELETE FROM steward.%1$s_default WHERE %2$s RETURNING *) INSERT INTO steward.%3$s SELECT * FROM moved',
        parent, bounds, partition_name);
      EXECUTE format('ALTER TABLE steward.%1$s ATTACH PARTITION steward.%2$s FOR VALUES FROM (%3$L) TO (%4$L)',
        parent, partition_name, from_date::text || ' 00:00:00+00', to_date::text || ' 00:00:00+00');
      made := made + 1;
    END LOOP;
  END LOOP;
  RETURN made;
END $$;

-- A mark: the snapshot by which "as of" is exact. Above REPEATABLE READ the snapshot is as old as the transaction.
CREATE FUNCTION steward.leave_mark(name text DEFAULT NULL) RETURNS steward.mark LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  -- read before the snapshot is taken: no change with a higher id had begun by then
  newest bigint := steward.next_change() - 1;
  result steward.mark;
BEGIN
  INSERT INTO steward.mark (name, at, change_id, incarnation_id)
  SELECT leave_mark.name,
         CASE current_setting('transaction_isolation') WHEN 'read committed' THEN clock_timestamp() ELSE transaction_timestamp() END,
         newest, max(incarnation.id)
    FROM steward.incarnation RETURNING * INTO result;
  RETURN result;
END $$;

-- Deletes what the retention of each table lets go, then operations that have no change left and are older than all of it.
CREATE FUNCTION steward.forget() RETURNS bigint LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  register steward.relation;
  forgotten bigint := 0;
  step bigint;
BEGIN
  FOR register IN SELECT * FROM steward.relation WHERE retention IS NOT NULL LOOP
    DELETE FROM steward.change WHERE change.relation_id = register.id AND change.at < now() - register.retention;
    GET DIAGNOSTICS step = ROW_COUNT;
    DELETE FROM steward.turn WHERE turn.relation_id = register.id AND turn.at < now() - register.retention;
    IF step > 0 THEN
      forgotten := forgotten + step;
      -- what happened before is no longer known: asking for it must be told so
      UPDATE steward.relation SET tracked_since = greatest(relation.tracked_since, now() - register.retention) WHERE relation.id = register.id;
    END IF;
  END LOOP;
  RETURN forgotten;
END $$;

-- Everything that must happen from time to time; safe to run at any moment and by several at once.
CREATE FUNCTION steward.maintain() RETURNS jsonb LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  partitions integer;
  refreshed integer;
  problems jsonb;
  forgotten bigint;
  current_system bigint;
  last_mark timestamptz;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtext('steward.maintain')) THEN
    RETURN jsonb_build_object('skipped', 'somebody else maintains the trail at this moment');
  END IF;
  partitions := steward.make_partitions(2);

  SELECT system_identifier INTO current_system FROM pg_control_system();
  INSERT INTO steward.incarnation (system_identifier, since_change)
  SELECT current_system, steward.next_change()
   WHERE current_system IS DISTINCT FROM (SELECT latest.system_identifier FROM steward.incarnation AS latest ORDER BY latest.id DESC LIMIT 1);

  -- the event trigger may have been disabled, or lost in a dump: then each statement has to check
  UPDATE steward.installation SET follows_ddl = NOT follows_ddl
   WHERE follows_ddl <> EXISTS (SELECT FROM pg_event_trigger WHERE evtname = 'steward_follow_ddl' AND evtenabled IN ('O', 'A'));
  SELECT count(*) FILTER (WHERE problem IS NULL),
         coalesce(jsonb_agg(jsonb_build_object('entity', steward.entity_name(relation_id), 'problem', problem)) FILTER (WHERE problem IS NOT NULL), '[]')
    INTO refreshed, problems FROM steward.refresh_all();

  -- a mark each minute; those without a name thin out: hourly after two days, daily after sixty
  SELECT max(at) INTO last_mark FROM steward.mark;
  IF last_mark IS NULL OR last_mark < clock_timestamp() - interval '50 seconds' THEN
    PERFORM steward.leave_mark(NULL);
  END IF;
  DELETE FROM steward.mark AS old USING steward.mark AS kept
   WHERE old.name IS NULL AND old.id > kept.id AND (
     (old.at < now() - interval '60 days' AND date_trunc('day', kept.at) = date_trunc('day', old.at))
     OR (old.at < now() - interval '2 days' AND date_trunc('hour', kept.at) = date_trunc('hour', old.at)));
  forgotten := steward.forget();
  UPDATE steward.installation SET maintained_at = clock_timestamp();
  RETURN jsonb_build_object('partitions', partitions, 'refreshed', refreshed, 'problems', problems, 'forgotten', forgotten);
END $$;

SELECT steward.make_partitions(2);
