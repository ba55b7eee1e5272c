-- An answer is shown again only to whom it was given as: a role that sees less since must not be told what it saw before.
ALTER TABLE steward_office.entities_kept_write ADD COLUMN role bytea;
COMMENT ON COLUMN steward_office.entities_kept_write.role IS 'SHA-256 of the role that it was answered for';
