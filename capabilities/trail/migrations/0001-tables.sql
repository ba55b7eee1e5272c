-- The trail's tables. They live in the service's own database and are written in the transaction of the change itself.

-- The register of tracked tables. A table keeps its relation id through renames, dumps and restores; oids do not.
CREATE TABLE steward.relation (
  id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  schema_name     text    NOT NULL,
  table_name      text    NOT NULL,
  table_oid       oid     NOT NULL,
  key_columns     text[]  NOT NULL DEFAULT '{}',
  mode            text    NOT NULL DEFAULT 'row' CHECK (mode IN ('row', 'bulk')),
  truncate_policy text    NOT NULL DEFAULT 'capture' CHECK (truncate_policy IN ('capture', 'note', 'block')),
  truncate_cap    bigint  NOT NULL DEFAULT 100000,
  excluded        text[]  NOT NULL DEFAULT '{}',
  fingerprinted   text[]  NOT NULL DEFAULT '{}',
  stamped         text[]  NOT NULL DEFAULT '{}',
  retention       interval,
  tracked         boolean NOT NULL DEFAULT true,
  tracked_since   timestamptz NOT NULL DEFAULT clock_timestamp(),
  since_change    bigint  NOT NULL DEFAULT 0,
  shape           text    NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX relation_by_name ON steward.relation (schema_name, table_name) WHERE tracked;
COMMENT ON COLUMN steward.relation.shape IS 'what the capture code was generated for; when it differs from the table, the code is stale';

-- A table as people write it: `table`, or `schema.table` outside public.
CREATE FUNCTION steward.entity_name(relation_id integer) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat(nullif(concat(nullif(relation.schema_name, 'public'), '.'), '.'), relation.table_name)
    FROM steward.relation WHERE relation.id = entity_name.relation_id
$$;

-- Which name and type a column had for which changes: history stays readable after a rename.
CREATE TABLE steward.relation_column (
  relation_id  integer  NOT NULL REFERENCES steward.relation,
  attnum       smallint NOT NULL,
  name         text     NOT NULL,
  type         text     NOT NULL,
  since_change bigint   NOT NULL,
  until_change bigint,
  PRIMARY KEY (relation_id, attnum, since_change)
);

-- Labels of enums, by the id that survives a rename: an old label is restored as what it is called today.
CREATE TABLE steward.enum_label (
  type_oid  oid  NOT NULL,
  label_oid oid  NOT NULL,
  label     text NOT NULL,
  PRIMARY KEY (type_oid, label_oid, label)
);

-- A part of an operation: one for each (operation, transaction). No uniqueness check: two open transactions of
-- one operation must never wait for each other. Readers group parts by id. Its context is kept as it came, without the id:
-- to take it apart for each transaction would cost more than all the rest. What stands beside it the database knows itself.
-- No index here or on changes is partial: its condition would be planned anew for each row.
CREATE TABLE steward.part (
  at               timestamptz NOT NULL DEFAULT clock_timestamp(),
  xid              xid8,
  id               uuid    NOT NULL,
  context          text    NOT NULL,
  database_user    text,
  application_name text,
  client_address   inet,
  imported         boolean NOT NULL DEFAULT false,
  signed           boolean,
  outcome          text,
  error            text
) PARTITION BY RANGE (at);
CREATE INDEX part_by_id ON steward.part (id);
CREATE INDEX part_by_time ON steward.part USING brin (at) WITH (pages_per_range = 32, autosummarize = on);

-- What an operation belongs to, where it belongs to anything: the operation around it, or a run.
CREATE TABLE steward.belonging (
  operation_id uuid NOT NULL,
  parent_id    uuid,
  run_id       text
);
CREATE INDEX belonging_by_parent ON steward.belonging (parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX belonging_by_run ON steward.belonging (run_id) WHERE run_id IS NOT NULL;

-- The parts as people read them. A context says, field by field, with U+001F between fields: 1 id (here empty), 2 parentId,
-- 3 actorType, 4 actorId, 5 actorName, 6 procedure, 7 params, 8 reason, 9 source, 10 requestId, 11 runId, 12 reverts, 13 signature
-- (not kept). A client may send anything: what cannot be read is null here.
CREATE VIEW steward.operation AS
  SELECT part.at, part.xid, part.id,
         substring(split_part(part.context, E'\x1f', 2) from '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$')::uuid AS parent_id,
         substring(split_part(part.context, E'\x1f', 12) from '^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$')::uuid AS reverts,
         part.imported, part.signed,
         CASE WHEN split_part(part.context, E'\x1f', 3) IN ('user', 'staff', 'service', 'system')
              THEN split_part(part.context, E'\x1f', 3) ELSE 'service' END AS actor_type,
         coalesce(nullif(split_part(part.context, E'\x1f', 4), ''), part.database_user, 'unknown') AS actor_id,
         nullif(split_part(part.context, E'\x1f', 5), '') AS actor_name,
         nullif(split_part(part.context, E'\x1f', 6), '') AS procedure,
         nullif(split_part(part.context, E'\x1f', 7), '') AS params,
         nullif(split_part(part.context, E'\x1f', 8), '') AS reason,
         coalesce(nullif(split_part(part.context, E'\x1f', 9), ''), 'app') AS source,
         nullif(split_part(part.context, E'\x1f', 10), '') AS request_id,
         nullif(left(split_part(part.context, E'\x1f', 11), 200), '') AS run_id,
         part.database_user, nullif(part.application_name, '') AS application_name, host(part.client_address) AS client_address,
         part.outcome, part.error
    FROM steward.part;

-- A change: one row's insert, update or delete (or a truncate). Its id is its place in the order of capture,
-- which for one record is the order of commit.
CREATE SEQUENCE steward.change_id AS bigint;
CREATE FUNCTION steward.next_change() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM steward.change_id
$$;
CREATE TABLE steward.change (
  id            bigint      NOT NULL DEFAULT nextval('steward.change_id'),
  at            timestamptz NOT NULL DEFAULT clock_timestamp(),
  xid           xid8,
  operation_id  uuid        NOT NULL,
  relation_id   integer     NOT NULL,
  kind          "char"      NOT NULL,
  imported      boolean     NOT NULL DEFAULT false,
  key           text COLLATE "C",
  before        text,
  after         text,
  previous_key  text COLLATE "C",
  literal_nulls text[]
) PARTITION BY RANGE (at);
CREATE INDEX change_by_key ON steward.change (relation_id, key, id);
CREATE INDEX change_by_operation ON steward.change (operation_id);
CREATE INDEX change_by_time ON steward.change USING brin (id, at) WITH (pages_per_range = 32, autosummarize = on);
COMMENT ON COLUMN steward.change.key IS 'one key column: its text; several: a JSON array of their texts; null: the table has no key';
COMMENT ON COLUMN steward.change.literal_nulls IS 'columns (-before, +after) whose JSON null is the json value null and not SQL NULL';

-- The changes at which a history turns: the key was another before (previous_key), or a TRUNCATE emptied the table
-- (neither key). They are few; the readers of all others are spared looking for them.
CREATE TABLE steward.turn (
  relation_id  integer NOT NULL,
  previous_key text COLLATE "C",
  key          text COLLATE "C",
  change_id    bigint NOT NULL,
  at           timestamptz NOT NULL
);
CREATE INDEX turn_by_previous_key ON steward.turn (relation_id, previous_key, change_id);
CREATE INDEX turn_by_key ON steward.turn (relation_id, key, change_id);

-- The changes that moved a key, by the key that they took away.
CREATE VIEW steward.turned_change AS
  SELECT change.id, change.at, change.xid, change.operation_id, turn.relation_id, change.kind, change.imported, change.key,
         change.before, change.after, turn.previous_key, change.literal_nulls
    FROM steward.turn JOIN steward.change ON change.relation_id = turn.relation_id AND change.key = turn.key AND change.id = turn.change_id
   UNION ALL
  SELECT change.id, change.at, change.xid, change.operation_id, turn.relation_id, change.kind, change.imported, change.key,
         change.before, change.after, turn.previous_key, change.literal_nulls
    FROM steward.turn JOIN steward.change ON change.relation_id = turn.relation_id AND change.key IS NULL AND change.id = turn.change_id
   WHERE turn.key IS NULL AND turn.previous_key IS NOT NULL;

-- A life of the database. Transaction ids start again in a restored cluster: they compare only within one life.
CREATE TABLE steward.incarnation (
  id                integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  system_identifier bigint,
  since             timestamptz NOT NULL DEFAULT clock_timestamp(),
  since_change      bigint NOT NULL
);

-- A saved snapshot, by which "as of" is exact.
CREATE TABLE steward.mark (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name           text,
  at             timestamptz NOT NULL DEFAULT clock_timestamp(),
  snapshot       pg_snapshot NOT NULL DEFAULT pg_current_snapshot(),
  change_id      bigint NOT NULL,
  incarnation_id integer NOT NULL REFERENCES steward.incarnation
);
CREATE UNIQUE INDEX mark_by_name ON steward.mark (name) WHERE name IS NOT NULL;
CREATE INDEX mark_by_time ON steward.mark (at);

-- What the installation knows of itself: one row.
CREATE TABLE steward.installation (
  singleton     boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  follows_ddl   boolean NOT NULL DEFAULT false,
  fingerprint_key bytea NOT NULL DEFAULT decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'),
  signing_key   bytea,
  maintained_at timestamptz,
  installed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON COLUMN steward.installation.follows_ddl IS 'an event trigger regenerates the capture code; without it each statement checks the shape of its table';
INSERT INTO steward.installation DEFAULT VALUES;
INSERT INTO steward.incarnation (system_identifier, since_change)
  SELECT system_identifier, 0 FROM pg_control_system();

CREATE TABLE steward.change_default PARTITION OF steward.change DEFAULT;
CREATE TABLE steward.part_default PARTITION OF steward.part DEFAULT;
