// Reverts on a real database: what they put back, what they leave alone, and what they say of the rest.
import type { TestDatabase } from '@steward/cluster'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openTrail, type Trail } from '../index.ts'
import { operate, snapshot } from '../testing/operate.ts'
import { trailDatabase } from '../testing/trail-database.ts'

const shop = `
  CREATE TABLE customers (id int PRIMARY KEY, email text UNIQUE, orders int NOT NULL DEFAULT 0);
  CREATE TABLE orders (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id int NOT NULL REFERENCES customers ON DELETE CASCADE ON UPDATE CASCADE,
    total numeric NOT NULL DEFAULT 0, note jsonb, twice numeric GENERATED ALWAYS AS (total * 2) STORED);
  CREATE TABLE items (
    order_id int REFERENCES orders ON DELETE CASCADE, line int, price numeric NOT NULL, PRIMARY KEY (order_id, line));
  INSERT INTO customers VALUES (1, 'kim@example.com'), (2, 'lee@example.com');
  INSERT INTO orders (customer_id, total, note) VALUES (1, 10.0, '{"a": 1}'), (1, 20.00, 'null'), (2, 0, NULL);
  INSERT INTO items VALUES (1, 1, 4.0), (1, 2, 6.00), (2, 1, 20)`
const tables = ['customers', 'orders', 'items']

