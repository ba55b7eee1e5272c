// The trail on the web, over a real database: its routes and shapes, and what roles see through every one of them.
import { timeOrderedId } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import {
  adminRole,
  type Engine,
  type Operation,
  type Role,
  readerRole,
  type WebAnswer,
  type WebRoom,
} from '@steward/engine'
import { inTransaction } from '@steward/postgres'
import { openContractRoom } from '@steward/server'
import { installTrail, leaveInTrail, readChangesOf, trail } from '@steward/trail/capability'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { analyst, everything, support } from './testing/trail-roles.ts'

let database: TestDatabase
let room: WebRoom
let engine: Engine
const unexpected: unknown[] = []

beforeAll(async () => {
  database = await testDatabase({ name: 'trail_routes' })
  const { pool } = database
  await installTrail(pool)
  await pool.query(`
    CREATE TABLE orders (id bigint PRIMARY KEY, workspace_id int, total numeric, note text);
    CREATE TABLE customers (id int PRIMARY KEY, workspace_id int, name text, phone text, email text UNIQUE, age int);
    CREATE TABLE lines (order_id bigint, line int, workspace_id int, price numeric, PRIMARY KEY (order_id, line));
    CREATE TABLE plans (id int PRIMARY KEY, price numeric);
    CREATE TABLE secrets (id int PRIMARY KEY, token text);
    CREATE TABLE contacts (phone text PRIMARY KEY, city text);
    CREATE TABLE loose (word text)`)
  for (const table of ['orders', 'customers', 'lines', 'plans', 'secrets', 'contacts', 'loose']) {
    await pool.query('SELECT steward.track($1::regclass)', [table])
  }
  engine = {
    capabilities: [trail],
    pool,
    permit: () => true,
    leaveOperation: leaveInTrail,
    readChanges: readChangesOf,
  }
  room = openContractRoom({ capability: trail, engine, onError: (error) => unexpected.push(error) })
})
afterAll(() => database.drop())

/** One operation of the service, the way an instrumented one leaves it. */
async function act(procedure: string, params: unknown, ...statements: string[]): Promise<string> {
  const operation = operationOf(procedure, params)
  await inTransaction(database.pool, { settings: leaveInTrail.settings(operation) }, async (transaction) => {
    for (const statement of statements) await transaction.query(statement)
  })
  return operation.id
}

/** An operation that has changed nothing, since it failed. */
async function fail(procedure: string, error: Error): Promise<void> {
  const operation = operationOf(procedure, {})
  await inTransaction(database.pool, { settings: leaveInTrail.settings(operation) }, (transaction) =>
    leaveInTrail.leave(transaction, operation, { outcome: 'failed', error }),
  )
}

function operationOf(procedure: string, params: unknown): Operation {
  const actor = { type: 'user' as const, id: '7', name: 'Kim' }
  const nothing = { requestId: null, runId: null, parentId: null, reverts: null }
  return { id: timeOrderedId(), actor, procedure, params, source: 'app', reason: 'because', ...nothing }
}

async function ask(target: string, role: Role | null = adminRole, json?: unknown): Promise<WebAnswer> {
  const [method = 'GET', address = '/'] = target.split(' ')
  const [path = '/', query = ''] = address.split('?')
  const body = json === undefined ? null : new TextEncoder().encode(JSON.stringify(json))
  const actor = role === null ? null : { type: 'staff' as const, id: 'kim' }
  return room.answer({ method, path, query, headers: {}, body, requestId: 'r', actor, role, key: null })
}

async function read(target: string, role?: Role | null, json?: unknown): Promise<any> {
  const { status, body } = await ask(target, role, json)
  const answer = JSON.parse(body ?? 'null')
  return status === 200 ? answer : `${status} ${answer.code}`
}

