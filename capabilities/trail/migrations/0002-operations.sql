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
  SELECT candidate ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'
$$;

-- HMAC-SHA-256 (RFC 2104) from the built-in sha256, for fingerprints and signed contexts.
CREATE FUNCTION steward.hmac(secret bytea, message bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog AS $$
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

-- Writes one part. Missing fields are empty strings on the wire and null here. Nothing a client sends can make it fail.
CREATE FUNCTION steward.insert_part(fields text[], is_signed boolean) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
  INSERT INTO steward.operation
    (xid, id, parent_id, actor_type, actor_id, actor_name, procedure, params, reason, source, request_id, run_id, reverts,
     signed, database_user, application_name, client_address)
  VALUES
    (pg_current_xact_id(), fields[1]::uuid,
     CASE WHEN steward.is_id(fields[2]) THEN fields[2]::uuid END,
     CASE WHEN fields[3] IN ('user', 'staff', 'service', 'system') THEN fields[3] ELSE 'service' END,
     coalesce(nullif(fields[4], ''), session_user),
     nullif(fields[5], ''), nullif(fields[6], ''), nullif(fields[7], ''), nullif(fields[8], ''),
     coalesce(nullif(fields[9], ''), 'app'), nullif(fields[10], ''), nullif(fields[11], ''),
     CASE WHEN steward.is_id(fields[12]) THEN fields[12]::uuid END,
     is_signed, session_user, nullif(current_setting('application_name'), ''), host(inet_client_addr()));
END $$;

-- Whether a context carries the signature of the installation's key; null where contexts are not signed.
CREATE FUNCTION steward.is_signed(context text) RETURNS boolean LANGUAGE plpgsql STABLE
SET search_path = pg_catalog AS $$
DECLARE
  signing_key bytea := (SELECT installation.signing_key FROM steward.installation);
  innermost text := split_part(context, E'\x1e', 1);
  signature text;
BEGIN
  IF signing_key IS NULL THEN
    RETURN NULL;
  END IF;
  signature := split_part(innermost, E'\x1f', 13);
  RETURN signature = encode(steward.hmac(signing_key, convert_to(left(innermost, length(innermost) - length(signature)), 'UTF8')), 'hex');
END $$;

-- Makes sure that this transaction has a part for the operation at hand and for its parents; returns the operation's id.
-- `steward.part` remembers it until the end of the (sub)transaction: the id, then the first 36 characters of the context.
CREATE FUNCTION steward.open_part(context text) RETURNS uuid LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
DECLARE
  token text := left(coalesce(context, ''), 36);
  is_first boolean := coalesce(current_setting('steward.part', true), '') = '';
  operation text;
  fields text[];
  acting text;
BEGIN
  IF steward.is_id(token) THEN
    FOREACH operation IN ARRAY string_to_array(context, E'\x1e') LOOP
      fields := string_to_array(operation, E'\x1f');
      CONTINUE WHEN steward.is_id(fields[1]) IS NOT TRUE;
      CONTINUE WHEN NOT is_first AND EXISTS (
        SELECT FROM steward.operation AS part WHERE part.id = fields[1]::uuid AND part.xid = pg_current_xact_id());
      PERFORM steward.insert_part(fields, steward.is_signed(operation));
    END LOOP;
    PERFORM set_config('steward.part', token || token, true);
    RETURN token::uuid;
  END IF;

  -- No context, or one that cannot be read: the session itself is the operation.
  fields[1] := steward.new_id()::text;
  acting := current_setting('steward.acting', true);
  IF acting <> '' THEN
    fields[3] := 'staff';
    fields[4] := split_part(acting, E'\x1f', 1);
    fields[8] := split_part(acting, E'\x1f', 2);
  ELSE
    fields[3] := 'service';
    fields[4] := session_user;
  END IF;
  fields[6] := 'sql';
  fields[9] := 'sql';
  PERFORM steward.insert_part(fields, NULL);
  PERFORM set_config('steward.part', fields[1] || token, true);
  RETURN fields[1]::uuid;
END $$;

-- For the library: the operations of this context were here, even if they changed no row; or the innermost failed.
CREATE FUNCTION steward.leave(context text, outcome text DEFAULT NULL, error text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
  operation uuid;
BEGIN
  IF NOT steward.is_id(left(coalesce(context, ''), 36)) THEN
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
SET search_path = pg_catalog AS $$
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
