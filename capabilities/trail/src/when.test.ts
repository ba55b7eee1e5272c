// Moments as people write them: instants with and without zone, marks by name and id, operations, and what is none of these.
import { timeOrderedId } from '@steward/base'
import type { TestDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trailDatabase } from './testing/trail-database.ts'
import { instantText, resolveMoment, type When } from './when.ts'

let database: TestDatabase
const operation = timeOrderedId()

beforeAll(async () => {
  database = await trailDatabase({
    setup: `SELECT steward.leave_mark('before-release'), steward.leave_mark('2026-01-01'), steward.leave_mark(NULL)`,
  })
  await database.pool.query(
    `INSERT INTO steward.part (at, xid, id, context)
     VALUES ('2026-03-02 14:00:00.123456+00', '3', $1, ''), ('2026-03-02 15:00+00', '4', $1, '')`,
    [operation],
  )
})

afterAll(async () => {
  await database?.drop()
})

const resolve = async (when: When) => {
  const { kind, at } = await resolveMoment(database.pool, when)
  return [kind, at]
}

test.each([
  ['2026-03-02', '2026-03-02 00:00Z'],
  ['2026-03-02T14:00', '2026-03-02 14:00Z'],
  [' 2026-03-02 14:00:00.123456+09 ', '2026-03-02 14:00:00.123456+09'],
  ['2026-03-02t14:00:00z', '2026-03-02 14:00:00z'],
  ['2026-03-02 14:00 +09:30', '2026-03-02 14:00+09:30'],
  [new Date(0), '1970-01-01T00:00:00.000Z'],
])('%s is the instant %s', (written, read) => {
  expect(instantText(written)).toBe(read)
})

test.each(['yesterday', '2026-03', '02.03.2026', '2026-03-02 14', "2026-03-02'", '', new Date(Number.NaN)])(
  '%s is no instant',
  (written) => {
    expect(() => instantText(written)).toThrow(expect.objectContaining({ code: 'TRAIL_BAD_INSTANT' }))
  },
)

test('a text is a mark if there is one, else an operation, else an instant', async () => {
  const client = await database.pool.connect()
  await client.query(`SET TimeZone = 'Asia/Seoul'; SET DateStyle = 'German'`)
  expect((await resolveMoment(client, '2026-01-02T09:00:00.5')).at).toBe('2026-01-02T09:00:00.500000Z')
  client.release(true)
  expect(await resolve('2026-03-02T14:00+09')).toEqual(['instant', '2026-03-02T05:00:00.000000Z'])
  expect(await resolve(operation)).toEqual(['operation', '2026-03-02T14:00:00.123456Z'])
  expect(await resolve(operation.toUpperCase())).toEqual(['operation', '2026-03-02T14:00:00.123456Z'])
  expect(await resolve('2026-01-01')).toEqual(['mark', expect.any(String)])
  expect(await resolve({ instant: '2026-01-01' })).toEqual(['instant', '2026-01-01T00:00:00.000000Z'])
  expect((await resolve('before-release'))[0]).toBe('mark')
  expect(await resolve('3')).toEqual(await resolve({ mark: 3 }))
  expect((await resolve('now'))[0]).toBe('now')
  expect((await resolve('9999-12-31'))[0]).toBe('now')
})

test('what is none of these is refused with what might be meant', async () => {
  await expect(resolve('before-relase')).rejects.toMatchObject({
    code: 'TRAIL_UNKNOWN_MARK',
    hint: expect.stringContaining('"before-release"'),
  })
  await expect(resolve({ mark: 99 })).rejects.toMatchObject({ code: 'TRAIL_UNKNOWN_MARK' })
  await expect(resolve('2026-02-30')).rejects.toMatchObject({ code: 'TRAIL_BAD_INSTANT' })
  await expect(resolve('2026-02-20T25:00')).rejects.toMatchObject({ code: 'TRAIL_BAD_INSTANT' })
  await expect(resolve({ operation: 'x' })).rejects.toMatchObject({ code: 'TRAIL_UNKNOWN_OPERATION' })
  await expect(resolve(timeOrderedId())).rejects.toMatchObject({ code: 'TRAIL_UNKNOWN_OPERATION' })
})
