-- Who took an operation back: found by the operation, without looking through all that came after it.
ALTER TABLE steward.belonging ADD COLUMN reverts uuid;
CREATE INDEX belonging_by_reverts ON steward.belonging (reverts) WHERE reverts IS NOT NULL;
COMMENT ON COLUMN steward.belonging.reverts IS 'the operation that this one takes back';

-- The reverts so far.
INSERT INTO steward.belonging (operation_id, reverts)
  SELECT DISTINCT operation.id, operation.reverts FROM steward.operation WHERE operation.reverts IS NOT NULL;

-- As before; and what an operation takes back is among what it belongs to.
CREATE OR REPLACE FUNCTION steward.open_parts(context text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  has_context boolean := coalesce(steward.is_id(left(context, 36)) AND substr(context, 37, 1) IN ('', E'\x1f', E'\x1e'), false);
  -- The operations that have a part in this transaction, remembered rather than read back: in a SERIALIZABLE transaction a
  -- read of the index would conflict with everybody else's insert. What is forgotten costs a second part, which readers group.
  known text := concat(current_setting('steward.part', true), ' ', left(current_setting('steward.parts', true), 3700));
  operations text[] := string_to_array(context, E'\x1e');
  operation text;
  fields text[];
BEGIN
  IF NOT has_context THEN
    RETURN steward.open_session_part();
  END IF;
  FOREACH operation IN ARRAY operations LOOP
    fields := string_to_array(operation, E'\x1f', '');
    CONTINUE WHEN steward.is_id(fields[1]) IS NOT TRUE OR strpos(known, fields[1]) > 0;
    known := concat(fields[1], ' ', known);
    INSERT INTO steward.part (xid, id, context, signed, database_user, application_name, client_address)
    VALUES (pg_current_xact_id(), fields[1]::uuid, right(left(operation, length(operation) - coalesce(length(fields[13]), 0)), -36),
      CASE WHEN fields[13] IS NOT NULL THEN steward.is_signed(operation, fields[13]) END,
      session_user, current_setting('application_name'), inet_client_addr());
    IF fields[2] IS NOT NULL OR fields[11] IS NOT NULL OR fields[12] IS NOT NULL THEN
      INSERT INTO steward.belonging (operation_id, parent_id, run_id, reverts)
      VALUES (fields[1]::uuid, CASE WHEN steward.is_id(fields[2]) THEN fields[2]::uuid END, left(fields[11], 200),
        CASE WHEN steward.is_id(fields[12]) THEN fields[12]::uuid END);
    END IF;
  END LOOP;
  PERFORM set_config('steward.parts', known, true), set_config('steward.part', left(context, 36), true);
  RETURN left(context, 36)::uuid;
END $$;
