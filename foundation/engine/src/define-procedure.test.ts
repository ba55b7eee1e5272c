// Procedures of the service, defined as a team does, and performed on a real database.
import { type Actor, isStewardError } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { wordsOf } from '@steward/contract'
import { afterAll, beforeAll, beforeEach, expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import {
  asCapabilities,
  defineProcedure,
  type Engine,
  isPermitted,
  type PerformRequest,
  perform,
  readerRole,
} from './index.ts'

const refund = defineProcedure({
  name: 'orders.refundAll',
  summary: 'Refunds the orders of a customer',
  effect: 'danger',
  entity: 'orders',
  input: z.object({ customer: z.number().int(), note: z.string().default('none') }),
  output: z.object({ refunded: z.number(), why: z.string().nullable(), dry: z.boolean() }),
  run: async ({ transaction, reason, isDryRun }, { customer, note }) => {
    expectTypeOf(note).toEqualTypeOf<string>()
    const { rowCount } = await transaction.query(
      `UPDATE orders SET status = 'refunded', note = $2 WHERE customer = $1`,
      [customer, note],
    )
    return { refunded: rowCount ?? 0, why: reason, dry: isDryRun }
  },
})

const hasty = defineProcedure({
  name: 'orders.hasty',
  summary: 'Wants to end a transaction that is not its own',
  effect: 'write',
  input: z.object({ statement: z.string() }),
  output: z.null(),
  run: async ({ transaction }, { statement }) => {
    await transaction.query("UPDATE orders SET status = 'lost'")
    await transaction.query(statement)
    transaction.release()
    return null
  },
})

const kim: Actor = { type: 'staff', id: 'kim' }
let database: TestDatabase
let engine: Engine

beforeAll(async () => {
  database = await testDatabase({ name: 'define-procedure' })
  await database.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, customer int, status text, note text);
    CREATE TABLE settled (status text);
    CREATE FUNCTION settle() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN INSERT INTO settled VALUES (NEW.status); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON orders DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION settle()`)
  engine = {
    capabilities: asCapabilities([refund, hasty]),
    pool: database.pool,
    permit: ({ role, permission }) => role === null || isPermitted(role, permission),
    leaveOperation: { settings: () => ({}), leave: async () => undefined },
    // What a trail would say, as far as this test looks at it.
    readChanges: async (transaction) =>
      (await transaction.query<{ status: string }>('SELECT status FROM settled')).rows.map(({ status }) => status),
  }
})
beforeEach(() =>
  database.pool.query(
    `TRUNCATE orders, settled; INSERT INTO orders VALUES (1, 7, 'paid'), (2, 7, 'paid'), (3, 8, 'paid')`,
  ),
)
afterAll(() => database.drop())

const ask = (more: Partial<PerformRequest>) =>
  perform(engine, { procedure: 'orders.refundAll', input: { customer: 7 }, actor: kim, source: 'app', ...more })
const statuses = async (): Promise<string[]> =>
  (await database.pool.query('SELECT status FROM orders ORDER BY id')).rows.map(({ status }) => status)

test('it is a promise like every other, and its permission is made of its name', () => {
  const [orders, ...more] = asCapabilities([refund, hasty])
  expect(more).toEqual([])
  expect([orders?.name, Object.keys(orders?.contract ?? {})]).toEqual(['orders', ['refundAll', 'hasty']])
  expect(wordsOf(refund.promised)).toMatchObject({ effect: 'danger', permission: 'orders:refund-all' })
  expect([refund.entity, hasty.entity]).toEqual(['orders', null])
})

test('it is performed with its reason, in the transaction of its operation', async () => {
  const { output, changes } = await ask({ reason: 'TICKET-42', isConfirmed: true })
  expect([output, changes]).toEqual([{ refunded: 2, why: 'TICKET-42', dry: false }, null])
  expect(await statuses()).toEqual(['refunded', 'refunded', 'paid'])
})

test('a dry run shows the changes that deferred triggers make, too, and leaves nothing', async () => {
  const { output, changes } = await ask({ isDryRun: true, showsChanges: true })
  expect([output, changes]).toEqual([{ refunded: 2, why: null, dry: true }, ['refunded', 'refunded']])
  expect(await statuses()).toEqual(['paid', 'paid', 'paid'])
  expect((await ask({ showsChanges: true, reason: 'why', isConfirmed: true })).changes).toEqual([
    'refunded',
    'refunded',
  ])
})

test('changes that nobody can read are refused before anything is done', async () => {
  const { readChanges: _, ...blind } = engine
  const asked = perform(blind, {
    procedure: 'orders.refundAll',
    input: { customer: 7 },
    actor: kim,
    source: 'app',
    reason: 'why',
    isConfirmed: true,
    showsChanges: true,
  })
  await expect(asked).rejects.toMatchObject({ code: 'ENGINE_CHANGES_UNREADABLE' })
  expect(await statuses()).toEqual(['paid', 'paid', 'paid'])
})

test('nobody may perform it but a role that holds its permission', async () => {
  await expect(ask({ role: readerRole, isDryRun: true })).rejects.toMatchObject({ code: 'ENGINE_NOT_PERMITTED' })
  const allowed = { ...readerRole, permissions: ['orders:refund-all'] }
  expect((await ask({ role: allowed, isDryRun: true })).output).toMatchObject({ refunded: 2 })
})

test('it cannot end the transaction that it was handed, so that a dry run stays one', async () => {
  const escaped = String.raw`SELECT E'\''; COMMIT; SELECT ''`
  for (const statement of [
    'COMMIT',
    ' rollback',
    'select 1; COMMIT',
    'BEGIN',
    '/* */ end',
    'ROLLBACK AND CHAIN',
    escaped,
  ]) {
    const asked = ask({ procedure: 'orders.hasty', input: { statement }, isDryRun: true })
    await expect(asked, statement).rejects.toMatchObject({ code: 'ENGINE_TRANSACTION_KEPT' })
    expect(await statuses()).toEqual(['paid', 'paid', 'paid'])
  }
  const harmless = [
    'DO $$ BEGIN PERFORM 1; END $$',
    "SELECT '; COMMIT'",
    'SELECT CASE WHEN true THEN 1 END',
    'SAVEPOINT here; ROLLBACK TO here',
    'SELECT 1 -- ; commit',
  ]
  for (const statement of harmless) {
    const { output } = await ask({ procedure: 'orders.hasty', input: { statement }, isDryRun: true })
    expect(output, statement).toBeNull()
  }
  // The connection was not given back twice, either: it still serves.
  expect(await statuses()).toEqual(['paid', 'paid', 'paid'])
})

test('what cannot be a procedure is refused when it is written down', () => {
  const good = { name: 'orders.refund', summary: 'Refunds', effect: 'write', input: z.object({}), output: z.null() }
  const run = async () => null
  const bad: [object, string][] = [
    [{ ...good, run, name: 'refund' }, 'word.deed'],
    [{ ...good, run, name: 'orders.refund.all' }, 'word.deed'],
    [{ ...good, run, name: 'Orders.refund' }, 'word.deed'],
    [{ ...good, run, name: 'orders.__proto__' }, 'word.deed'],
    [{ ...good, run, summary: ' ' }, 'summary'],
    [{ ...good, run, effect: 'delete' }, 'read, write or danger'],
    [{ ...good, run, permission: '' }, 'permission'],
    [{ ...good, run, permission: '*' }, 'permission'],
    [{ ...good, run, input: z.string() }, 'object'],
    [{ ...good, run, input: undefined }, 'zod'],
    [{ ...good, run, output: {} }, 'zod'],
    [good, '`run`'],
  ]
  for (const [definition, words] of bad) {
    const refused = refusalOf(() => defineProcedure(definition as never))
    expect([refused.code, refused.message]).toEqual(['ENGINE_PROCEDURE_MALFORMED', expect.stringContaining(words)])
  }
})

test('names that are taken, or there twice, are refused when they are put together', () => {
  expect(refusalOf(() => asCapabilities([refund, refund])).code).toBe('ENGINE_PROCEDURE_TWICE')
  const taken = refusalOf(() => asCapabilities([refund], ['trail', 'orders']))
  expect([taken.code, taken.message]).toEqual([
    'ENGINE_PROCEDURE_WORD_TAKEN',
    expect.stringContaining('"orders" is a word of Steward'),
  ])
  for (const strange of [null, {}, { name: 'orders.x' }]) {
    expect(refusalOf(() => asCapabilities([strange as never])).message).toContain('defineProcedure')
  }
})

function refusalOf(work: () => unknown): { code: string; message: string } {
  try {
    work()
  } catch (error) {
    if (isStewardError(error)) return error
    throw error
  }
  throw new Error('It was not refused.')
}
