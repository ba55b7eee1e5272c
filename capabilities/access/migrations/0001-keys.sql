-- The API keys, in Steward's own database. Its trail is installed before: who made or revoked a key is remembered there.
CREATE SCHEMA IF NOT EXISTS steward_office;

CREATE TABLE steward_office.access_key (
  id           text        PRIMARY KEY,
  name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  role         text        NOT NULL CHECK (length(role) BETWEEN 1 AND 200),
  -- SHA-256 of the whole key. The key has 256 random bits: nothing is gained by a slow hash.
  secret_hash  bytea       NOT NULL UNIQUE CHECK (length(secret_hash) = 32),
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text        NOT NULL,
  expires_at   timestamptz,
  last_used_at timestamptz,
  revoked_at   timestamptz
);
COMMENT ON COLUMN steward_office.access_key.last_used_at IS 'to the minute';

SELECT steward.track('steward_office.access_key', '{"exclude": ["secret_hash", "last_used_at"]}');
