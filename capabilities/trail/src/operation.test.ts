// Contexts taken apart here and by the view in the database: both ways must say the same.
import type { TestDatabase } from '@steward/cluster'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  contextColumns,
  epochSql,
  instantOf,
  instantSql,
  operationFacts,
  operationOfContext,
  type StoredContext,
  type StoredOperation,
  toOperation,
} from './operation.ts'
import { ask } from './read/ask.ts'
import { trailDatabase } from './testing/trail-database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await trailDatabase({ setup: '', track: [] })
})

afterAll(async () => {
  await database?.drop()
})

test('an operation is the same whether its context is taken apart here or by the view', async () => {
  const contexts = [
    ['', '', 'user', '7', '김하늘', 'orders.pay', '{"a": 1.00}', 'why', 'api', 'r-1', 'run', '', 'signature'],
    ['', '', 'staff', '0', '', 'orders.pay', 'no json', '', '', '', '', '', ''],
    ['', '', 'robot', '', '', '', '', '', '', '', '', '', ''],
    ['', '', 'User', ' ', 'a\nb', 'x', 'null', '0', 'cli', 'r', '', '', '', 'too', 'many'],
    ['', '', 'system'],
    [''],
  ].map((fields) => fields.join('\u001f'))
  const users = ['app', '', null]
  await database.pool.query(
    `INSERT INTO steward.part (id, context, database_user)
     SELECT gen_random_uuid(), context, database_user
       FROM unnest($1::text[]) AS context, unnest($2::text[]) AS database_user`,
    [contexts, users],
  )
  const rows = await ask<StoredOperation & StoredContext>(
    database.pool,
    {
      text: `SELECT part.id AS operation_id, ${operationFacts('operation')}, ${contextColumns('part')}
               FROM steward.part JOIN steward.operation ON operation.id = part.id AND operation.at = part.at`,
    },
    [],
  )
  expect(rows).toHaveLength(contexts.length * users.length)
  for (const row of rows) expect(operationOfContext(row.operation_id, row)).toEqual(toOperation(row))
})

test('an instant is the same whether it is printed here or by the database', async () => {
  const rows = await ask<{ epoch: string; text: string }>(
    database.pool,
    {
      text: `SELECT ${epochSql('at')} AS epoch, ${instantSql('at')} AS text
               FROM unnest($1::timestamptz[]) AS at`,
    },
    [
      [
        '2026-11-22 16:22:08.000001Z',
        '2026-02-28 23:59:59.999999Z',
        '2024-02-29Z',
        '1970-01-01Z',
        '1969-12-31 23:59:59.999999Z',
        '1969-12-31 23:59:59Z',
        '1900-01-01 00:00:00.5Z',
        '0099-03-01 01:02:03.040506Z',
        '9999-12-31 23:59:59.999999Z',
      ],
    ],
  )
  for (const { epoch, text } of rows) expect(instantOf(epoch)).toBe(text)
})
