-- Who may do what: the application may leave operations and say who it is; reading and everything else is for owners and readers.
REVOKE ALL ON ALL TABLES IN SCHEMA steward FROM PUBLIC;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA steward FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA steward FROM PUBLIC;
GRANT USAGE ON SCHEMA steward TO PUBLIC;
GRANT EXECUTE ON FUNCTION steward.leave(text, text, text), steward.act_as(text, text) TO PUBLIC;

-- A role for readers of the trail, where roles may be made; it is shared by all databases of the cluster.
DO $$
BEGIN
  CREATE ROLE steward_reader NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
  NULL;
END $$;
DO $$
BEGIN
  GRANT SELECT ON steward.operation, steward.part, steward.belonging, steward.change, steward.turn, steward.turned_change,
                  steward.relation, steward.relation_column, steward.enum_label, steward.mark, steward.incarnation, steward.live_column TO steward_reader;
EXCEPTION WHEN undefined_object THEN
  NULL; -- `steward trail harden --print` says how to make it
END $$;
