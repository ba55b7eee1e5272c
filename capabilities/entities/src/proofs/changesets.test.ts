// Changesets: several requests, one transaction, one operation, one diff; and a dry run that is the real thing.
import type { Actor } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, type Role } from '@steward/engine'
import { openTrail } from '@steward/trail'
import { installTrail, leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import { fingerprint } from '../testing/fingerprint.ts'
import { type Ask, askOf } from '../testing/shop.ts'

const rounds = process.env.STEWARD_SCALE === 'full' ? 50 : 8

let database: TestDatabase
let entities: Entities
let ask: Ask

beforeAll(async () => {
  database = await testDatabase({ name: 'changesets' })
  await installTrail(database.pool)
  await database.pool.query(`
    CREATE TABLE customer (id int PRIMARY KEY, name text NOT NULL, orders int NOT NULL DEFAULT 0, credit numeric(20, 2));
    CREATE TABLE orders (
      id serial PRIMARY KEY, customer_id int NOT NULL REFERENCES customer ON DELETE CASCADE, status text NOT NULL DEFAULT 'open',
      total numeric(20, 2), touched timestamptz
    );
    CREATE TABLE item (
      id serial PRIMARY KEY, order_id int NOT NULL REFERENCES orders ON DELETE CASCADE, amount int NOT NULL CHECK (amount > 0)
    );
    CREATE TABLE notice (id serial PRIMARY KEY, customer_id int, text text);
    CREATE TABLE late (id int PRIMARY KEY, other int, UNIQUE (other) DEFERRABLE INITIALLY DEFERRED);
    CREATE FUNCTION count_orders() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE customer SET orders = (SELECT count(*) FROM orders WHERE customer_id = customer.id)
       WHERE id IN (OLD.customer_id, NEW.customer_id);
      RETURN NULL;
    END $$;
    CREATE TRIGGER count_orders AFTER INSERT OR UPDATE OF customer_id OR DELETE ON orders
      FOR EACH ROW EXECUTE FUNCTION count_orders();
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.touched := clock_timestamp(); RETURN NEW; END $$;
    CREATE TRIGGER touch BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE FUNCTION notify_late() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO notice (customer_id, text) VALUES (NEW.id, 'now ' || NEW.name); RETURN NULL; END $$;
    CREATE CONSTRAINT TRIGGER notify_late AFTER UPDATE OF name ON customer DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION notify_late();
    CREATE FUNCTION close_orders(customer int) RETURNS int LANGUAGE sql AS $$
      WITH closed AS (UPDATE orders SET status = 'closed' WHERE customer_id = customer RETURNING 1) SELECT count(*)::int FROM closed $$;
    CREATE FUNCTION long() RETURNS text LANGUAGE sql STABLE AS $$ SELECT repeat('x', 1000000) $$;
    CREATE FUNCTION say() RETURNS text LANGUAGE plpgsql AS $$
    BEGIN PERFORM set_config('response.headers', '[{"X-Said": "yes"}]', true), set_config('response.status', '202', true);
      RETURN current_setting('TimeZone'); END $$`)
  await openTrail({ pool: database.pool }).track(['customer', 'orders', 'item', 'notice', 'late'])
  entities = await openEntities({ pool: database.pool, schemas: ['public'], leaveOperation: leaveInTrail })
  ask = askOf(entities)
})
beforeEach(() => refill())
afterAll(async () => {
  await entities?.close()
  await database?.drop()
})

const kim: Actor = { type: 'staff', id: 'kim' }
type Sent = { method: string; path: string; headers?: Record<string, string>; body?: unknown }
type More = { reason?: string | null; dryRun?: boolean }
const send = (requests: Sent[], more: More = { reason: 'TICKET-42: 환불' }, role: Role = adminRole) =>
  ask('POST', '/changesets', { body: { requests, ...more }, actor: kim, role })
const row = async (statement: string) => (await database.pool.query(statement)).rows[0]
const representation = { Prefer: 'return=representation' }

async function refill(): Promise<void> {
  await database.pool.query(`
    TRUNCATE customer, orders, item, notice, late RESTART IDENTITY;
    INSERT INTO customer (id, name, credit) SELECT id, 'name ' || id, 12345678901234567.10 FROM generate_series(1, 6) AS id;
    INSERT INTO orders (customer_id, total) SELECT 1 + id % 6, id * 1.10 FROM generate_series(1, 20) AS id;
    INSERT INTO item (order_id, amount) SELECT 1 + id % 20, id FROM generate_series(1, 40) AS id`)
}

describe('a changeset', () => {
  test('is one operation, whose requests see what was written before them, and answers as each alone would', async () => {
    const sent: Sent[] = [
      { method: 'POST', path: '/orders?select=id,status', headers: representation, body: { customer_id: 2, total: 5 } },
      { method: 'PATCH', path: '/customer?id=eq.2', body: '{"credit": 98765432109876543.20}' },
      { method: 'GET', path: '/customer?id=eq.2&select=orders,credit', headers: { Accept: 'text/csv' } },
      { method: 'get', path: '/entities/customer?id=eq.2&select=orders,credit' },
      { method: 'POST', path: '/rpc/close_orders', body: { customer: 3 } },
      { method: 'POST', path: '/orders/query', headers: { 'Content-Type': 'text/plain' }, body: 'id=eq.1&select=id' },
      { method: 'DELETE', path: '/orders?id=eq.1' },
    ]
    const { status, json, body, headers } = await send(sent)
    expect([status, Object.keys(json)]).toEqual([200, ['results', 'changes', 'operation']])
    expect(json.results.map((result: { status: number; body: unknown }) => [result.status, result.body])).toEqual([
      [201, [{ id: 21, status: 'open' }]],
      [204, null],
      [200, 'orders,credit\n5,98765432109876543.20'],
      [200, [{ orders: 5, credit: expect.any(Number) }]],
      [200, 4],
      [200, [{ id: 1 }]],
      [204, null],
    ])
    expect(body).toContain('[{"orders":5,"credit":98765432109876543.20}]')
    expect(json.results[3].headers['Content-Location']).toBe('/entities/customer?id=eq.2&select=orders%2Ccredit')
    expect([headers['steward-operation'], json.results[0].headers]).toEqual([
      json.operation,
      expect.not.objectContaining({ 'Steward-Operation': expect.anything() }),
    ])
    const { operation, changes } = await openTrail({ pool: database.pool }).operation(json.operation)
    expect(operation).toMatchObject({
      procedure: 'entities.changeset',
      reason: 'TICKET-42: 환불',
      actor: { type: 'staff', id: 'kim' },
      source: 'admin-api',
      params: {
        requests: [
          { procedure: 'entities.insert', params: { entity: 'orders', body: { customer_id: 2, total: 5 } } },
          { procedure: 'entities.update', params: { entity: 'customer', query: { id: 'eq.2' } } },
          { procedure: 'rpc.close_orders', params: { function: 'close_orders', body: { customer: 3 } } },
          { procedure: 'entities.delete', params: { entity: 'orders', query: { id: 'eq.1' } } },
        ],
      },
    })
    expect(changes).toHaveLength(json.changes.length)
    expect(kindsOf(json.changes)).toEqual({
      'insert orders': 1,
      'update customer': 3,
      'update orders': 4,
      'delete orders': 1,
      'delete item': 2,
    })
  })

  test('is refused whole, with the place of the request that was refused', async () => {
    const before = await fingerprint(database.pool, ['public'])
    const refusals: [Sent, number, string, string][] = [
      [{ method: 'POST', path: '/item', body: { order_id: 2, amount: 0 } }, 400, '23514', 'requests[1]: Failing row'],
      [{ method: 'PATCH', path: '/nowhere?id=eq.1', body: { a: 1 } }, 404, 'PGRST205', 'requests[1]'],
      [{ method: 'PATCH', path: '/orders', body: { status: 'x' } }, 400, 'ENTITIES_UNFILTERED_WRITE', 'requests[1]'],
      [{ method: 'PATCH', path: '/orders?id=eq', body: { status: 'x' } }, 400, 'PGRST100', 'requests[1]: '],
      [{ method: 'GET', path: '/orders?id=eq.99', headers: object }, 406, 'PGRST116', 'requests[1]: The result'],
      [{ method: 'GET', path: '/' }, 404, 'ENTITIES_ROUTE_UNKNOWN', 'requests[1]'],
      [{ method: 'POST', path: '/changesets', body: {} }, 404, 'PGRST205', 'requests[1]'],
      [{ method: 'OPTIONS', path: '/orders' }, 404, 'ENTITIES_ROUTE_UNKNOWN', 'requests[1]'],
    ]
    for (const [request, status, code, details] of refusals) {
      const answer = await send([{ method: 'DELETE', path: '/customer?id=eq.1' }, request])
      expect([request.path, answer.status, answer.json.code]).toEqual([request.path, status, code])
      expect(answer.json.details).toMatch(details)
      expect(Object.keys(answer.json)).toEqual(['code', 'message', 'details', 'hint'])
    }
    expect(await fingerprint(database.pool, ['public'])).toBe(before)
  })

  test('that failed in the database is left in the trail as failed, and one that never got there is not', async () => {
    const operations = async () =>
      (await database.pool.query(`SELECT outcome, error FROM steward.operation WHERE procedure = 'entities.changeset'`))
        .rows
    const before = (await operations()).length
    await send([{ method: 'POST', path: '/item', body: { order_id: 2, amount: 0 } }])
    expect((await operations()).slice(before)).toEqual([
      { outcome: 'failed', error: expect.stringContaining('item_amount_check') },
    ])
    await send([{ method: 'POST', path: '/nowhere', body: {} }])
    await send([{ method: 'POST', path: '/item', body: { order_id: 2, amount: 0 } }], { dryRun: true })
    expect(await operations()).toHaveLength(before + 1)
  })

  test('needs a reason when it writes, in its body or in the header, and none to be tried or to read', async () => {
    const sent = [{ method: 'DELETE', path: '/orders?id=eq.1' }]
    for (const reason of [undefined, null, '  ']) {
      const { status, json } = await send(sent, reason === undefined ? {} : { reason })
      expect([status, json.code, json.details]).toEqual([
        428,
        'ENTITIES_REASON_REQUIRED',
        expect.stringMatching(/^requests\[0\]/),
      ])
    }
    expect((await send(sent, { dryRun: true })).status).toBe(200)
    const reading = await send([{ method: 'GET', path: '/orders?id=eq.1&select=id' }], {})
    expect(reading.json).toMatchObject({
      results: [{ status: 200, body: [{ id: 1 }] }],
      changes: null,
      operation: null,
    })
    const headers = { 'Steward-Reason': 'TICKET%2043' }
    expect((await ask('POST', '/changesets', { body: { requests: sent }, headers, actor: kim })).status).toBe(200)
  })

  test('passes the same door as its requests alone: rights, filters, masks', async () => {
    const role: Role = {
      name: 'cx',
      permissions: [],
      functions: [],
      entities: { customer: { read: true, write: ['update'], where: { id: [1, 2] }, mask: ['credit'] } },
    }
    const patch = (id: number) => ({
      method: 'PATCH',
      path: `/customer?id=eq.${id}&select=id,credit`,
      headers: representation,
      body: { name: 'new' },
    })
    const { status, json, body } = await send([patch(1), patch(3)], undefined, role)
    expect([status, json.results.map((result: { body: unknown }) => result.body)]).toEqual([
      200,
      [[{ id: 1, credit: null }], []],
    ])
    expect(body).not.toContain('12345678901234567.10')
    const refused = await send([patch(1), { method: 'GET', path: '/orders' }], undefined, role)
    expect([refused.status, refused.json.details]).toEqual([403, expect.stringMatching(/^requests\[1\]/)])
    expect((await send([{ method: 'POST', path: '/rpc/say', body: {} }], undefined, role)).status).toBe(403)
    expect((await ask('POST', '/changesets', { body: { requests: [patch(1)] }, role: null })).status).toBe(401)
  })

  test('keeps its requests apart: what one sets is not there for the next', async () => {
    const { json } = await send([
      { method: 'POST', path: '/rpc/say', headers: { Prefer: 'timezone=Asia/Seoul' }, body: {} },
      { method: 'GET', path: '/orders?id=eq.1&select=id' },
      { method: 'POST', path: '/rpc/say', body: {} },
    ])
    const zone = (await row('SHOW timezone')).TimeZone
    expect(json.results.map((result: { status: number; body: unknown }) => [result.status, result.body])).toEqual([
      [202, 'Asia/Seoul'],
      [200, [{ id: 1 }]],
      [202, zone],
    ])
    expect(json.results[1].headers).not.toHaveProperty('X-Said')
    expect(json.results[0].headers['Preference-Applied']).toBe('timezone=Asia/Seoul')
  })

  test('only reads with GET, also where its other requests write: a function that changes something needs its reason', async () => {
    const calls = [{ method: 'GET', path: '/rpc/close_orders?customer=2' }]
    const last = { method: 'GET', path: '/orders?id=eq.1&select=id' }
    const write = { method: 'PATCH', path: '/orders?id=eq.1', body: { status: 'paid' } }
    const alone = await send(calls)
    expect([alone.status, alone.json.code]).toEqual([405, '25006'])
    const among = await send([write, ...calls])
    expect([among.status, among.json.code, among.json.details]).toEqual([405, '25006', 'requests[1]'])
    expect((await row(`SELECT count(*)::int AS count FROM orders WHERE status <> 'open'`)).count).toBe(0)
    const { json } = await send([last, write, last, { ...write, path: '/orders?id=eq.2' }])
    expect(json.results.map(({ status }: { status: number }) => status)).toEqual([200, 204, 200, 204])
  })

  test('is a dry run also where the header says so, and is refused where dry runs are switched off', async () => {
    const body = { reason: 'x', requests: [{ method: 'DELETE', path: '/item?id=eq.1' }] }
    const headers = { Prefer: 'tx=rollback' }
    const { status, json, headers: sent } = await ask('POST', '/changesets', { body, headers, actor: kim })
    expect([status, json.operation, json.changes.length]).toEqual([200, null, 1])
    expect(sent['preference-applied']).toBe('tx=rollback')
    const strict = await openEntities({ pool: database.pool, schemas: ['public'], allowsTxOverride: false })
    const refused = await askOf(strict)('POST', '/changesets', { body, headers, actor: kim })
    await strict.close()
    expect([refused.status, refused.json.code]).toEqual([400, 'ENTITIES_DRY_RUN_REFUSED'])
    const [request] = body.requests
    const part = { reason: 'x', requests: [{ ...request, headers }] }
    const halved = await ask('POST', '/changesets', { body: part, actor: kim })
    expect([halved.status, halved.json.code]).toEqual([400, 'ENTITIES_DRY_RUN_OF_PART'])
    expect((await row('SELECT count(*)::int AS count FROM item WHERE id = 1')).count).toBe(1)
  })

  test('is one object with one to a thousand requests', async () => {
    const many = (count: number) => Array.from({ length: count }, () => ({ method: 'GET', path: '/late?select=id' }))
    expect((await send(many(1000), {})).json.results).toHaveLength(1000)
    expect((await send(many(1001), {})).json).toMatchObject({ code: 'ENTITIES_CHANGESET_TOO_LONG' })
    const wrong = ['', 'null', '[]', '{}', '{"requests":[]}', '{"requests":[{"method":"GET"}]}', '{"requests":[5]}']
    const more = [
      '{"requests":[{"method":"GET","path":"orders"}]}',
      '{"requests":[{"method":"GET","path":"/a"}],"x":1}',
    ]
    for (const body of [...wrong, ...more]) {
      const { status, json } = await ask('POST', '/changesets', { body, actor: kim })
      expect([body, status, json.code]).toEqual([body, 400, 'ENTITIES_BODY_INVALID'])
    }
    expect((await ask('GET', '/changesets')).status).toBe(405)
    expect((await ask('POST', '/changesets/1', { body: {} })).status).toBe(404)
  })

  test('answers with no more than fits into the memory of a server that others use as well', async () => {
    const long = { method: 'GET', path: '/rpc/long' }
    const { status, json } = await send(
      Array.from({ length: 70 }, () => long),
      {},
    )
    expect([status, json.code]).toEqual([400, 'ENTITIES_CHANGESET_ANSWER_TOO_LARGE'])
    expect(
      (
        await send(
          Array.from({ length: 5 }, () => long),
          {},
        )
      ).json.results,
    ).toHaveLength(5)
  })

  test('is refused by what was deferred to its end, tried or real', async () => {
    const sent = [1, 2].map((id) => ({ method: 'POST', path: '/late', body: { id, other: 7 } }))
    for (const more of [{ dryRun: true }, { reason: 'x' }]) {
      const { status, json } = await send(sent, more)
      expect([status, json.code]).toEqual([409, '23505'])
    }
    expect((await row('SELECT count(*)::int AS count FROM late')).count).toBe(0)
  })

  test('can be written without a trail, and then has no changes to show', async () => {
    const bare = await testDatabase({ name: 'bare-changesets' })
    await bare.pool.query('CREATE TABLE orders (id int PRIMARY KEY)')
    const room = await openEntities({ pool: bare.pool, schemas: ['public'], leaveOperation: leaveInTrail })
    try {
      const body = { reason: 'x', requests: [{ method: 'POST', path: '/orders', body: { id: 1 } }] }
      const { status, json } = await askOf(room)('POST', '/changesets', { body })
      expect([status, json.changes, json.operation]).toEqual([200, null, expect.any(String)])
      expect((await bare.pool.query('SELECT FROM orders')).rowCount).toBe(1)
      expect(
        (await askOf(room)('POST', '/orders', { headers: { 'Steward-Reason': 'x' }, body: { id: 1 } })).status,
      ).toBe(409)
    } finally {
      await room.close()
      await bare.drop()
    }
  })
})

const object = { Accept: 'application/vnd.pgrst.object+json' }

function kindsOf(changes: { kind: string; entity: string }[]): Record<string, number> {
  const kinds: Record<string, number> = {}
  for (const { kind, entity } of changes) kinds[`${kind} ${entity}`] = (kinds[`${kind} ${entity}`] ?? 0) + 1
  return kinds
}

test(`a dry run shows what is then done, and leaves nothing: ${rounds} changesets`, async () => {
  const random = numbersFrom(20_261_122)
  let compared = 0
  let changed = 0
  while (compared < rounds) {
    await refill()
    const requests = Array.from({ length: 2 + random(7) }, () => randomRequest(random))
    const before = await fingerprint(database.pool, ['public', 'steward'])
    const dry = await send(requests, { dryRun: true })
    expect(await fingerprint(database.pool, ['public', 'steward'])).toBe(before)
    // Rows are taken back and numbers are not: the real run begins where the dry one began.
    await database.pool.query(`
      SELECT setval('orders_id_seq', 20), setval('item_id_seq', 40), setval('notice_id_seq', 1, false)`)
    const real = await send(requests)
    expect([requests, dry.status, dry.json.code]).toEqual([requests, real.status, real.json.code])
    // What is refused is refused as a dry run, too, and has nothing to compare.
    if (real.status !== 200) continue
    compared += 1
    expect(shownOf(dry.json.results)).toEqual(shownOf(real.json.results))
    expect(dry.json.changes.map(comparable)).toEqual(real.json.changes.map(comparable))
    changed += real.json.changes.length
  }
  expect(changed).toBeGreaterThan(rounds)
})

/** Without what no two runs can have in common: their ids, their times, and the time that a trigger writes down. */
function comparable({ entity, kind, key, before, after }: Record<string, unknown>): object {
  return { entity, kind, key, before: untimed(before), after: untimed(after) }
}

function untimed(side: unknown): unknown {
  if (typeof side !== 'object' || side === null) return side
  return Object.fromEntries(
    Object.entries(side).map(([name, value]) => [name, name === 'touched' && value !== null ? 'a time' : value]),
  )
}

function shownOf(results: { status: number; body: unknown }[]): unknown {
  return results.map(({ status, body }) => [status, Array.isArray(body) ? body.map(untimed) : body])
}

/** The same numbers for the same seed, each below what is asked for. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function randomRequest(random: (below: number) => number): Sent {
  const customer = 1 + random(6)
  const order = 1 + random(20)
  const all: Sent[] = [
    { method: 'POST', path: '/orders', headers: representation, body: { customer_id: customer, total: '7.10' } },
    {
      method: 'POST',
      path: '/item',
      body: [
        { order_id: order, amount: 1 },
        { order_id: order, amount: 1 + random(3) },
      ],
    },
    { method: 'PATCH', path: `/orders?id=eq.${order}`, headers: representation, body: { customer_id: customer } },
    { method: 'PATCH', path: `/orders?customer_id=eq.${customer}`, body: { status: `state ${random(9)}` } },
    { method: 'PATCH', path: `/customer?id=eq.${customer}`, body: { name: `renamed ${random(99)}` } },
    { method: 'PUT', path: `/customer?id=eq.${50 + customer}`, body: { id: 50 + customer, name: 'put', credit: 0.1 } },
    { method: 'DELETE', path: `/customer?id=eq.${customer}` },
    { method: 'DELETE', path: `/orders?total=gt.${10 + random(12)}` },
    { method: 'DELETE', path: `/item?order_id=in.(${order},${customer})` },
    { method: 'POST', path: '/rpc/close_orders', body: { customer } },
    { method: 'GET', path: `/customer?id=eq.${customer}&select=*,orders(id,status,item(amount))` },
  ]
  return all[random(all.length)] as Sent
}
