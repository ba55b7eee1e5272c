-- People, how they prove who they are, and their sessions; the tables have the columns that better-auth expects.
CREATE TABLE steward_office.access_person (
  id             text        PRIMARY KEY,
  -- Lower case, as it is looked up.
  email          text        NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 320),
  email_verified boolean     NOT NULL DEFAULT false,
  name           text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  image          text,
  role           text        NOT NULL CHECK (length(role) BETWEEN 1 AND 200),
  created_by     text        NOT NULL,
  created_at     timestamptz NOT NULL DEFAULT now(),
  updated_at     timestamptz NOT NULL DEFAULT now(),
  disabled_at    timestamptz
);

-- One row a way to prove it: `credential` is a password, single sign-on will have rows of its own.
CREATE TABLE steward_office.access_account (
  id                       text        PRIMARY KEY,
  person_id                text        NOT NULL REFERENCES steward_office.access_person ON DELETE CASCADE,
  provider_id              text        NOT NULL,
  account_id               text        NOT NULL,
  -- scrypt, with its cost and its salt.
  password                 text,
  access_token             text,
  refresh_token            text,
  id_token                 text,
  access_token_expires_at  timestamptz,
  refresh_token_expires_at timestamptz,
  scope                    text,
  created_at               timestamptz NOT NULL DEFAULT now(),
  updated_at               timestamptz NOT NULL DEFAULT now(),
  UNIQUE (provider_id, account_id)
);
CREATE INDEX ON steward_office.access_account (person_id);

CREATE TABLE steward_office.access_session (
  id           text        PRIMARY KEY,
  person_id    text        NOT NULL REFERENCES steward_office.access_person ON DELETE CASCADE,
  -- SHA-256 of what the cookie holds. It has 256 random bits: nothing is gained by a slow hash.
  token        text        NOT NULL UNIQUE,
  ip_address   text,
  user_agent   text,
  created_at   timestamptz NOT NULL DEFAULT now(),
  updated_at   timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at   timestamptz NOT NULL
);
COMMENT ON COLUMN steward_office.access_session.last_seen_at IS 'to the minute';
CREATE INDEX ON steward_office.access_session (person_id);

-- What proves something once: links to set a password (identifier: what for and the hash of the token, value: whose).
CREATE TABLE steward_office.access_verification (
  id         text        PRIMARY KEY,
  identifier text        NOT NULL,
  value      text        NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON steward_office.access_verification (identifier);
CREATE INDEX ON steward_office.access_verification (value);

-- Attempts to sign in that were not yet forgiven, by whom they are counted for. No trail: each attempt is an operation.
CREATE TABLE steward_office.access_attempt (
  counter       text        PRIMARY KEY,
  failures      integer     NOT NULL,
  last_at       timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL,
  -- Whether the trail knows of the first request that was turned away.
  is_told       boolean     NOT NULL DEFAULT false
);
CREATE INDEX ON steward_office.access_attempt (last_at);

-- Where somebody has signed in from: there, failures of strangers do not count against them.
CREATE TABLE steward_office.access_known_address (
  person_id text        NOT NULL REFERENCES steward_office.access_person ON DELETE CASCADE,
  address   text        NOT NULL,
  last_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (person_id, address)
);

SELECT steward.track('steward_office.access_person');
SELECT steward.track('steward_office.access_account',
  '{"exclude": ["access_token", "refresh_token", "id_token"], "fingerprint": ["password"]}');
SELECT steward.track('steward_office.access_session', '{"exclude": ["token", "last_seen_at", "updated_at"]}');
SELECT steward.track('steward_office.access_verification', '{"exclude": ["identifier"]}');