describe('routes', () => {
  test('the history of a record has every digit, and pages', async () => {
    await act('orders.place', { id: 1 }, "INSERT INTO orders VALUES (9007199254740993, 7, 1.00, 'first')")
    await act('orders.change', {}, 'UPDATE orders SET total = 12345678901234567890.10 WHERE id = 9007199254740993')
    const { body } = await ask('GET /history/orders?key=9007199254740993')
    expect(body).toContain('"key":{"id":9007199254740993}')
    expect(body).toContain('"before":{"total":1.00},"after":{"total":12345678901234567890.10}')
    const [newest] = await read('GET /history/orders?key=9007199254740993&limit=1')
    const [older, ...rest] = await read(`GET /history/orders?key=9007199254740993&limit=1&before=${newest.id}`)
    expect([newest.kind, older.kind, rest]).toEqual(['update', 'insert', []])
    expect(older.operation).toMatchObject({
      procedure: 'orders.place',
      params: { id: 1 },
      reason: 'because',
      source: 'app',
    })
  })

  test('keys of several columns are written as on the command line', async () => {
    await act('lines.add', {}, 'INSERT INTO lines VALUES (42, 3, 7, 2.50)')
    for (const key of ['order_id=42,line=3', '{"order_id":42,"line":3}', '[42,3]']) {
      expect(await read(`GET /history/lines?key=${encodeURIComponent(key)}`)).toHaveLength(1)
    }
    expect(await read('GET /history/lines?key=42')).toBe('400 TRAIL_KEY_SHAPE')
  })

  test('a record and a table as they were, an operation, the search, the blast, the map, the counts, the state', async () => {
    const id = await act('plans.seed', { n: 2 }, 'INSERT INTO plans VALUES (1, 9.90), (2, 19.90)')
    const change = await act('plans.change', {}, 'UPDATE plans SET price = 0 WHERE id = 1')
    expect((await ask(`GET /at/plans?key=1&when=${change}`)).body).toContain('"record":{"id":1,"price":9.90}')
    expect(await read(`GET /table/plans?when=${change}&filter[id]=2`)).toMatchObject({ records: [{ id: 2 }] })
    expect(await read(`GET /operations/${id}`)).toMatchObject({
      operation: { id, params: { n: 2 } },
      changes: [{}, {}],
    })
    expect(await read('GET /operations/nothing')).toBe('404 TRAIL_UNKNOWN_OPERATION')
    expect(await read('GET /operations?procedure=plans.*&limit=1')).toMatchObject({
      operations: [{ id: change }],
      next: expect.any(String),
    })
    const blast = await read('GET /blast?procedure=plans.seed&from=2020-01-01&to=2100-01-01')
    const sample = expect.arrayContaining([{ id: 1 }, { id: 2 }])
    expect(blast).toEqual({
      entities: [{ entity: 'plans', records: 2, changes: 2, columns: ['id', 'price'], sample }],
      operations: 1,
    })
    expect(await read('GET /impact')).toEqual(
      expect.arrayContaining([expect.objectContaining({ procedure: 'plans.seed' })]),
    )
    expect(await read('GET /activity?by=entity&every=day')).toEqual(
      expect.arrayContaining([expect.objectContaining({ entity: 'plans', operations: 2, changes: 3 })]),
    )
    expect(await read('GET /status')).toMatchObject({ installed: true })
    expect(await read('GET /doctor')).toMatchObject({ installed: true })
    expect(await read('POST /marks', adminRole, { name: 'before-release' })).toMatchObject({ name: 'before-release' })
    expect(await read('POST /untrack', adminRole, { entity: 'loose' })).toEqual({ entity: 'loose', tracked: false })
    expect(await read('POST /track', adminRole, { entities: ['loose'] })).toMatchObject({
      tracked: [{ entity: 'loose' }],
    })
    expect(await read('GET /harden?print=true')).toBe('404 REQUEST_ROUTE_UNKNOWN')
    expect(await read('POST /import', adminRole, {})).toBe('404 REQUEST_ROUTE_UNKNOWN')
  })

  test('a revert is looked at, done with its reason alone, and may name a record and a moment', async () => {
    const id = await act(
      'plans.zero',
      {},
      'INSERT INTO plans VALUES (5, 5.50)',
      'UPDATE plans SET price = 0 WHERE id = 5',
    )
    const dry = await read('POST /revert', adminRole, { operation: id, dryRun: true })
    expect(dry).toMatchObject({ plan: { rows: [{ entity: 'plans', key: { id: 5 }, kind: 'delete' }] }, applied: false })
    expect(await read('POST /revert', adminRole, { operation: id })).toBe('428 ENGINE_REASON_REQUIRED')
    const update = await act('plans.raise', {}, 'UPDATE plans SET price = 7.00 WHERE id = 5')
    const target = { entity: 'plans', key: 5, to: update, onConflict: 'stop' }
    const done = await read('POST /revert', adminRole, { ...target, reason: 'TICKET-1', dryRun: false })
    expect(done).toMatchObject({
      applied: true,
      operation: { reason: 'TICKET-1', source: 'admin-api', procedure: 'trail.revert' },
    })
    const stopped = await read('POST /revert', adminRole, { operation: update, reason: 'again', onConflict: 'stop' })
    expect(stopped).toMatchObject({ applied: false })
    expect(await read('POST /revert', adminRole, { reason: 'of nothing' })).toBe('422 ENGINE_INPUT_INVALID')
  })

  test('a revert that is held to the plan that somebody looked at writes nothing where it would be another by now', async () => {
    await act('plans.add', {}, 'INSERT INTO plans VALUES (6, 1.00), (7, 1.00)')
    const operation = await act('plans.free', {}, 'UPDATE plans SET price = 0 WHERE id IN (6, 7)')
    const target = { operation, onConflict: 'skip' }
    const seen = (await read('POST /revert', adminRole, { ...target, dryRun: true })) as { digest: string }
    await act('plans.raise', {}, 'UPDATE plans SET price = 3.00 WHERE id = 7')
    const held = { ...target, reason: 'T', expect: seen.digest }
    expect(await read('POST /revert', adminRole, held)).toBe('409 TRAIL_REVERT_CHANGED')
    const anew = (await read('POST /revert', adminRole, { ...target, dryRun: true })) as { digest: string }
    const done = await read('POST /revert', adminRole, { ...held, expect: anew.digest })
    expect(done).toMatchObject({ applied: true, digest: anew.digest, plan: { rows: [{ key: { id: 6 } }] } })
  })
})