describe('revert', () => {
  let database: TestDatabase
  let trail: Trail

  beforeEach(async () => {
    database = await trailDatabase({ setup: shop, track: tables })
    trail = openTrail({ pool: database.pool })
  })
  afterEach(() => database.drop())

  const undo = async (operation: string, how: Partial<Parameters<Trail['revert']>[1]> = {}) =>
    trail.revert(await trail.planRevert({ operation }), { reason: 'TICKET-1', ...how })

  test('puts back what an update changed, to the last character, and leaves its own trail', async () => {
    const before = await snapshot(database.pool, tables)
    const operation = await operate(
      database.pool,
      'orders.round',
      "UPDATE orders SET total = 20, note = '{}' WHERE id = 2",
    )
    const result = await undo(operation)
    expect(result.applied).toBe(true)
    expect(result.plan.rows).toHaveLength(1)
    expect(JSON.stringify(result.plan.rows[0])).toBe(
      '{"entity":"orders","key":{"id":2},"kind":"update","before":{"total":20,"note":{}},"after":{"total":20.00,"note":null}}',
    )
    expect(await snapshot(database.pool, tables)).toBe(before)
    const [change] = await trail.history('orders', 2)
    expect(change?.operation).toMatchObject({ id: result.operation?.id, procedure: 'trail.revert', reason: 'TICKET-1' })
    const { operation: own } = await trail.operation(result.operation?.id ?? '')
    expect(own.reverts).toBe(operation)
  })

  test('is told by the history of a record, and by the operation that was taken back, also in parts', async () => {
    const operation = await operate(database.pool, 'orders.close', 'UPDATE orders SET total = 1 WHERE id IN (1, 2)')
    expect((await trail.operation(operation)).operation).not.toHaveProperty('revertedBy')
    const [closed] = await trail.history('orders', 1)
    const part = await trail.revert(await trail.planRevert({ change: closed?.id ?? '' }), {
      reason: 'TICKET-1',
      actor: { type: 'staff', id: 'kim', name: '김하나' },
    })
    const rest = await undo(operation)
    const reverters = (await trail.operation(operation)).operation.revertedBy
    expect(reverters?.map(({ id }) => id)).toEqual([rest.operation?.id, part.operation?.id])
    expect(reverters?.[1]?.actor).toEqual({ type: 'staff', id: 'kim', name: '김하나' })
    const history = await trail.history('orders', 1)
    expect(history.map((change) => change.operation.reverts)).toEqual([operation, undefined])
  })

  test('brings deleted rows back with the children that a cascade took', async () => {
    const before = await snapshot(database.pool, tables)
    const operation = await operate(database.pool, 'customers.delete', 'DELETE FROM customers WHERE id = 1')
    const result = await undo(operation)
    expect(result.plan.rows.map(({ entity, kind }) => `${kind} ${entity}`).sort()).toEqual([
      'insert customers',
      'insert items',
      'insert items',
      'insert items',
      'insert orders',
      'insert orders',
    ])
    expect(await snapshot(database.pool, tables)).toBe(before)
  })

  test('follows an update of a key through its cascade', async () => {
    const before = await snapshot(database.pool, tables)
    const operation = await operate(database.pool, 'customers.renumber', 'UPDATE customers SET id = 77 WHERE id = 1')
    await undo(operation)
    expect(await snapshot(database.pool, tables)).toBe(before)
  })

  test('takes back inserts, children first', async () => {
    const before = await snapshot(database.pool, tables)
    const operation = await operate(
      database.pool,
      'orders.place',
      "INSERT INTO customers VALUES (3, 'new@example.com')",
      'INSERT INTO orders (customer_id, total) VALUES (3, 5)',
      'INSERT INTO items SELECT max(id), 1, 5 FROM orders',
    )
    await undo(operation)
    expect(await snapshot(database.pool, tables)).toBe(before)
  })

  test('a revert can be reverted', async () => {
    const operation = await operate(database.pool, 'customers.delete', 'DELETE FROM customers WHERE id = 1')
    const after = await snapshot(database.pool, tables)
    const first = await undo(operation)
    await undo(first.operation?.id ?? '')
    expect(await snapshot(database.pool, tables)).toBe(after)
  })

  test('a restored row may take a unique value that the operation gave to another', async () => {
    const before = await snapshot(database.pool, tables)
    const operation = await operate(
      database.pool,
      'customers.replace',
      'DELETE FROM customers WHERE id = 2',
      "INSERT INTO customers VALUES (9, 'lee@example.com')",
    )
    await undo(operation)
    expect(await snapshot(database.pool, tables)).toBe(before)
  })

  describe('with a later edit in between', () => {
    let operation: string
    beforeEach(async () => {
      operation = await operate(
        database.pool,
        'orders.zero',
        "UPDATE orders SET total = 0, note = '[]' WHERE id IN (1, 2)",
      )
      await operate(database.pool, 'orders.correct', 'UPDATE orders SET total = 99 WHERE id = 2')
    })

    test('stops, names the column and who wrote it, and writes nothing', async () => {
      const plan = await trail.planRevert({ operation })
      expect(plan.conflicts).toMatchObject([
        {
          entity: 'orders',
          key: { id: 2 },
          column: 'total',
          wrote: 0,
          now: 99,
          reason: 'edited',
          by: { procedure: 'orders.correct', actor: { id: '7' } },
        },
      ])
      await expect(undo(operation)).rejects.toMatchObject({ code: 'TRAIL_REVERT_CONFLICTS' })
      expect(await totals()).toEqual(['1 0 []', '2 99 []', '3 0 null'])
    })

    test('skip leaves the edited column alone and reverts the rest', async () => {
      await undo(operation, { onConflict: 'skip' })
      expect(await totals()).toEqual(['1 10.0 {"a": 1}', '2 99 null', '3 0 null'])
    })

    test('force overwrites it', async () => {
      await undo(operation, { onConflict: 'force' })
      expect(await totals()).toEqual(['1 10.0 {"a": 1}', '2 20.00 null', '3 0 null'])
    })

    const totals = async () =>
      (
        await database.pool.query(
          "SELECT concat(id, ' ', total, ' ', coalesce(note, 'null')) AS line FROM orders ORDER BY id",
        )
      ).rows.map(({ line }) => line)
  })

  test('says when a record is gone, has come back, or its unique value is taken', async () => {
    const deleted = await operate(database.pool, 'customers.delete', 'DELETE FROM customers WHERE id = 2')
    await operate(database.pool, 'customers.import', "INSERT INTO customers VALUES (5, 'lee@example.com')")
    expect((await trail.planRevert({ operation: deleted })).conflicts).toContainEqual(
      expect.objectContaining({ entity: 'customers', column: 'email', reason: 'taken', wrote: 'lee@example.com' }),
    )
    await operate(database.pool, 'customers.again', "INSERT INTO customers VALUES (2, 'other@example.com')")
    expect((await trail.planRevert({ operation: deleted })).conflicts.map(({ reason }) => reason)).toContain(
      'recreated',
    )
    const edited = await operate(database.pool, 'customers.edit', 'UPDATE customers SET orders = 3 WHERE id = 5')
    await operate(database.pool, 'customers.delete', 'DELETE FROM customers WHERE id = 5')
    expect((await trail.planRevert({ operation: edited })).conflicts).toMatchObject([
      { reason: 'gone', key: { id: 5 }, by: { procedure: 'customers.delete' } },
    ])
  })

  test('never takes along rows that others have added since', async () => {
    const placed = await operate(database.pool, 'customers.add', "INSERT INTO customers VALUES (4, 'x@example.com')")
    await operate(database.pool, 'orders.place', 'INSERT INTO orders (customer_id) VALUES (4)')
    const plan = await trail.planRevert({ operation: placed })
    expect(plan.conflicts).toMatchObject([{ reason: 'referenced', now: 'orders' }])
    const result = await undo(placed, { onConflict: 'force' })
    expect(result.applied).toBe(false)
    expect((await database.pool.query('SELECT FROM orders WHERE customer_id = 4')).rowCount).toBe(1)
  })

  test('leaves out the children of a row that it cannot restore', async () => {
    const deleted = await operate(database.pool, 'customers.delete', 'DELETE FROM customers')
    await operate(database.pool, 'customers.import', "INSERT INTO customers VALUES (5, 'kim@example.com')")
    const result = await undo(deleted, { onConflict: 'skip' })
    expect(result.plan.conflicts.map(({ entity, reason }) => `${entity} ${reason}`).sort()).toEqual([
      'customers taken',
      'items parent-missing',
      'items parent-missing',
      'items parent-missing',
      'orders parent-missing',
      'orders parent-missing',
    ])
    expect((await database.pool.query('SELECT id FROM customers ORDER BY id')).rows).toEqual([{ id: 2 }, { id: 5 }])
  })

  test('brings a record back under a key that another took over within the operation', async () => {
    const before = await snapshot(database.pool, ['customers'])
    const operation = await operate(
      database.pool,
      'customers.shift',
      'UPDATE customers SET id = 11 WHERE id = 2',
      "INSERT INTO customers VALUES (2, 'new@example.com')",
    )
    const after = await snapshot(database.pool, ['customers'])
    const first = await undo(operation)
    expect(await snapshot(database.pool, ['customers'])).toBe(before)
    await undo(first.operation?.id ?? '')
    expect(await snapshot(database.pool, ['customers'])).toBe(after)
  })

  test('does not restore a child whose parent is gone', async () => {
    const removed = await operate(database.pool, 'items.remove', 'DELETE FROM items WHERE order_id = 2')
    await operate(database.pool, 'orders.delete', 'DELETE FROM orders WHERE id = 2')
    expect((await trail.planRevert({ operation: removed })).conflicts).toMatchObject([
      { reason: 'parent-missing', entity: 'items' },
    ])
  })

  test('a dry run shows the very same and leaves nothing', async () => {
    const operation = await operate(database.pool, 'customers.delete', 'DELETE FROM customers WHERE id = 1')
    const after = await snapshot(database.pool, [...tables, 'steward.change', 'steward.operation'])
    const dry = await undo(operation, { dryRun: true })
    expect(dry).toMatchObject({ applied: false, operation: null })
    expect(await snapshot(database.pool, [...tables, 'steward.change', 'steward.operation'])).toBe(after)
    expect((await undo(operation)).plan.rows).toEqual(dry.plan.rows)
  })

  test('a total that a trigger keeps is right after do and revert', async () => {
    await database.pool.query(`
      CREATE FUNCTION count_orders() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF TG_OP <> 'INSERT' THEN UPDATE customers SET orders = orders - 1 WHERE id = OLD.customer_id; END IF;
        IF TG_OP <> 'DELETE' THEN UPDATE customers SET orders = orders + 1 WHERE id = NEW.customer_id; END IF;
        RETURN NULL; END $$;
      UPDATE customers SET orders = (SELECT count(*) FROM orders WHERE customer_id = customers.id);
      CREATE TRIGGER count_orders AFTER INSERT OR DELETE OR UPDATE OF customer_id ON orders FOR EACH ROW EXECUTE FUNCTION count_orders()`)
    const before = await snapshot(database.pool, tables)
    for (const statement of [
      'INSERT INTO orders (customer_id) VALUES (1), (2)',
      'DELETE FROM orders WHERE id = 1',
      'UPDATE orders SET customer_id = 2 WHERE id = 1',
    ]) {
      await undo(await operate(database.pool, 'orders.do', statement))
      expect(await snapshot(database.pool, tables), statement).toBe(before)
    }
  })

  test('tells what triggers change besides, and nothing where they change nothing', async () => {
    const operation = await operate(database.pool, 'orders.zero', 'UPDATE orders SET total = 7 WHERE id IN (1, 2)')
    expect(await undo(operation, { dryRun: true })).not.toHaveProperty('besides')
    await database.pool.query(`
      CREATE FUNCTION tell_customer() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        UPDATE customers SET orders = orders + 1 WHERE id = NEW.customer_id; RETURN NULL; END $$;
      CREATE TRIGGER tell_customer AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION tell_customer()`)
    const besides = [{ entity: 'customers', records: 1 }]
    expect(await undo(operation, { dryRun: true })).toMatchObject({ applied: false, besides })
    expect(await undo(operation)).toMatchObject({ applied: true, besides })
  })

  test('rolls back and names the trigger when a value will not stay as planned', async () => {
    const operation = await operate(database.pool, 'orders.zero', 'UPDATE orders SET total = 0 WHERE id = 1')
    await database.pool.query(`
      CREATE FUNCTION stubborn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.total := 5; RETURN NEW; END $$;
      CREATE TRIGGER stubborn BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION stubborn()`)
    await expect(undo(operation)).rejects.toMatchObject({
      code: 'TRAIL_REVERT_DIVERGED',
      details: expect.stringContaining('stubborn'),
    })
    expect((await database.pool.query('SELECT total FROM orders WHERE id = 1')).rows[0].total).toBe('0')
  })

  test('says what it cannot restore because it was never recorded', async () => {
    await trail.track('customers', { exclude: ['email'] })
    const operation = await operate(database.pool, 'customers.delete', 'DELETE FROM customers WHERE id = 2')
    expect((await trail.planRevert({ operation })).conflicts).toMatchObject([
      { column: 'email', reason: 'not-recorded' },
    ])
    await undo(operation, { onConflict: 'skip' })
    expect((await database.pool.query('SELECT email FROM customers WHERE id = 2')).rows).toEqual([{ email: null }])
  })

  test('restores under the names of today what was recorded under older ones', async () => {
    await database.pool.query(`
      CREATE TYPE mood AS ENUM ('glad', 'sad');
      ALTER TABLE customers ADD COLUMN mood mood DEFAULT 'glad', ADD COLUMN size int DEFAULT 5`)
    const operation = await operate(
      database.pool,
      'customers.edit',
      "UPDATE customers SET mood = 'sad', size = 6 WHERE id = 1",
    )
    const deleted = await operate(database.pool, 'customers.delete', 'DELETE FROM customers WHERE id = 2')
    await database.pool.query(`
      ALTER TYPE mood RENAME VALUE 'glad' TO 'happy';
      ALTER TABLE customers RENAME COLUMN size TO weight;
      ALTER TABLE customers ALTER COLUMN weight TYPE text`)
    await undo(operation)
    await undo(deleted)
    expect((await database.pool.query('SELECT id, mood, weight FROM customers ORDER BY id')).rows).toEqual([
      { id: 1, mood: 'happy', weight: '5' },
      { id: 2, mood: 'happy', weight: '5' },
    ])
  })

  test('sets a record back to a mark, whoever changed it since', async () => {
    const before = await snapshot(database.pool, ['customers'])
    const mark = await trail.mark('before the release')
    await operate(database.pool, 'a', "UPDATE customers SET email = 'a', orders = 4 WHERE id = 1")
    await operate(database.pool, 'b', 'UPDATE customers SET id = 8, orders = 5 WHERE id = 1')
    const plan = await trail.planRevert({ entity: 'customers', key: 8, to: mark.name ?? '' })
    await trail.revert(plan, { reason: 'back' })
    expect(await snapshot(database.pool, ['customers'])).toBe(before)
  })

  test('reverts one change of an operation alone, and all operations of a run together', async () => {
    await operate(database.pool, 'orders.zero', 'UPDATE orders SET total = 0')
    const [change] = await trail.history('orders', 1)
    await trail.revert(await trail.planRevert({ change: change?.id ?? '' }), { reason: 'one' })
    expect((await database.pool.query('SELECT total FROM orders ORDER BY id')).rows.map(({ total }) => total)).toEqual([
      '10.0',
      '0',
      '0',
    ])
    await expect(trail.planRevert({ run: 'nightly' })).rejects.toMatchObject({ code: 'TRAIL_UNKNOWN_OPERATION' })
  })

  test('asks for a reason, and refuses a plan that no longer holds', async () => {
    const operation = await operate(database.pool, 'orders.zero', 'UPDATE orders SET total = 0 WHERE id = 1')
    const plan = await trail.planRevert({ operation })
    await expect(trail.revert(plan, { reason: ' ' })).rejects.toMatchObject({ code: 'TRAIL_REASON_MISSING' })
    await database.pool.query('UPDATE orders SET total = 10.0 WHERE id = 1')
    await expect(trail.revert(plan, { reason: 'x' })).rejects.toMatchObject({ code: 'TRAIL_REVERT_CHANGED' })
  })
})
