-- Saved views of lists, in Steward's own database: whose they are, what they show, and who else may use them.
CREATE TABLE steward_office.entities_view (
  id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
  entity      text        NOT NULL,
  name        text        NOT NULL,
  -- Null: as the entity's list has them.
  columns     text[],
  -- As it stands in an address, percent-encoded: `status=eq.paid&total=gte.100`.
  filter      text        NOT NULL,
  "order"     text        NOT NULL,
  is_shared   boolean     NOT NULL,
  owner_type  text        NOT NULL,
  owner_id    text        NOT NULL,
  owner_name  text,
  saved_at    timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT entities_view_name UNIQUE (entity, owner_type, owner_id, name)
);
