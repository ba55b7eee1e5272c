-- Inquiries, in Steward's own database. Its trail is installed before: who asked, took and answered is remembered there.
CREATE SCHEMA IF NOT EXISTS steward_office;

CREATE TABLE steward_office.inquiries_inquiry (
  -- Short enough to be said on the telephone.
  id               integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title            text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
  text             text        NOT NULL CHECK (length(text) BETWEEN 1 AND 10000),
  -- It becomes a link: nothing but the web.
  ticket_url       text        CHECK (ticket_url ~* '^https?://' AND length(ticket_url) <= 2000),
  -- About a record (both), or an operation, or neither. Never more of a record than its name: its values stay where they are.
  entity           text        CHECK (length(entity) BETWEEN 1 AND 200),
  record_key       text        CHECK (length(record_key) BETWEEN 1 AND 1000),
  operation_id     uuid,
  state            text        NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'taken', 'answered', 'closed')),
  asked_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  asked_by_type    text        NOT NULL,
  asked_by_id      text        NOT NULL,
  asked_by_name    text,
  owner_type       text,
  owner_id         text,
  owner_name       text,
  -- The answer that stands; earlier ones are in the thread.
  answer           text        CHECK (length(answer) BETWEEN 1 AND 10000),
  answered_at      timestamptz,
  answered_by_type text,
  answered_by_id   text,
  answered_by_name text,
  closed_at        timestamptz,
  changed_at       timestamptz NOT NULL DEFAULT clock_timestamp(),

  CHECK ((entity IS NULL) = (record_key IS NULL)),
  CHECK (entity IS NULL OR operation_id IS NULL),
  CHECK ((owner_type IS NULL) = (owner_id IS NULL)),
  CHECK ((answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by_id IS NULL)
     AND (answer IS NULL) = (answered_by_type IS NULL)),
  -- What a state means.
  CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
  CHECK (CASE state WHEN 'open' THEN owner_id IS NULL AND answer IS NULL
                    WHEN 'taken' THEN owner_id IS NOT NULL AND answer IS NULL
                    WHEN 'answered' THEN owner_id IS NOT NULL AND answer IS NOT NULL
                    ELSE true END)
);
-- What waits for somebody is little, whatever has gathered over the years.
CREATE INDEX inquiries_inquiry_unclosed ON steward_office.inquiries_inquiry (id) WHERE state <> 'closed';
CREATE INDEX inquiries_inquiry_by_owner ON steward_office.inquiries_inquiry (owner_id, id);
CREATE INDEX inquiries_inquiry_by_asker ON steward_office.inquiries_inquiry (asked_by_id, id);
CREATE INDEX inquiries_inquiry_by_record ON steward_office.inquiries_inquiry (entity, record_key) WHERE entity IS NOT NULL;
CREATE INDEX inquiries_inquiry_by_operation ON steward_office.inquiries_inquiry (operation_id) WHERE operation_id IS NOT NULL;
CREATE INDEX inquiries_inquiry_by_asking ON steward_office.inquiries_inquiry (asked_at);
CREATE INDEX inquiries_inquiry_by_answering ON steward_office.inquiries_inquiry (answered_at) WHERE answered_at IS NOT NULL;

-- The thread: what was said, and what happened, in its order.
CREATE TABLE steward_office.inquiries_entry (
  id           integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  inquiry_id   integer     NOT NULL REFERENCES steward_office.inquiries_inquiry ON DELETE CASCADE,
  kind         text        NOT NULL CHECK (kind IN
                 ('comment', 'answer', 'taken', 'assigned', 'released', 'linked', 'unlinked', 'closed', 'reopened')),
  at           timestamptz NOT NULL DEFAULT clock_timestamp(),
  by_type      text        NOT NULL,
  by_id        text        NOT NULL,
  by_name      text,
  text         text        CHECK (length(text) BETWEEN 1 AND 10000),
  operation_id uuid,
  to_type      text,
  to_id        text,
  to_name      text,

  CHECK ((text IS NOT NULL) = (kind IN ('comment', 'answer'))),
  CHECK ((operation_id IS NOT NULL) = (kind IN ('linked', 'unlinked'))),
  CHECK ((to_id IS NOT NULL) = (kind = 'assigned') AND (to_type IS NOT NULL) = (kind = 'assigned'))
);
CREATE INDEX inquiries_entry_by_inquiry ON steward_office.inquiries_entry (inquiry_id, id);

-- Operations that belong to an inquiry, such as the revert that solved it. They live in the service's own database.
CREATE TABLE steward_office.inquiries_link (
  inquiry_id     integer     NOT NULL REFERENCES steward_office.inquiries_inquiry ON DELETE CASCADE,
  operation_id   uuid        NOT NULL,
  linked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  linked_by_type text        NOT NULL,
  linked_by_id   text        NOT NULL,
  linked_by_name text,
  PRIMARY KEY (inquiry_id, operation_id)
);
CREATE INDEX inquiries_link_by_operation ON steward_office.inquiries_link (operation_id);

SELECT steward.track('steward_office.inquiries_inquiry', '{"exclude": ["changed_at"]}');
SELECT steward.track('steward_office.inquiries_entry');
SELECT steward.track('steward_office.inquiries_link');
