// Keys: made once, shown once, refused as soon as they are revoked, and all of it in the trail.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { inTransaction, migrate, openPool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticateKey, createKey, Key, revokeKey } from './index.ts'
import { selectKeys } from './store/keys.ts'

const kim = { type: 'staff', id: 'kim' } as const
let office: TestDatabase

async function prepare(url: string): Promise<void> {
  const pool = openPool(url)
  await openTrail({ pool }).install()
  await migrate(pool, {
    folder: new URL('../migrations/', import.meta.url),
    ledger: 'steward_office.access_migration',
  })
  await pool.end()
}

beforeAll(async () => {
  office = await testDatabase({ key: 'access', template: prepare })
})
afterAll(() => office.drop())

const create = (name: string, days: number | null = 30) =>
  inTransaction(office.pool, {}, (transaction) => createKey(transaction, { name, role: 'reader', days, by: kim }))

test('a key opens the door for its role, and its secret is stored nowhere', async () => {
  const { secret, ...key } = await create('report')
  expect(secret.startsWith(`${key.id}_`)).toBe(true)
  expect(Key.parse(key)).toMatchObject({ name: 'report', role: 'reader', createdBy: 'staff kim', revokedAt: null })
  expect(await authenticateKey(office.pool, secret)).toEqual({
    actor: { type: 'service', id: key.id, name: 'report' },
    role: 'reader',
  })
  const { rows } = await office.pool.query(
    `SELECT concat((SELECT json_agg(k) FROM steward_office.access_key AS k), (SELECT json_agg(c) FROM steward.change AS c)) AS everything`,
  )
  expect(rows[0].everything).toContain(key.id)
  expect(rows[0].everything).not.toContain(secret.slice(13))
  const hash = await office.pool.query(
    `SELECT encode(secret_hash, 'hex') AS hash FROM steward_office.access_key WHERE id = $1`,
    [key.id],
  )
  expect(await openTrail({ pool: office.pool }).history('steward_office.access_key', key.id)).toHaveLength(1)
  expect(
    JSON.stringify(await openTrail({ pool: office.pool }).history('steward_office.access_key', key.id)),
  ).not.toContain(hash.rows[0].hash)
})

test.each([
  ['nothing', ''],
  ['something else', 'Bearer x'],
  ['an unknown key', `stw_00000000_${'0'.repeat(43)}`],
  ['a key with one more character', `stw_00000000_${'0'.repeat(44)}`],
  ['a NUL', 'stw_\u0000'],
])('%s opens no door', async (_what, secret) => {
  expect(await authenticateKey(office.pool, secret)).toBe(null)
})

test('a revoked key is refused on the next request, by every process, and who revoked it is remembered', async () => {
  const { id, secret } = await create('lost')
  const elsewhere = openPool(office.url)
  expect(await authenticateKey(elsewhere, secret)).not.toBe(null)
  const first = await inTransaction(office.pool, {}, (transaction) => revokeKey(transaction, id))
  expect(await authenticateKey(elsewhere, secret)).toBe(null)
  const again = await inTransaction(office.pool, {}, (transaction) => revokeKey(transaction, id))
  expect(again.revokedAt).toBe(first.revokedAt)
  await elsewhere.end()
  expect((await selectKeys(office.pool, false)).map((key) => key.id)).not.toContain(id)
  expect((await selectKeys(office.pool, true)).map((key) => key.id)).toContain(id)
  await expect(inTransaction(office.pool, {}, (transaction) => revokeKey(transaction, 'stw_nobody'))).rejects.toThrow(
    'There is no key "stw_nobody".',
  )
})

test('an expired key is refused', async () => {
  const { id, secret } = await create('old')
  await office.pool.query(`UPDATE steward_office.access_key SET expires_at = now() WHERE id = $1`, [id])
  expect(await authenticateKey(office.pool, secret)).toBe(null)
  expect((await create('for ever', null)).expiresAt).toBe(null)
})

test('that a key was used is noted once a minute, and is no change in the trail', async () => {
  const { id, secret } = await create('busy')
  for (const _ of [1, 2, 3]) await authenticateKey(office.pool, secret)
  const [key] = (await selectKeys(office.pool, false)).filter((each) => each.id === id)
  expect(key?.lastUsedAt).toEqual(expect.any(String))
  expect(await openTrail({ pool: office.pool }).history('steward_office.access_key', id)).toHaveLength(1)
})
