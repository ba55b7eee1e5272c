// Who points at a record, and what an operation deleted around it.
import type { MetaEntity } from '@steward/sdk'
import { expect, test } from 'vitest'
import { type Deletion, groupDeletions, pointingAt } from './group-deletions.ts'

const entity = (name: string, more: Partial<MetaEntity> = {}) =>
  ({ entity: name, isTracked: true, relationships: [], ...more }) as unknown as MetaEntity

const toMany = (name: string, ...columns: [string, string][]) => ({
  entity: name,
  embed: name,
  cardinality: 'one-to-many' as const,
  columns: columns.map(([from, to]) => ({ from, to })),
  through: null,
})

test('tracked entities that point with one column are asked, others are not', () => {
  const customers = entity('customers', {
    relationships: [
      toMany('orders', ['id', 'customer_id']),
      toMany('visits', ['id', 'customer_id']),
      toMany('pairs', ['id', 'a'], ['kind', 'b']),
      toMany('friends', ['email', 'friend']),
      { ...toMany('regions', ['region', 'id']), cardinality: 'many-to-one' },
    ],
  })
  const others = ['orders', 'pairs', 'friends', 'regions'].map((name) => entity(name))
  const all = [customers, ...others, entity('visits', { isTracked: false })]
  expect(pointingAt(customers, { id: '7', kind: 'x', email: null, region: 3 }, all)).toEqual([
    { entity: 'orders', column: 'customer_id', value: '7' },
  ])
})

test('one operation is one group, the newest first, back when all of it is', () => {
  const deletion = (id: string, operation: string, at: string, isBack = false) =>
    ({ id, at, isBack, operation: { id: operation } }) as unknown as Deletion
  const groups = groupDeletions([
    deletion('9', 'b', '2026-11-02', true),
    deletion('8', 'a', '2026-11-03', true),
    deletion('7', 'a', '2026-11-03'),
  ])
  expect(groups.map(({ operation, deletions, isBack }) => [operation.id, deletions.length, isBack])).toEqual([
    ['a', 2, false],
    ['b', 1, true],
  ])
})
