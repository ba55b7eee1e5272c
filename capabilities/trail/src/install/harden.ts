// The SQL that takes the trail out of the application's reach: who owns, who writes, who reads.
import { type Queryable, quoteIdentifier, quoteLiteral } from '@steward/postgres'
import { translated } from './refusal.ts'

/** What `harden` is told: the application's login. Left out, it is the login that asks. */
export type HardenOptions = { application?: string | undefined }

/**
 * Writes the SQL and the migration recipe for owner, application and reader roles, for a person to read and run as a
 * superuser or as the owner of everything. Runs nothing.
 */
export async function hardenScript(
  queryable: Queryable,
  { application }: HardenOptions = {},
): Promise<{ sql: string }> {
  return translated(async () => {
    const { rows } = await queryable.query<Facts>(factsStatement, [application ?? null])
    return { sql: scriptFor(rows[0] as Facts, application) }
  })
}

type Facts = {
  login: string
  database: string
  /** The database's owner is the application. */
  ownsDatabase: boolean
  schemas: string[]
  /** Of these, the ones that the application owns. */
  ownedSchemas: string[]
  tables: string[]
  sequences: string[]
  types: string[]
}

const factsStatement = `
  WITH owned AS (
    SELECT class.relkind, format('%I.%I', namespace.nspname, class.relname) AS name, namespace.nspname AS schema
      FROM pg_catalog.pg_class AS class JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
     WHERE namespace.nspname !~ '^pg_' AND namespace.nspname NOT IN ('information_schema', 'steward', 'steward_office')
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS depend WHERE depend.classid = 'pg_catalog.pg_class'::regclass
                         AND depend.objid = class.oid AND depend.deptype IN ('e', 'a', 'i')))
  SELECT session_user AS login, current_database() AS database,
         (SELECT datdba = application.oid FROM pg_catalog.pg_database WHERE datname = current_database()) AS "ownsDatabase",
         array(SELECT DISTINCT schema FROM owned ORDER BY 1)::text[] AS schemas,
         array(SELECT nspname FROM pg_catalog.pg_namespace
                WHERE nspowner = application.oid AND nspname IN (SELECT schema FROM owned) ORDER BY 1)::text[] AS "ownedSchemas",
         array(SELECT format('%I.%I', namespace.nspname, type.typname)
                 FROM pg_catalog.pg_type AS type JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = type.typnamespace
                 LEFT JOIN pg_catalog.pg_class AS class ON class.oid = type.typrelid
                WHERE (type.typtype IN ('e', 'd', 'r') OR class.relkind = 'c')
                  AND namespace.nspname !~ '^pg_' AND namespace.nspname NOT IN ('information_schema', 'steward', 'steward_office')
                  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend AS depend WHERE depend.classid = 'pg_catalog.pg_type'::regclass
                                    AND depend.objid = type.oid AND depend.deptype = 'e') ORDER BY 1)::text[] AS types,
         array(SELECT name FROM owned WHERE relkind IN ('r', 'p') ORDER BY 1)::text[] AS tables,
         array(SELECT name FROM owned WHERE relkind = 'S' ORDER BY 1)::text[] AS sequences
    FROM (SELECT (SELECT oid FROM pg_catalog.pg_roles WHERE rolname = coalesce($1, session_user)) AS oid) AS application`

