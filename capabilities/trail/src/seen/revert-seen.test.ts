// A revert by a role: what triggers change besides is told as far as the role sees it.
import type { TestDatabase } from '@steward/cluster'
import type { EntityRule, Role } from '@steward/engine'
import { inTransaction } from '@steward/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { operate } from '../testing/operate.ts'
import { trailDatabase } from '../testing/trail-database.ts'
import { revertSeen } from './revert-seen.ts'
import { sightOfWriter } from './sight.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await trailDatabase({
    setup: `
      CREATE TABLE orders (id int PRIMARY KEY, total int);
      CREATE TABLE audits (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, tenant int, order_id int);
      CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO audits (tenant, order_id) VALUES (8, NEW.id), (8, NEW.id); RETURN NULL; END $$;
      INSERT INTO orders VALUES (1, 10)`,
    track: ['orders', 'audits'],
  })
})
afterAll(() => database.drop())

const besidesFor = async (operation: string, audits: EntityRule) => {
  const orders = { read: true, write: true }
  const role: Role = { name: 'dev', permissions: ['*'], functions: [], entities: { orders, audits } }
  return inTransaction(database.pool, {}, async (transaction) => {
    const sight = sightOfWriter({ transaction, actor: { type: 'staff', id: 'kim' }, role } as Parameters<
      typeof sightOfWriter
    >[0])
    if (sight === null) throw new Error('Nothing would be held back.')
    return (await revertSeen(sight, { operation }, { reason: 'T-1', dryRun: true })).besides
  })
}

test('a table is counted whose rows the role sees, all of them; of others a count would tell', async () => {
  const operation = await operate(database.pool, 'orders.zero', 'UPDATE orders SET total = 0')
  await database.pool.query('CREATE TRIGGER tell AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION tell()')
  expect(await besidesFor(operation, { read: true })).toEqual([{ entity: 'audits', records: 2 }])
  expect(await besidesFor(operation, {})).toBeUndefined()
  expect(await besidesFor(operation, { read: true, where: { tenant: 7 } })).toBeUndefined()
})
