// A real Steward over a small shop, for tests of its client: entities, the trail's routes and a procedure, on a real port.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, asCapabilities, defineProcedure, type Engine, isPermitted, perform } from '@steward/engine'
import { openEntities } from '@steward/entities'
import { entities } from '@steward/entities/capability'
import { migrate } from '@steward/postgres'
import { openContractRoom, openServer } from '@steward/server'
import { openTrail } from '@steward/trail'
import { leaveInTrail, readChangesOf, trail } from '@steward/trail/capability'
import { z } from 'zod'

/** The shop's procedure: cheap, and dangerous enough to be asked twice. */
const refund = defineProcedure({
  name: 'orders.refund',
  summary: 'Refunds an order',
  effect: 'danger',
  entity: 'orders',
  input: z.object({ order: z.number().int() }),
  output: z.object({ refunded: z.boolean() }),
  run: async ({ transaction }, { order }) => {
    const { rowCount } = await transaction.query(`UPDATE orders SET status = 'refunded' WHERE id = $1`, [order])
    return { refunded: rowCount === 1 }
  },
})

/** The types that `steward sdk generate` would write of it, as far as the tests go. */
export type ShopProcedures = { 'orders.refund': { Input: { order: number }; Output: { refunded: boolean } } }

/** A shop that is served; `url` is what `createClient` takes. */
export type ServedShop = { url: string; database: TestDatabase; close: () => Promise<void> }

/** Serves it: every caller is Kim, who may do everything. */
export async function serveShop(): Promise<ServedShop> {
  const database = await testDatabase({ name: 'sdk' })
  await database.pool.query(`
    CREATE TABLE orders (
      id bigint PRIMARY KEY, status text NOT NULL DEFAULT 'open', total numeric(30, 10) NOT NULL DEFAULT 0, note text
    );
    CREATE TABLE order_item (
      order_id bigint REFERENCES orders ON DELETE CASCADE, line text, quantity int NOT NULL DEFAULT 1,
      PRIMARY KEY (order_id, line)
    );
    CREATE TABLE loose (a int);
    CREATE VIEW order_notes AS SELECT id, note FROM orders;
    CREATE FUNCTION add_them(a int, b int) RETURNS int IMMUTABLE LANGUAGE sql AS $$ SELECT a + b $$;
    CREATE FUNCTION close_order(id bigint) RETURNS void LANGUAGE sql AS
      $$ UPDATE orders SET status = 'closed' WHERE orders.id = close_order.id $$;
    INSERT INTO orders VALUES (1, 'open', 12.5, 'a "quoted", (note)'), (2, 'open', 7, NULL), (9007199254740993, 'paid', 12345678901234567890.0123456789, NULL);
    INSERT INTO order_item (order_id, line) VALUES (1, 'a'), (1, 'b,"c"'), (2, 'a'), (2, 'b'), (2, 'c\\d')`)
  const { pool } = database
  const kept = openTrail({ pool })
  await kept.install()
  await kept.track(['orders', 'order_item'])
  const engine: Engine = {
    capabilities: [trail, ...asCapabilities([refund], ['trail'])],
    pool,
    permit: ({ role, permission }) => role !== null && isPermitted(role, permission),
    leaveOperation: leaveInTrail,
    readChanges: readChangesOf,
  }
  await migrate(pool, { folder: entities.migrations as URL, ledger: 'steward_office.entities_migration' })
  const room = await openEntities({
    pool,
    schemas: ['public'],
    leaveOperation: leaveInTrail,
    office: async () => pool,
    procedures: { listed: [refund], perform: (request) => perform(engine, request) },
  })
  const server = await openServer({
    rooms: [
      { prefix: '/api', room },
      { prefix: '/api/trail', room: openContractRoom({ capability: trail, engine }) },
    ],
    identify: () => ({ actor: { type: 'staff', id: 'kim' }, role: adminRole }),
    port: 0,
    logs: 'none',
  })
  return {
    url: `${server.url}/api`,
    database,
    close: async () => {
      await server.close()
      await database.drop()
    },
  }
}
