// A database of which hardly anything may be seen, with everything that must not be seen marked, and the roles that look.
import { adminRole, defineProcedure, type Role, readerRole } from '@steward/engine'
import type { Pool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { z } from 'zod'

/** Stands in every value that support must not see. */
export const planted = 'PLANTED'

/** Support of workspace 7: its rows alone, without phones, without secrets; the trail, and no access. */
const support: Role = {
  name: 'support',
  permissions: ['trail:*', 'entities:search', 'entities:meta', 'customers:count'],
  functions: ['all_customers'],
  entities: {
    customers: { read: true, write: true, where: { workspace_id: 7 }, mask: ['phone'] },
    notes: { read: true, write: true, where: { workspace_id: 7 } },
    customer_names: { read: true },
    customer_numbers: { read: true },
  },
}

/** May do nothing at all. */
const idle: Role = { name: 'idle', permissions: [], functions: [], entities: {} }

/** Every kind of onlooker; null is whoever nobody knows. */
export const onlookers: Readonly<Record<string, Role | null>> = {
  admin: adminRole,
  reader: readerRole,
  support,
  idle,
  nobody: null,
}

/** The team's own procedure: counts, and tells of nobody. */
export const countCustomers = defineProcedure({
  name: 'customers.count',
  summary: 'Counts the customers of a workspace',
  effect: 'read',
  permission: 'customers:count',
  input: z.object({ workspace: z.number().int() }),
  output: z.object({ customers: z.number() }),
  run: async ({ transaction }, { workspace }) => {
    const { rows } = await transaction.query('SELECT count(*)::int AS n FROM customers WHERE workspace_id = $1', [
      workspace,
    ])
    return { customers: rows[0].n as number }
  },
})

/** Makes the tables, puts them under the trail, and has something happen to every row. */
export async function fillMatrixShop(pool: Pool): Promise<void> {
  await pool.query(`
    CREATE TABLE customers (
      id int PRIMARY KEY, workspace_id int NOT NULL, name text NOT NULL CHECK (name <> ''), email text UNIQUE, phone text UNIQUE
    );
    CREATE TABLE notes (
      id int PRIMARY KEY, workspace_id int NOT NULL, customer_id int REFERENCES customers ON DELETE CASCADE, body text
    );
    CREATE TABLE secrets (id int PRIMARY KEY, customer_id int REFERENCES customers, token text);
    CREATE VIEW customer_names AS SELECT id, workspace_id, name, phone AS number FROM customers;
    CREATE VIEW customer_numbers AS SELECT id, workspace_id, upper(phone) AS shouted FROM customers;
    CREATE FUNCTION all_customers() RETURNS SETOF customers LANGUAGE sql STABLE AS 'SELECT * FROM customers';
    CREATE FUNCTION all_secrets() RETURNS SETOF secrets LANGUAGE sql STABLE AS 'SELECT * FROM secrets';
    CREATE FUNCTION dialled(customers) RETURNS text LANGUAGE sql STABLE AS 'SELECT $1.phone';`)
  const trail = openTrail({ pool })
  await trail.install()
  await trail.track(['customers', 'notes', 'secrets'])
  await pool.query(`
    INSERT INTO customers VALUES
      (1, 7, 'Ann', 'ann@example.com', '${planted}-phone-of-ann'),
      (2, 8, '${planted}-name-of-bob', '${planted}-bob@example.com', '${planted}-phone-of-bob');
    INSERT INTO notes VALUES (1, 7, 1, 'called back'), (2, 8, 2, '${planted}-note-on-bob');
    INSERT INTO secrets VALUES (1, 1, '${planted}-token');
    UPDATE customers SET phone = phone || '-again';
    UPDATE notes SET body = body || ', again';
    INSERT INTO notes VALUES (3, 8, 2, '${planted}-note-deleted');
    DELETE FROM notes WHERE id = 3;
    ANALYZE`)
}