function scriptFor(facts: Facts, application = facts.login): string {
  const app = quoteIdentifier(application)
  const schemas = facts.schemas.map(quoteIdentifier)
  return `-- Hardening of the trail in database ${facts.database}, for the application's login ${app}.
-- Run it as a superuser (on RDS: as the master user), in one transaction. Afterwards:
--   ${app} reads and writes rows as before, and can neither disable the capture nor touch a trail row;
--   migrations run as service_owner (SET ROLE service_owner, or a login that is its member);
--   people who read the trail are members of steward_reader.
BEGIN;

-- 1. Who owns: roles that nobody logs in as.
DO $$ BEGIN CREATE ROLE service_owner NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE steward_owner NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN CREATE ROLE steward_reader NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
GRANT service_owner TO steward_owner; -- so that the trail can follow changes of the tables
-- Only a superuser may give away what is not its own: any other login becomes a member of the owners, and stays one.
DO $$
BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    GRANT service_owner, steward_owner TO CURRENT_USER;
  END IF;
END $$;

-- 2. The service's tables pass from the application to their owner; so do their types, since the owner of a type may say
--    by a cast what its text is; and the schema and the database, since their owners may drop what is in them.
${facts.ownsDatabase ? `ALTER DATABASE ${quoteIdentifier(facts.database)} OWNER TO service_owner;\n` : ''}${facts.ownedSchemas
  .map((schema) => `ALTER SCHEMA ${quoteIdentifier(schema)} OWNER TO service_owner;\n`)
  .join('')}${schemas.map((schema) => `GRANT USAGE, CREATE ON SCHEMA ${schema} TO service_owner;`).join('\n')}
${facts.tables.map((table) => `ALTER TABLE ${table} OWNER TO service_owner;`).join('\n')}
${facts.sequences.map((sequence) => `ALTER SEQUENCE ${sequence} OWNER TO service_owner;`).join('\n')}
${facts.types.map((type) => `ALTER TYPE ${type} OWNER TO service_owner;`).join('\n')}

-- 3. The application keeps what it needs to work: rows, not tables. TRIGGER would let it replace the capture.
${schemas
  .map(
    (schema) => `REVOKE CREATE ON SCHEMA ${schema} FROM ${app}, PUBLIC;
GRANT USAGE ON SCHEMA ${schema} TO ${app};
REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${app}, PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${app};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${app};
ALTER DEFAULT PRIVILEGES FOR ROLE service_owner IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${app};
ALTER DEFAULT PRIVILEGES FOR ROLE service_owner IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO ${app};`,
  )
  .join('\n')}

-- 4. The trail belongs to its own owner; its functions run as that owner.
ALTER SCHEMA steward OWNER TO steward_owner;
DO $$
DECLARE found record;
BEGIN
  FOR found IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = 'steward'::regnamespace AND relkind IN ('r', 'p', 'v') LOOP
    EXECUTE format('ALTER TABLE %s OWNER TO steward_owner', found.name);
  END LOOP;
  FOR found IN SELECT class.oid::regclass AS name FROM pg_class AS class
                WHERE relnamespace = 'steward'::regnamespace AND relkind = 'S'
                  AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = class.oid AND deptype IN ('a', 'i')) LOOP
    EXECUTE format('ALTER SEQUENCE %s OWNER TO steward_owner', found.name);
  END LOOP;
  FOR found IN SELECT oid::regprocedure AS name FROM pg_proc WHERE pronamespace = 'steward'::regnamespace LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO steward_owner', found.name);
  END LOOP;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA steward FROM ${app}, PUBLIC;
GRANT USAGE ON SCHEMA steward TO PUBLIC;
GRANT EXECUTE ON FUNCTION steward.leave(text, text, text), steward.act_as(text, text) TO PUBLIC;
GRANT SELECT ON ALL TABLES IN SCHEMA steward TO steward_reader;
REVOKE ALL ON steward.installation FROM steward_reader; -- it holds the key of the fingerprints

-- 5. The application must not become an owner by another door.
REVOKE service_owner, steward_owner FROM ${app};
-- Only what it has: to name the others takes rights that a managed PostgreSQL gives to nobody.
DO $$
DECLARE attributes text;
BEGIN
  SELECT concat_ws(' ', CASE WHEN rolsuper THEN 'NOSUPERUSER' END, CASE WHEN rolcreaterole THEN 'NOCREATEROLE' END,
                   CASE WHEN rolbypassrls THEN 'NOBYPASSRLS' END, CASE WHEN rolreplication THEN 'NOREPLICATION' END)
    INTO attributes FROM pg_roles WHERE rolname = ${quoteLiteral(application)};
  IF attributes <> '' THEN
    EXECUTE format('ALTER ROLE %I %s', ${quoteLiteral(application)}, attributes);
  END IF;
END $$;

COMMIT;
-- Then check with: steward trail doctor
`
}
