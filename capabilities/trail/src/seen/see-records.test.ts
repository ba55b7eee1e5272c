// What was deleted, through the eyes of a role that sees some rows only: a full page of them, and nothing of the others.
import type { TestDatabase } from '@steward/cluster'
import type { Role } from '@steward/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { trailDatabase } from '../testing/trail-database.ts'
import { seeDeleted } from './see-records.ts'
import { sightOf } from './sight.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await trailDatabase({
    setup: 'CREATE TABLE ticket (id int PRIMARY KEY, tenant int, email text)',
    track: ['ticket'],
  })
  await database.pool.query(`
    INSERT INTO ticket SELECT id, CASE WHEN id <= 3 THEN 7 ELSE 8 END, 'of-' || id FROM generate_series(1, 60) AS id`)
  // Those of the other tenant last, so that they stand in front.
  for (const tenant of [7, 8]) await database.pool.query('DELETE FROM ticket WHERE tenant = $1', [tenant])
})
afterAll(() => database.drop())

const role: Role = {
  name: 'cx',
  permissions: [],
  functions: [],
  entities: { ticket: { read: true, where: { tenant: 7 } } },
}
function deletedFor(rule: Role, question: { limit?: number; before?: string; filter?: Record<string, string> }) {
  const sight = sightOf({ queryable: database.pool, actor: { type: 'staff', id: 'kim' }, role: rule })
  if (sight === null) throw new Error('Nothing would be held back.')
  return seeDeleted(sight, { entity: 'ticket', ...question })
}
const idsOf = ({ changes }: Awaited<ReturnType<typeof seeDeleted>>) => changes.map(({ key }) => key?.['id'])

test('a page is full of what the role sees, however many others stand in front, and goes on where it ended', async () => {
  const first = await deletedFor(role, { limit: 2 })
  expect([idsOf(first), first.isComplete]).toEqual([[3, 2], false])
  const rest = await deletedFor(role, { limit: 2, before: first.changes.at(-1)?.id as string })
  expect([idsOf(rest), rest.isComplete]).toEqual([[1], true])
})

test('that a deleted record of others held a value is not to be guessed from how the answer ends', async () => {
  const ask = async (email: string) => deletedFor(role, { limit: 1, filter: { email } })
  expect(await ask('of-40')).toEqual(await ask('of-nobody'))
  expect(idsOf(await ask('of-3'))).toEqual([3])
})

test('nobody gets more at once than their role has in one answer', async () => {
  const few: Role = { ...role, entities: { ticket: { read: true, maxRows: 1 } } }
  const { changes, isComplete } = await deletedFor(few, { limit: 50 })
  expect([changes.length, isComplete]).toEqual([1, false])
})
