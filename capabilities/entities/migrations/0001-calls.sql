-- The log of calls, in Steward's own database: who asked for what, when, and what came of it. Not under the trail: it is one.
CREATE SCHEMA IF NOT EXISTS steward_office;

CREATE TABLE steward_office.entities_call (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at          timestamptz NOT NULL,
  request_id  text        NOT NULL,
  -- All three null: nobody in particular.
  actor_type  text,
  actor_id    text,
  actor_name  text,
  role        text,
  -- The visible part of the API key.
  key         text,
  method      text        NOT NULL,
  path        text        NOT NULL,
  query       text        NOT NULL,
  status      smallint    NOT NULL,
  row_count   bigint,
  duration_ms real        NOT NULL
);
-- They come in the order of their time, or nearly.
CREATE INDEX entities_call_by_time ON steward_office.entities_call USING brin (at);
CREATE INDEX entities_call_by_actor ON steward_office.entities_call (actor_id, id);
COMMENT ON COLUMN steward_office.entities_call.path IS 'whole, percent-encoded as it was sent';
COMMENT ON COLUMN steward_office.entities_call.query IS 'percent-encoded; what stands under a secret name is redacted';
