-- How a change finds its operation: the context of the transaction, or the session itself.

-- A time-ordered id (uuid, version 7) on every PostgreSQL that we support.
CREATE FUNCTION steward.new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
          || '7' || substr(gen_random_uuid()::text, 16))::uuid
$$;

-- Whether a text is an id. A regular expression would say the same at five times the price, in every transaction.
CREATE FUNCTION steward.is_id(candidate text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
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
-- `steward.part` remembers it until the end of the (sub)transaction. In a context the operations stand innermost first with
-- U+001E between them. Nothing that a client sends can make it fail. It pins no search path, since that costs: every caller
-- has pinned it. The usual case, one operation that belongs to nothing, comes first, in one statement of few expressions.
CREATE FUNCTION steward.open_part(context text) RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
  IF context LIKE E'________-____-____-____-____________\x1f\x1f%\x1f\x1f\x1f' AND translate(left(context, 36), '0123456789abcdef', '') = '----'
     AND coalesce(current_setting('steward.part', true), '') = '' THEN
    INSERT INTO steward.part (xid, id, context, database_user, application_name, client_address)
    VALUES (pg_current_xact_id(), set_config('steward.part', left(context, 36), true)::uuid, right(context, -36),
       session_user, current_setting('application_name'), inet_client_addr());
    RETURN left(context, 36)::uuid;
  END IF;
  RETURN steward.open_parts(context);
END $$;

-- The same for every other case: nested operations, runs, reverts, signed contexts, a session without any context, forged ones.
CREATE FUNCTION steward.open_parts(context text) RETURNS uuid LANGUAGE plpgsql AS $$
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
    IF fields[2] IS NOT NULL OR fields[11] IS NOT NULL THEN
      INSERT INTO steward.belonging (operation_id, parent_id, run_id)
      VALUES (fields[1]::uuid, CASE WHEN steward.is_id(fields[2]) THEN fields[2]::uuid END, left(fields[11], 200));
    END IF;
  END LOOP;
  PERFORM set_config('steward.parts', known, true), set_config('steward.part', left(context, 36), true);
  RETURN left(context, 36)::uuid;
END $$;

-- Where there is no context, or one that cannot be read, the session itself is the operation: one a transaction, until
-- it says that somebody else acts.
CREATE FUNCTION steward.open_session_part() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
  operation text := nullif(current_setting('steward.session_part', true), '');
  acting text := coalesce(current_setting('steward.acting', true), '');
BEGIN
  IF operation IS NULL THEN
    operation := set_config('steward.session_part', steward.new_id()::text, true);
    INSERT INTO steward.part (xid, id, context, database_user, application_name, client_address)
    VALUES (pg_current_xact_id(), operation::uuid,
      concat_ws(E'\x1f', '', '', CASE WHEN acting <> '' THEN 'staff' ELSE 'service' END, split_part(acting, E'\x1f', 1), '', 'sql', '',
        split_part(acting, E'\x1f', 2), 'sql', '', '', '', ''),
      session_user, current_setting('application_name'), inet_client_addr());
  END IF;
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
    UPDATE steward.part SET outcome = 'failed', error = left(leave.error, 4000)
     WHERE part.id = operation AND part.xid = pg_current_xact_id() AND part.at > clock_timestamp() - interval '1 day';
  END IF;
END $$;

-- For a person at a SQL prompt: who they are and why, for the rest of the session. Not behind a pooler.
CREATE FUNCTION steward.act_as(name text, reason text DEFAULT NULL) RETURNS text LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('steward.session_part', '', true);
  IF coalesce(name, '') = '' THEN
    PERFORM set_config('steward.acting', '', false);
    RETURN 'Changes of this session carry the database user again.';
  END IF;
  PERFORM set_config('steward.acting',
    translate(name, E'\x1f', ' ') || E'\x1f' || translate(coalesce(reason, ''), E'\x1f', ' '), false);
  RETURN format('Changes of this session now carry: %s%s', name, coalesce(' (' || nullif(reason, '') || ')', ''));
END $$;
