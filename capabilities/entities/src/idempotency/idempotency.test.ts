// A write that is sent again under its key is answered and not done again, also by another process, and after one has died.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, type Role } from '@steward/engine'
import { migrate } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { installTrail, leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { entities as capability } from '../capability.ts'
import { type Entities, openEntities } from '../open-entities.ts'
import { type Ask, askOf } from '../testing/shop.ts'

let service: TestDatabase
let untracked: TestDatabase
let office: TestDatabase
const opened: Entities[] = []
let ask: Ask
let elsewhere: Ask

const kim = { type: 'staff', id: 'kim' } as const
const orders =
  'CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text CHECK (note <> $$bad$$))'
const keyed = (key: string) => ({ 'Idempotency-Key': key, 'Steward-Reason': 'T-1', Prefer: 'return=representation' })
const place = (by: Ask, key: string, note = 'first') =>
  by('POST', '/orders', { headers: keyed(key), body: { note }, actor: kim })

beforeAll(async () => {
  service = await testDatabase({ name: 'once' })
  untracked = await testDatabase({ name: 'once_untracked' })
  office = await testDatabase({ name: 'once_office' })
  await office.pool.query('CREATE SCHEMA steward_office')
  await migrate(office.pool, { folder: capability.migrations as URL, ledger: 'steward_office.entities_migration' })
  await installTrail(service.pool)
  await service.pool.query(`${orders}; CREATE TABLE memos (note text)`)
  await untracked.pool.query(orders)
  await openTrail({ pool: service.pool }).track(['orders'])
  ask = await open(service)
  elsewhere = await open(service)
})
beforeEach(() => office.pool.query('TRUNCATE steward_office.entities_kept_write'))
afterAll(async () => {
  for (const each of opened) await each.close()
  await Promise.all([service, untracked, office].map((each) => each?.drop()))
})

async function open({ pool }: TestDatabase): Promise<Ask> {
  const own = { schemas: ['public'], leaveOperation: leaveInTrail, office: async () => office.pool } as const
  const entities = await openEntities({ pool, ...own })
  opened.push(entities)
  return askOf(entities)
}

const notes = async (like = '%') =>
  (await service.pool.query('SELECT note FROM orders WHERE note LIKE $1', [like])).rows.length

test('the second time it is answered as the first time, by another process too, and nothing is done', async () => {
  const first = await place(ask, 'k-1')
  const [second, third] = [await place(ask, 'k-1'), await place(elsewhere, 'k-1')]
  expect(first.status).toBe(201)
  for (const again of [second, third]) {
    expect([again.status, again.json]).toEqual([201, first.json])
    expect(again.headers).toMatchObject({
      'idempotency-replayed': 'true',
      'steward-operation': first.headers['steward-operation'],
    })
  }
  expect(first.headers['idempotency-replayed']).toBeUndefined()
  expect(await notes('first')).toBe(1)
})

test('of many at once one does it', async () => {
  const sent = await Promise.all(
    Array.from({ length: 12 }, (_, at) => place(at % 2 === 0 ? ask : elsewhere, 'k-2', 'at once')),
  )
  expect(await notes('at once')).toBe(1)
  for (const { status, json } of sent) {
    if (status !== 201) expect([status, json.code]).toEqual([409, 'ENTITIES_IDEMPOTENCY_IN_PROGRESS'])
  }
  expect(sent.some(({ status }) => status === 201)).toBe(true)
})

test('a key belongs to one write of one sender', async () => {
  await place(ask, 'k-3', 'mine')
  const other = await place(ask, 'k-3', 'something else')
  expect([other.status, other.json.code]).toEqual([422, 'ENTITIES_IDEMPOTENCY_KEY_REUSED'])
  const lee = await ask('POST', '/orders', {
    headers: keyed('k-3'),
    body: { note: 'of lee' },
    actor: { ...kim, id: 'lee' },
  })
  expect([lee.status, await notes('of lee')]).toEqual([201, 1])
  for (const key of ['', 'two words', 'x'.repeat(201), 'é']) {
    expect((await place(ask, key)).json.code, key).toBe('ENTITIES_IDEMPOTENCY_KEY_INVALID')
  }
})

test('what was refused may be mended and sent again under the same key', async () => {
  expect((await place(ask, 'k-4', 'bad')).status).toBe(400)
  expect((await place(ask, 'k-4', 'good')).status).toBe(201)
  const noReason = { headers: { 'Idempotency-Key': 'k-5' }, body: { note: 'why' }, actor: kim }
  expect((await ask('POST', '/orders', noReason)).status).toBe(428)
  expect((await place(ask, 'k-5', 'why')).status).toBe(201)
})

test('a dry run and a read leave the key unused', async () => {
  const rehearsed = { ...keyed('k-6'), Prefer: 'tx=rollback' }
  await ask('POST', '/orders', { headers: rehearsed, body: { note: 'dry' }, actor: kim })
  await ask('GET', '/orders', { headers: keyed('k-6'), actor: kim })
  expect((await place(ask, 'k-6', 'wet')).status).toBe(201)
})

test('a changeset is one write', async () => {
  const changeset = {
    headers: { 'Idempotency-Key': 'k-7' },
    body: { reason: 'T-2', requests: [{ method: 'POST', path: '/orders', body: { note: 'in a set' } }] },
    actor: kim,
  }
  const [first, second] = [await ask('POST', '/changesets', changeset), await ask('POST', '/changesets', changeset)]
  expect([first.status, second.json]).toEqual([200, first.json])
  expect(await notes('in a set')).toBe(1)
})

test('where its process died after it was done, the trail says so; where it was not done, it is done now', async () => {
  const done = await place(ask, 'k-8', 'done and lost')
  await office.pool.query(`UPDATE steward_office.entities_kept_write SET status = NULL, headers = NULL, body = NULL`)
  const again = await place(elsewhere, 'k-8', 'done and lost')
  expect([again.status, again.json.code]).toEqual([409, 'ENTITIES_IDEMPOTENCY_DONE_BEFORE'])
  expect(again.json.message).toContain(done.headers['steward-operation'])
  expect(await notes('done and lost')).toBe(1)

  await office.pool.query(
    `UPDATE steward_office.entities_kept_write SET operation = '00000000-0000-7000-8000-000000000000'`,
  )
  expect((await place(elsewhere, 'k-8', 'done and lost')).status).toBe(201)
  expect(await notes('done and lost')).toBe(2)
})

test('whoever has another role by now, or one that sees less, is not told again what they were told then', async () => {
  const answered = await place(ask, 'k-11', 'seen then')
  const lowered = (role: Role) =>
    ask('POST', '/orders', { headers: keyed('k-11'), body: { note: 'seen then' }, actor: kim, role })
  const writer: Role = { name: 'writer', permissions: [], functions: [], entities: { orders: { write: ['insert'] } } }
  const masked: Role = { ...adminRole, entities: { '*': { read: true, write: true, mask: ['note'] } } }
  for (const role of [writer, masked]) {
    const again = await lowered(role)
    expect([again.status, again.json.code]).toEqual([409, 'ENTITIES_IDEMPOTENCY_DONE_BEFORE'])
    expect(again.body).not.toContain('seen then')
  }
  expect(await notes('seen then')).toBe(1)
  expect((await place(ask, 'k-11', 'seen then')).json).toEqual(answered.json)
})

test('what its process had sent before it died is waited for, and not done a second time', async () => {
  await place(ask, 'k-12', 'on its way')
  const operation = '00000000-0000-7000-8000-000000000012'
  await office.pool.query(
    `UPDATE steward_office.entities_kept_write SET operation = $1, status = NULL, headers = NULL, body = NULL`,
    [operation],
  )
  const left = await service.pool.connect()
  try {
    await left.query('BEGIN')
    await left.query(`SELECT set_config('steward.context', $1, true)`, [`${operation}${'\u001f'.repeat(12)}`])
    await left.query(`INSERT INTO orders (note) VALUES ('on its way')`)
    const meanwhile = await place(elsewhere, 'k-12', 'on its way')
    expect([meanwhile.status, meanwhile.json.code]).toEqual([409, 'ENTITIES_IDEMPOTENCY_IN_PROGRESS'])
    await left.query('COMMIT')
  } finally {
    left.release()
  }
  expect((await place(elsewhere, 'k-12', 'on its way')).json.code).toBe('ENTITIES_IDEMPOTENCY_DONE_BEFORE')
  expect(await notes('on its way')).toBe(2)
})

test('an attempt that takes the place of another one is known before it begins: it may die, too', async () => {
  await place(ask, 'k-13', 'of the dead')
  const lost = `UPDATE steward_office.entities_kept_write
    SET operation = '00000000-0000-7000-8000-000000000013', status = NULL, headers = NULL, body = NULL`
  await office.pool.query(lost)
  const blocking = await service.pool.connect()
  try {
    await blocking.query('BEGIN; LOCK TABLE orders IN SHARE MODE')
    const second = place(elsewhere, 'k-13', 'of the dead')
    const isWaiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    while ((await service.pool.query(isWaiting)).rows.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 5))
    // Its hold on the office is gone, as with its process; what it has sent to the service is done.
    await office.pool.query(`SELECT pg_terminate_backend(pid) FROM pg_locks
      WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`)
    await blocking.query('COMMIT')
    expect((await second).status).toBeGreaterThanOrEqual(500)
  } finally {
    blocking.release()
  }
  expect(await notes('of the dead')).toBe(2)
  const third = await place(ask, 'k-13', 'of the dead')
  expect([third.json.code, await notes('of the dead')]).toEqual(['ENTITIES_IDEMPOTENCY_DONE_BEFORE', 2])
})

