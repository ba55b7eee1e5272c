-- How a change finds its operation: the context of the transaction, or the session itself.

-- A time-ordered id (uuid, version 7) on every PostgreSQL that we support.
CREATE FUNCTION steward.new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
          || '7' || substr(gen_random_uuid()::text, 16))::uuid
$$;

-- What a client may say of an operation, field by field: U+001F between fields, U+001E between an operation and its parent.
-- 1 id, 2 parentId, 3 actorType, 4 actorId, 5 actorName, 6 procedure, 7 params, 8 reason, 9 source, 10 requestId,
-- 11 runId, 12 reverts, 13 signature
CREATE FUNCTION steward.is_id(candidate text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  -- a regular expression would say the same at five times the price, in every transaction
  SELECT candidate LIKE '________-____-____-____-____________' AND translate(candidate, '0123456789abcdef', '') = '----'
$$;

-- HMAC-SHA-256 (RFC 2104) from the built-in sha256, for fingerprints and signed contexts.
CREATE FUNCTION steward.hmac(secret bytea, message bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  key bytea := CASE WHEN length(secret) > 64 THEN sha256(secret) ELSE secret END;
  padded bytea := key || decode(repeat('00', 64 - length(key)), 'hex');
  inner_pad bytea := padded;
  outer_pad bytea := padded;
BEGIN
  FOR place IN 0..63 LOOP
    inner_pad := set_byte(inner_pad, place, get_byte(padded, place) # 54);
    outer_pad := set_byte(outer_pad, place, get_byte(padded, place) # 92);
  END LOOP;
  RETURN sha256(outer_pad || sha256(inner_pad || message));
END $$;

-- Whether an operation carries the signature of the installation's key. Null where it carries none.
CREATE FUNCTION steward.is_signed(operation text, signature text) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT signature = encode(steward.hmac(installation.signing_key,
           convert_to(left(operation, length(operation) - length(signature)), 'UTF8')), 'hex')
    FROM steward.installation
$$;

-- Makes sure that this transaction has a part for the operation at hand and for its parents; returns the operation's id.
-- `steward.part` remembers it until the end of the (sub)transaction: the first 36 characters of the context, `=`, the id.
-- Nothing that a client sends can make it fail. It pins no search path, since that costs: every caller has pinned it.
-- The usual case, one operation without a parent, comes first and with as few expressions as can be.
CREATE FUNCTION steward.open_part(context text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  fields text[] := string_to_array(context, E'\x1f', '');
BEGIN
  IF fields[2] IS NULL AND fields[12] IS NULL AND fields[13] IS NULL AND cardinality(fields) = 13
     AND strpos(context, E'\x1e') = 0 AND steward.is_id(fields[1])
     AND fields[3] IN ('user', 'staff', 'service', 'system') AND coalesce(current_setting('steward.part', true), '') = '' THEN
    INSERT INTO steward.operation
      (xid, id, actor_type, actor_id, actor_name, procedure, params, reason, source, request_id, run_id,
       database_user, application_name, client_address)
    VALUES
      (pg_current_xact_id(), fields[1]::uuid, fields[3], coalesce(fields[4], session_user), fields[5], fields[6], fields[7], fields[8],
       coalesce(fields[9], 'app'), fields[10], left(fields[11], 200),
       session_user, nullif(current_setting('application_name'), ''), host(inet_client_addr()));
    RETURN right(set_config('steward.part', concat(fields[1], '=', fields[1]), true), 36)::uuid;
  END IF;
  RETURN steward.open_parts(context);
END $$;

-- The same for every other case: nested operations, reverts, signed contexts, a session without any context, forged ones.
CREATE FUNCTION steward.open_parts(context text) RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  token text := left(context, 36);
  -- The operations that have a part in this transaction, remembered rather than read back: in a SERIALIZABLE transaction a
  -- read of the index would conflict with everybody else's insert. What is forgotten costs a second part, which readers group.
  known text := concat(right(current_setting('steward.part', true), 36), ' ', left(current_setting('steward.parts', true), 3700));
  opened text := '';
  operations text[];
  operation text;
  fields text[];
  acting text;
BEGIN
  IF steward.is_id(token) AND substr(context, 37, 1) IN ('', E'\x1f', E'\x1e') THEN
    operations := string_to_array(context, E'\x1e');
  ELSE
    -- No context, or one that cannot be read: the session itself is the operation.
    acting := coalesce(current_setting('steward.acting', true), '');
    operations := ARRAY[concat_ws(E'\x1f', steward.new_id(), '', CASE WHEN acting <> '' THEN 'staff' ELSE 'service' END,
      coalesce(nullif(split_part(acting, E'\x1f', 1), ''), session_user), '', 'sql', '', split_part(acting, E'\x1f', 2), 'sql')];
  END IF;
  FOREACH operation IN ARRAY operations LOOP
    fields := string_to_array(operation, E'\x1f', '');
    CONTINUE WHEN steward.is_id(fields[1]) IS NOT TRUE;
    CONTINUE WHEN strpos(known, fields[1]) > 0;
    opened := opened || fields[1] || ' ';
    INSERT INTO steward.operation
      (xid, id, parent_id, actor_type, actor_id, actor_name, procedure, params, reason, source, request_id, run_id, reverts,
       signed, database_user, application_name, client_address)
    VALUES
      (pg_current_xact_id(), fields[1]::uuid, CASE WHEN steward.is_id(fields[2]) THEN fields[2]::uuid END,
       CASE WHEN fields[3] IN ('user', 'staff', 'service', 'system') THEN fields[3] ELSE 'service' END,
       coalesce(fields[4], session_user), fields[5], fields[6], fields[7], fields[8], coalesce(fields[9], 'app'), fields[10],
       left(fields[11], 200), CASE WHEN steward.is_id(fields[12]) THEN fields[12]::uuid END,
       CASE WHEN fields[13] IS NOT NULL THEN steward.is_signed(operation, fields[13]) END,
       session_user, nullif(current_setting('application_name'), ''), host(inet_client_addr()));
  END LOOP;
  operation := left(operations[1], 36);
  IF known <> ' ' OR cardinality(operations) > 1 THEN
    PERFORM set_config('steward.parts', opened || known, true);
  END IF;
  PERFORM set_config('steward.part', concat(token, '=', operation), true);
  RETURN operation::uuid;
END $$;

-- For the library: the operations of this context were here, even if they changed no row; or the innermost failed.
CREATE FUNCTION steward.leave(context text, outcome text DEFAULT NULL, error text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  operation uuid;
BEGIN
  IF steward.is_id(left(context, 36)) IS NOT TRUE OR substr(context, 37, 1) NOT IN ('', E'\x1f', E'\x1e') THEN
    RETURN;
  END IF;
  operation := steward.open_part(context);
  IF leave.outcome = 'failed' THEN
    UPDATE steward.operation AS part SET outcome = 'failed', error = left(leave.error, 4000)
     WHERE part.id = operation AND part.xid = pg_current_xact_id() AND part.at > clock_timestamp() - interval '1 day';
  END IF;
END $$;

-- For a person at a SQL prompt: who they are and why, for the rest of the session. Not behind a pooler.
CREATE FUNCTION steward.act_as(name text, reason text DEFAULT NULL) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('steward.part', '', true);
  IF coalesce(name, '') = '' THEN
    PERFORM set_config('steward.acting', '', false);
    RETURN 'Changes of this session carry the database user again.';
  END IF;
  PERFORM set_config('steward.acting',
    translate(name, E'\x1f', ' ') || E'\x1f' || translate(coalesce(reason, ''), E'\x1f', ' '), false);
  RETURN format('Changes of this session now carry: %s%s', name, coalesce(' (' || nullif(reason, '') || ')', ''));
END $$;
