// The audit trigger that one finds everywhere, for comparison: one generic function over to_jsonb, and no context.
import type { Pool } from '@steward/postgres'

/** Puts the tables under it. It keeps the whole row and, for an update, what changed, with the usual three indexes. */
export async function installClassicTrigger(pool: Pool, tables: readonly string[]): Promise<void> {
  await pool.query(`
    CREATE SCHEMA audit;
    CREATE TABLE audit.logged_action (
      id bigserial PRIMARY KEY, schema_name text NOT NULL, table_name text NOT NULL, relation oid NOT NULL,
      session_user_name text, at timestamptz NOT NULL, transaction_id bigint, application_name text, client_address inet,
      action "char" NOT NULL, row_data jsonb, changed_fields jsonb);
    CREATE INDEX ON audit.logged_action (relation);
    CREATE INDEX ON audit.logged_action (at);
    CREATE INDEX ON audit.logged_action (action);
    CREATE FUNCTION audit.log_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DECLARE
      entry audit.logged_action;
    BEGIN
      entry := ROW(nextval('audit.logged_action_id_seq'), TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_RELID, session_user,
        statement_timestamp(), txid_current(), current_setting('application_name'), inet_client_addr(),
        substring(TG_OP, 1, 1), NULL, NULL);
      IF TG_OP = 'UPDATE' THEN
        entry.row_data := to_jsonb(OLD);
        entry.changed_fields := (SELECT jsonb_object_agg(field.key, field.value) FROM jsonb_each(to_jsonb(NEW)) AS field
                                  WHERE entry.row_data -> field.key IS DISTINCT FROM field.value);
        IF entry.changed_fields IS NULL THEN RETURN NULL; END IF;
      ELSIF TG_OP = 'DELETE' THEN
        entry.row_data := to_jsonb(OLD);
      ELSE
        entry.row_data := to_jsonb(NEW);
      END IF;
      INSERT INTO audit.logged_action VALUES (entry.*);
      RETURN NULL;
    END $$`)
  for (const table of tables) {
    await pool.query(
      `CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION audit.log_row()`,
    )
  }
}