test('whatever is asked, it is answered or refused in four words, and never with a 500', async () => {
  const id = timeOrderedId()
  const odd = [
    '\0',
    'a\0b',
    '\ufffe',
    '',
    ' ',
    '0',
    '-1',
    '1e400',
    '99999999999999999999',
    '2147483648',
    '9007199254740991',
    'NaN',
    "'; --",
    '"',
    '*',
    '%',
    '[[[',
    '{"id":',
    '__proto__',
    '🦆',
    id,
    'infinity',
    '2026-02-30',
    '294276-12-31',
    '-infinity',
    'x'.repeat(5000),
  ]
  const routes = [
    ['GET /history/{}', 'key', 'limit', 'before'],
    ['GET /history/orders', 'key', 'limit', 'before'],
    ['GET /at/orders', 'key', 'when'],
    ['GET /at/{}', 'key', 'when'],
    ['GET /table/plans', 'when', 'filter[id]', 'filter[{}]'],
    ['GET /operations/{}'],
    [
      'GET /operations',
      'procedure',
      'actor',
      'entity',
      'key',
      'field',
      'source',
      'from',
      'to',
      'text',
      'limit',
      'after',
    ],
    ['GET /blast', 'procedure', 'from', 'to'],
    ['GET /activity', 'by', 'every', 'from', 'to'],
  ]
  const fine: Record<string, string> = {
    key: '1',
    when: 'now',
    procedure: 'p',
    from: '2026-01-01',
    to: '2026-01-02',
    by: 'actor',
    every: 'day',
  }
  const found: string[] = []
  // Each for both roles at full count, else for one of them in turn.
  const isFull = process.env['STEWARD_SCALE'] === 'full'
  let turn = 0
  const rolesInTurn = () => (isFull ? [adminRole, support] : [turn++ % 2 === 0 ? adminRole : support])
  for (const [route = '', ...names] of routes) {
    for (const name of names.length === 0 ? [''] : names) {
      for (const value of odd) {
        const text = encodeURIComponent(value)
        const query = names.flatMap((each) => {
          if (each === name) return [`${encodeURIComponent(each.replace('{}', value))}=${text}`]
          return fine[each] === undefined ? [] : [`${each}=${fine[each]}`]
        })
        const target = `${route.replace('{}', text)}?${query.join('&')}`
        for (const role of rolesInTurn()) {
          const { status, body } = await ask(target, role)
          const isRefused = status >= 400 && Object.keys(JSON.parse(body ?? '')).join() === 'code,message,details,hint'
          if (status >= 500 || !(status === 200 || isRefused)) found.push(`${status} ${target.slice(0, 100)} ${body}`)
        }
      }
    }
  }
  for (const value of [...odd, null, 7, [], {}, true]) {
    for (const name of ['operation', 'change', 'run', 'entity', 'key', 'to', 'onConflict', 'reason', 'dryRun']) {
      const record = ['entity', 'key', 'to'].includes(name) ? { entity: 'plans', key: 1, to: 'now' } : { operation: id }
      const json = { ...(name === 'change' || name === 'run' ? {} : record), reason: 'T', [name]: value }
      for (const role of rolesInTurn()) {
        const { status, body } = await ask('POST /revert', role, json)
        if (status >= 500) found.push(`${status} ${JSON.stringify(json).slice(0, 100)} ${body}`)
      }
    }
  }
  expect(found).toEqual([])
  expect(unexpected).toEqual([])
})

