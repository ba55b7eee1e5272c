// History from elsewhere: whole, in its order, once, and in batches that nobody notices.
import type { TestDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from '../read/history.ts'
import { readOperation } from '../read/operation.ts'
import { searchOperations } from '../read/operations.ts'
import { trailDatabase } from '../testing/trail-database.ts'
import { importHistory } from './import.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await trailDatabase({ setup: 'CREATE TABLE orders (id int PRIMARY KEY, status text)', track: ['orders'] })
})
afterAll(async () => {
  await database?.drop()
})

const at = '2026-01-02T10:00:00Z'
const insert = (id: number, operation: object | null, more: object = {}) => ({
  entity: 'orders',
  kind: 'insert',
  key: id,
  after: { id, status: 'open' },
  at,
  operation,
  ...more,
})
const operationOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

test('an operation of many lines is whole, however they fall into batches, and a second import changes nothing', async () => {
  const id = operationOf(1)
  const lines = Array.from({ length: 2500 }, (_, place) => insert(place, { id, procedure: 'orders.load' }))
  expect(await importHistory(database.pool, lines)).toEqual({ changes: 2500, operations: 1, skipped: 0 })
  const { operation, changes } = await readOperation(database.pool, { id })
  expect([changes.length, operation.imported, operation.procedure]).toEqual([2500, true, 'orders.load'])
  expect(await importHistory(database.pool, lines)).toEqual({ changes: 0, operations: 0, skipped: 2500 })
})

test('lines that say the same of an operation without an id are one, in another batch too; those that say nothing are each their own', async () => {
  const nightly = { procedure: 'jobs.nightly', at }
  const lines = Array.from({ length: 1200 }, (_, place) => insert(10_000 + place, nightly))
  expect(await importHistory(database.pool, lines)).toMatchObject({ changes: 1200, operations: 1 })
  const { operations } = await searchOperations(database.pool, { procedure: 'jobs.nightly' })
  expect(operations).toHaveLength(1)
  expect(await importHistory(database.pool, [insert(20_000, null), insert(20_001, null)])).toMatchObject({
    operations: 2,
  })
})

test('changes of the same time keep the order of their lines, across batches', async () => {
  const change = (place: number) => ({
    ...insert(30_000, { id: operationOf(2) }),
    kind: 'update',
    before: { status: String(place) },
    after: { status: String(place + 1) },
  })
  await importHistory(
    database.pool,
    Array.from({ length: 1005 }, (_, place) => change(place)),
  )
  const newest = await readHistory(database.pool, { entity: 'orders', key: 30_000, limit: 10 })
  expect(newest.map(({ after }) => after?.['status'])).toEqual(
    Array.from({ length: 10 }, (_, place) => String(1005 - place)),
  )
  const older = await readHistory(database.pool, {
    entity: 'orders',
    key: 30_000,
    limit: 1000,
    before: newest.at(-1)?.id,
  })
  expect(older).toHaveLength(995)
})

test('the same time is one, however it is written', async () => {
  const times = [
    '2026-01-05T10:00:00Z',
    '2026-01-05T10:00:00.000000+00:00',
    '2026-01-05 19:00:00+09',
    '2026-01-05T10:00Z',
  ]
  const change = (at: string, place: number) => ({
    ...insert(35_000, { id: operationOf(3) }),
    kind: 'update',
    before: { status: String(place) },
    after: { status: String(place + 1) },
    at,
  })
  await importHistory(database.pool, times.map(change))
  const newest = await readHistory(database.pool, { entity: 'orders', key: 35_000, limit: 10 })
  expect(newest.map(({ after }) => after?.['status'])).toEqual(['4', '3', '2', '1'])
  expect(new Set(newest.map(({ id }) => id)).size).toBe(4)
})

test('a line that is none is told with its number', async () => {
  for (const broken of ['{', insert(1, null, { kind: 'upsert' }), insert(1, null, { at: 'yesterday' })]) {
    await expect(importHistory(database.pool, [insert(40_000, null), broken])).rejects.toMatchObject({
      code: 'TRAIL_IMPORT_LINE',
      message: expect.stringContaining('2'),
    })
  }
})