test('a write of a table that is off the trail is known all the same', async () => {
  const write = () => ask('POST', '/memos', { headers: keyed('k-14'), body: { note: 'off the trail' }, actor: kim })
  expect((await write()).status).toBe(201)
  await office.pool.query(`UPDATE steward_office.entities_kept_write SET status = NULL, headers = NULL, body = NULL`)
  expect((await write()).json.code).toBe('ENTITIES_IDEMPOTENCY_DONE_BEFORE')
  expect((await service.pool.query('SELECT note FROM memos')).rows).toHaveLength(1)
})

test('of what was done, though its connection was lost at the end, the trail also knows the failure: it is not done again', async () => {
  const done = await place(ask, 'k-15', 'in doubt')
  const operation = done.headers['steward-operation']
  await service.pool.query(`SELECT steward.leave($1, 'failed', 'The connection was lost.')`, [
    `${operation}${'\u001f'.repeat(12)}`,
  ])
  await office.pool.query(`UPDATE steward_office.entities_kept_write SET status = NULL, headers = NULL, body = NULL`)
  expect((await place(elsewhere, 'k-15', 'in doubt')).json.code).toBe('ENTITIES_IDEMPOTENCY_DONE_BEFORE')
  expect(await notes('in doubt')).toBe(1)
})

test('where no trail can tell whether it was done, it is not done again', async () => {
  const plain = await open(untracked)
  expect((await place(plain, 'k-9', 'who knows')).status).toBe(201)
  await office.pool.query(`UPDATE steward_office.entities_kept_write SET status = NULL, headers = NULL, body = NULL`)
  const again = await place(plain, 'k-9', 'who knows')
  expect([again.status, again.json.code]).toEqual([409, 'ENTITIES_IDEMPOTENCY_UNKNOWN'])
  const { rows } = await untracked.pool.query('SELECT note FROM orders')
  expect(rows).toEqual([{ note: 'who knows' }])
})

test('without an office a key is refused, instead of promising what nobody keeps', async () => {
  const entities = await openEntities({ pool: service.pool, schemas: ['public'], leaveOperation: leaveInTrail })
  opened.push(entities)
  const { status, json } = await place(askOf(entities), 'k-10', 'promised')
  expect([status, json.code, await notes('promised')]).toEqual([400, 'ENTITIES_IDEMPOTENCY_NOT_KEPT', 0])
})