describe('roles', () => {
  const params = [1, 2, 3, 4].map((number) => `PARAM-SECRET ${number}`)
  const planted = ['OTHERS-NOTE', 'SECRET-TOKEN', '010-1234-5678', 'kim.secret', 'Kimberly', 'ERROR-SECRET', ...params]
  /** Of orders the analyst sees everything, and so what was handed in where they alone were changed. */
  const openToAnalysts = ['OTHERS-NOTE', 'PARAM-SECRET 1', 'PARAM-SECRET 4']
  let others: string
  let mine: string
  let mixed: string
  let moved: string
  let callless: string

  beforeAll(async () => {
    others = await act(
      'orders.note',
      { note: 'PARAM-SECRET 1' },
      "INSERT INTO orders VALUES (80, 8, 80.80, 'OTHERS-NOTE')",
    )
    mine = await act(
      'customers.change',
      { phone: 'PARAM-SECRET 2' },
      "INSERT INTO customers VALUES (70, 7, 'Kimberly', '010-1234-5678', 'kim.secret@example.com', 33)",
      "UPDATE customers SET phone = '010-1234-5678-1', name = 'Kimberly B', age = 34 WHERE id = 70",
    )
    mixed = await act(
      'orders.mixed',
      { word: 'PARAM-SECRET 3' },
      "INSERT INTO orders VALUES (71, 7, 71.00, 'mine')",
      "INSERT INTO orders VALUES (81, 8, 81.00, 'OTHERS-NOTE 2')",
      "INSERT INTO secrets VALUES (1, 'SECRET-TOKEN')",
    )
    // It was theirs, and came to us: the whole record stays theirs, under its newer key, too.
    moved = await act(
      'orders.move',
      { why: 'PARAM-SECRET 4' },
      "INSERT INTO orders VALUES (82, 8, 82.00, 'OTHERS-NOTE 3')",
      'UPDATE orders SET id = 92 WHERE id = 82',
      "UPDATE orders SET workspace_id = 7, note = 'handed over' WHERE id = 92",
    )
    callless = await act(
      'orders.gone',
      {},
      "INSERT INTO orders VALUES (73, 7, 73.00, 'gone')",
      'DELETE FROM orders WHERE id = 73',
    )
    await act('contacts.add', {}, "INSERT INTO contacts VALUES ('010-1234-5678', 'Seoul')")
    await fail('orders.fail', new Error('ERROR-SECRET 1'))
  })

  test('nothing that was planted gets out by any route, for any role that may not see it', async () => {
    const routes = [
      ...[
        'orders?key=80',
        'orders?key=81',
        'orders?key=82',
        'orders?key=92',
        'orders?key=71',
        'customers?key=70',
        'secrets?key=1',
      ].flatMap((record) => [
        `GET /history/${record}`,
        `GET /at/${record}&when=now`,
        `GET /at/${record}&when=${others}`,
      ]),
      ...['orders', 'customers', 'secrets', 'contacts'].map((entity) => `GET /table/${entity}?when=now`),
      ...[
        '',
        '?entity=orders',
        '?entity=customers',
        '?entity=secrets',
        '?field=note',
        '?field=phone',
        '?text=SECRET',
        '?limit=1',
      ].map((query) => `GET /operations${query}`),
      ...[others, mine, mixed, moved, callless].map((id) => `GET /operations/${id}`),
      ...['orders.*', 'customers.*', 'contacts.*', '*'].map(
        (procedure) => `GET /blast?procedure=${procedure}&from=2020-01-01&to=2100-01-01`,
      ),
      'GET /impact',
      ...['procedure', 'actor', 'entity'].map((by) => `GET /activity?by=${by}&every=day`),
      'GET /status',
      'GET /doctor',
    ]
    const reverts = [others, mine, mixed, moved].map((operation) => ({ operation, dryRun: true }))
    const records = [70, 80, 92].map((key) => ({
      entity: key === 70 ? 'customers' : 'orders',
      key,
      to: others,
      dryRun: true,
    }))
    for (const role of [support, analyst]) {
      const answers = [
        ...(await Promise.all(routes.map(async (route) => [route, (await ask(route, role)).body ?? '']))),
        ...(await Promise.all(
          [...reverts, ...records].map(async (json) => [
            JSON.stringify(json),
            (await ask('POST /revert', role, json)).body ?? '',
          ]),
        )),
      ] as [string, string][]
      const open = role === analyst ? openToAnalysts : []
      const leaks = answers.flatMap(([route, body]) =>
        planted
          .filter((secret) => !open.includes(secret) && body.includes(secret))
          .map((secret) => `${role.name} ${route}: ${secret}`),
      )
      expect(leaks).toEqual([])
    }
    expect(unexpected).toEqual([])
    // The same routes do hold them: else the test could not fail.
    const all = (await Promise.all(routes.map(async (route) => (await ask(route)).body ?? ''))).join('')
    expect(planted.filter((secret) => !all.includes(secret))).toEqual([])
  })

  test('a masked column is seen to have changed, in the form that the Admin API shows', async () => {
    const [update, insert] = await read('GET /history/customers?key=70', support)
    expect(insert.after).toEqual({
      id: 70,
      workspace_id: 7,
      name: 'K••••',
      phone: null,
      email: '••••.com',
      age: null,
    })
    expect(insert.masked).toEqual(['name', 'phone', 'email', 'age'])
    expect(update).toMatchObject({
      before: { name: 'K••••', phone: null, age: null },
      after: { name: 'K••••', phone: null, age: null },
      operation: { params: null, paramsWithheld: true, reason: 'because' },
    })
    expect(await read('GET /at/customers?key=70&when=now', support)).toMatchObject({
      record: { phone: null, name: 'K••••' },
    })
  })

  test('records of others are as if there were none; one that once was theirs stays theirs', async () => {
    for (const key of [80, 81, 82, 92, 12345]) {
      expect(await read(`GET /history/orders?key=${key}`, support)).toEqual([])
      expect(await read(`GET /at/orders?key=${key}&when=now`, support)).toMatchObject({ record: null, exact: true })
      expect(await read(`GET /operations?entity=orders&key=${key}`, support)).toEqual({ operations: [], next: null })
    }
    expect(await read('GET /history/orders?key=71', support)).toHaveLength(1)
    expect(await read('GET /history/orders?key=73', support)).toHaveLength(2)
    const { records } = await read('GET /table/orders?when=now', support)
    expect(records.map(({ id }: { id: number }) => id).sort()).toEqual([71, 9007199254740992])
    const capped = { ...support, entities: { orders: { read: true, where: { workspace_id: 7 }, maxRows: 1 } } }
    expect(await read('GET /table/orders?when=now', capped)).toMatchObject({ records: [{ id: 71 }], hidden: 1 })
  })

  test('an operation shows what is seen of it and counts the rest; without any it is unknown', async () => {
    const seen = await read(`GET /operations/${mixed}`, support)
    expect(seen).toMatchObject({
      hidden: 2,
      changes: [{ key: { id: 71 } }],
      operation: { params: null, paramsWithheld: true },
    })
    expect(await read(`GET /operations/${mixed}`, analyst)).toMatchObject({ hidden: 1, changes: [{}, {}] })
    for (const id of [others, moved]) {
      expect(await read(`GET /operations/${id}`, support)).toBe('404 TRAIL_UNKNOWN_OPERATION')
    }
  })

  test('pages of operations are full, and lead on until there is no more', async () => {
    const found: string[] = []
    let after = ''
    for (let pages = 0; pages < 50; pages++) {
      const page = await read(`GET /operations?limit=1${after}`, support)
      expect(page.operations).toHaveLength(1)
      found.push(page.operations[0].id)
      if (page.next === null) break
      after = `&after=${page.next}`
    }
    expect(found).toEqual(expect.arrayContaining([mine, mixed, callless]))
    expect(found).not.toEqual(expect.arrayContaining([others]))
    expect(found).not.toContain(moved)
  })

  test('an entity that is not seen is unknown, whether there is one or not', async () => {
    for (const route of [
      'GET /history/X?key=1',
      'GET /at/X?key=1&when=now',
      'GET /table/X?when=now',
      'GET /operations?entity=X',
    ]) {
      const bodies = await Promise.all(
        ['secrets', 'loose', 'nothing'].map(async (name) => {
          const { status, body } = await ask(route.replace('X', name), support)
          return `${status} ${(body ?? '').replaceAll(name, 'X')}`
        }),
      )
      expect(new Set(bodies).size).toBe(1)
      expect(bodies[0]).toMatch(/^404 .*TRAIL_UNKNOWN_ENTITY/)
    }
    expect(await read('POST /untrack', support, { entity: 'secrets' })).toBe('404 TRAIL_UNKNOWN_ENTITY')
    const { tables } = await read('GET /status', support)
    expect(tables.map(({ entity }: { entity: string }) => entity)).toEqual(['customers', 'lines', 'orders', 'plans'])
  })

  test('nobody guesses by a masked key or a masked filter', async () => {
    expect(await read('GET /history/contacts?key=010-1234-5678', analyst)).toBe('403 TRAIL_MASKED')
    expect(await read('GET /operations?entity=contacts&key=010', analyst)).toBe('403 TRAIL_MASKED')
    expect(await read('GET /table/customers?when=now&filter[phone]=1', analyst)).toBe('403 TRAIL_MASKED')
    expect(await read('GET /operations?text=PARAM-SECRET', analyst)).toMatchObject({ operations: [] })
  })

  test('counts are of tables that are seen whole; of others it is said that they are left out', async () => {
    const blast = await read('GET /blast?procedure=*&from=2020-01-01&to=2100-01-01', support)
    expect(blast.entities.map(({ entity }: { entity: string }) => entity)).toEqual(['plans'])
    expect(blast.leftOut).toEqual(['customers', 'lines', 'orders'])
    const counts = await read('GET /activity?by=entity&every=day', support)
    expect(counts.map(({ entity }: { entity: string }) => entity)).toEqual(['plans'])
    const map = await read('GET /impact', support)
    expect(
      map.flatMap(({ entities }: { entities: { entity: string }[] }) => entities.map(({ entity }) => entity)),
    ).not.toContain('orders')
  })

  test('a revert needs all of it: every row seen, every kind allowed, no masked column', async () => {
    const because = (operation: string) => ({ operation, reason: 'TICKET-2' })
    expect(await read('POST /revert', support, because(mixed))).toBe('403 TRAIL_REVERT_NOT_SEEN')
    expect(await read('POST /revert', support, because(others))).toBe('404 TRAIL_UNKNOWN_OPERATION')
    expect(await read('POST /revert', support, { entity: 'orders', key: 80, to: others, reason: 'T' })).toMatchObject({
      plan: { rows: [] },
      applied: false,
    })
    const rename = await act(
      'customers.rename',
      {},
      "UPDATE customers SET name = 'Kimberly C', workspace_id = 7 WHERE id = 70",
    )
    const { body } = await ask('POST /revert', support, because(rename))
    expect(body).toMatch(/TRAIL_MASKED.*name.*customers/)
    const [change] = await read('GET /history/orders?key=80')
    expect(await read('POST /revert', support, { change: change.id, reason: 'T' })).toBe('404 TRAIL_UNKNOWN_CHANGE')

    const total = await act('orders.total', {}, 'UPDATE orders SET total = 0 WHERE id = 71')
    const readOnly: Role = {
      ...support,
      entities: { orders: { read: true, write: ['insert'], where: { workspace_id: 7 } } },
    }
    expect(await read('POST /revert', readOnly, because(total))).toBe('403 TRAIL_REVERT_NOT_ALLOWED')
    const onlooker: Role = { ...readerRole, permissions: everything }
    expect(await read('POST /revert', onlooker, because(total))).toBe('403 TRAIL_REVERT_NOT_ALLOWED')
    const withoutRight: Role = { ...support, permissions: ['trail:history'] }
    expect(await read('POST /revert', withoutRight, because(total))).toBe('403 ENGINE_NOT_PERMITTED')
    const capped: Role = { ...support, maxAffected: 0 }
    expect(await read('POST /revert', capped, because(total))).toBe('403 TRAIL_REVERT_TOO_MANY')
    expect(await read('POST /revert', support, because(total))).toMatchObject({
      plan: { rows: [{ entity: 'orders', key: { id: 71 }, kind: 'update', after: { total: 71 } }] },
      applied: true,
      operation: { procedure: 'trail.revert' },
    })
  })

  test('what the database refuses of a revert tells no values', async () => {
    const deletion = await act(
      'orders.delete',
      {},
      "INSERT INTO orders VALUES (74, 7, 1, 'REFUSED-VALUE')",
      "UPDATE orders SET note = 'kept' WHERE id = 74",
    )
    await database.pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'never %', OLD.note; END$$;
      CREATE TRIGGER refuse BEFORE DELETE ON orders FOR EACH ROW WHEN (OLD.id = 74) EXECUTE FUNCTION refuse()`)
    const { status, body } = await ask('POST /revert', support, { operation: deletion, reason: 'T' })
    expect(`${status} ${body}`).toMatch(/^409 .*TRAIL_REVERT_REFUSED/)
    expect(body).not.toContain('kept')
    expect((await ask('POST /revert', adminRole, { operation: deletion, reason: 'T' })).body).toContain('never kept')
  })

  test('the changes of an open transaction are shown through the same eyes', async () => {
    const operation = operationOf('orders.touch', {})
    const asked = { operationId: operation.id, actor: { type: 'staff' as const, id: 'kim' } }
    const work = inTransaction(database.pool, { settings: leaveInTrail.settings(operation) }, async (transaction) => {
      expect(await readChangesOf(transaction, { ...asked, role: support })).toEqual([])
      await transaction.query("UPDATE customers SET phone = '010-1234-5678-2' WHERE id = 70")
      await transaction.query('UPDATE orders SET total = 1 WHERE id IN (71, 80)')
      expect(await readChangesOf(transaction, { ...asked, role: null })).toHaveLength(3)
      const seen = await readChangesOf(transaction, { ...asked, role: support })
      expect(seen).toMatchObject([
        { entity: 'customers', masked: ['phone'], after: { phone: null } },
        { key: { id: 71 } },
      ])
      throw new Error('rolled back')
    })
    await expect(work).rejects.toThrow('rolled back')
  })

  test('without a trail that is said', async () => {
    const bare = await testDatabase({ name: 'trail_routes_bare' })
    try {
      const asking = readChangesOf(bare.pool, {
        operationId: timeOrderedId(),
        actor: { type: 'staff', id: 'kim' },
        role: support,
      })
      await expect(asking).rejects.toMatchObject({ code: 'TRAIL_NOT_INSTALLED' })
    } finally {
      await bare.drop()
    }
  })

  test('nobody gets in without a role', async () => {
    expect(await read('GET /history/orders?key=71', null)).toBe('401 SERVER_KEY_REQUIRED')
  })
})
