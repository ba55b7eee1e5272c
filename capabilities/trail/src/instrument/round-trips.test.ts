// Proof on the wire: whatever instrument adds, the client waits for the server as often as without it.
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { audited } from '../context/audited.ts'
import { withOperation } from '../context/current-operation.ts'
import { settled } from '../context/recording.ts'
import { openWireTap, type Traffic, type WireTap } from '../testing/wire-tap.ts'
import { type WitnessDatabase, witnessDatabase } from '../testing/witness.ts'
import { instrument } from './instrument.ts'

let database: WitnessDatabase
let tap: WireTap
let bare: pg.Pool
let carrying: pg.Pool

beforeAll(async () => {
  database = await witnessDatabase('round_trips')
  tap = await openWireTap(database.url)
  bare = new pg.Pool({ connectionString: tap.url, max: 1 })
  carrying = instrument(new pg.Pool({ connectionString: tap.url, max: 1 }))
  await bare.query('SELECT 1')
  await carrying.query('SELECT 1')
})
afterAll(async () => {
  await bare.end()
  await carrying.end()
  await tap.close()
  await database.drop()
})

async function trafficOf(act: (pool: pg.Pool) => Promise<unknown>, pool: pg.Pool): Promise<Traffic> {
  tap.traffic()
  await act(pool)
  // An error reaches its caller before the server is ready again.
  await new Promise((resolve) => setTimeout(resolve, 15))
  return tap.traffic()
}

// pg-pool throws a connection away whose query has failed; a client that is held stays.
async function onClient(pool: pg.Pool, act: (client: pg.PoolClient) => Promise<unknown>): Promise<void> {
  const client = await pool.connect()
  await act(client)
  client.release()
}

async function inTransaction(
  pool: pg.Pool,
  act: (client: pg.PoolClient) => Promise<unknown>,
  end = 'COMMIT',
): Promise<void> {
  const client = await pool.connect()
  await client.query('BEGIN')
  await act(client)
  await client.query(end)
  client.release()
}

const deeds: [string, (pool: pg.Pool) => Promise<unknown>, number][] = [
  ['a statement with values', (pool) => pool.query('INSERT INTO account (name) VALUES ($1)', ['x']), 1],
  ['a statement without values', (pool) => pool.query("INSERT INTO account (name) VALUES ('x')"), 1],
  [
    'a prepared statement',
    (pool) => pool.query({ name: 'p', text: 'INSERT INTO account (name) VALUES ($1)', values: ['x'] }),
    1,
  ],
  [
    'a statement that fails',
    (pool) =>
      onClient(pool, (client) => client.query('INSERT INTO account (name) VALUES ($1)', [null]).catch(() => {})),
    1,
  ],
  ['a read', (pool) => pool.query('SELECT $1::int', [1]), 1],
  ['a procedure', (pool) => pool.query("CALL add_two('a', 'b')"), 1],
  [
    'a transaction',
    (pool) =>
      inTransaction(pool, async (client) => {
        await client.query('SET TRANSACTION ISOLATION LEVEL SERIALIZABLE')
        await client.query('INSERT INTO account (name) VALUES ($1)', ['x'])
        await client.query("INSERT INTO account (name) VALUES ('x')")
      }),
    5,
  ],
  [
    'a transaction that is rolled back',
    (pool) => inTransaction(pool, (client) => client.query("INSERT INTO account (name) VALUES ('x')"), 'ROLLBACK'),
    3,
  ],
  [
    'nested operations in a transaction',
    (pool) =>
      inTransaction(pool, async (client) => {
        await withOperation({ procedure: 'inner' }, () => client.query('INSERT INTO account (name) VALUES ($1)', ['x']))
        await withOperation({ procedure: 'other' }, () => client.query("INSERT INTO account (name) VALUES ('x')"))
        await client.query('SAVEPOINT s')
        await withOperation({ procedure: 'inner' }, () => client.query("INSERT INTO account (name) VALUES ('x')"))
        await client.query('ROLLBACK TO SAVEPOINT s')
        await client.query('INSERT INTO account (name) VALUES ($1)', ['x'])
      }),
    8,
  ],
]

test.each(deeds)('%s', async (_name, deed, trips) => {
  const alone = await trafficOf(deed, bare)
  expect(alone).toEqual({ flights: trips, readies: trips })
  expect(
    await trafficOf((pool) => withOperation({ procedure: 'a.b', reason: 'why' }, () => deed(pool)), carrying),
  ).toEqual(alone)
})

test('a transaction with thousands of bytes of parameters', async () => {
  const params = { text: 'x'.repeat(6000) }
  expect(
    await trafficOf(
      (pool) =>
        withOperation({ procedure: 'a.b', params }, () => pool.query('INSERT INTO account (name) VALUES ($1)', ['x'])),
      carrying,
    ),
  ).toEqual({ flights: 1, readies: 1 })
})

test('a call that wants to be in the trail in any case rides on what it sends', async () => {
  const call = (act: () => Promise<unknown>) => audited(act, { procedure: 'a.b' })()
  // Once to find out that the trail is there.
  await call(async () => {})
  await settled()
  await database.left()
  expect(
    await trafficOf((pool) => call(() => inTransaction(pool, (client) => client.query('SELECT 1'))), carrying),
  ).toEqual({ flights: 3, readies: 3 })
  expect(await database.left()).toMatchObject([{ procedure: 'a.b', outcome: null }])
  for (const [, deed, trips] of deeds) {
    if (deed === deeds[3]?.[1] || deed === deeds[4]?.[1] || deed === deeds[7]?.[1]) continue
    expect(await trafficOf((pool) => call(() => deed(pool)), carrying)).toEqual({ flights: trips, readies: trips })
    expect((await database.left()).map(({ procedure }) => procedure)).toContain('a.b')
  }
})
