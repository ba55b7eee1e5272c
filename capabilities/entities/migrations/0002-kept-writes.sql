-- Writes that carry an idempotency key, in Steward's own database: so that one that is sent again is answered, and not done again.
CREATE TABLE steward_office.entities_kept_write (
  -- Who has sent it: the same key of somebody else is another one.
  sender     text        NOT NULL,
  key        text        NOT NULL,
  -- SHA-256 of what was asked for.
  asked      bytea       NOT NULL,
  -- By which the trail of the service tells whether it was done, where nobody has lived to say so here.
  operation  uuid        NOT NULL,
  -- All three null until it is answered; the body also where it was too long to keep.
  status     smallint,
  headers    jsonb,
  body       text,
  is_whole   boolean     NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (sender, key)
);
CREATE INDEX entities_kept_write_by_time ON steward_office.entities_kept_write (created_at);
