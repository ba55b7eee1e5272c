// The order in which several entities are told.
import type { Meta } from '@steward/sdk'
import { expect, test } from 'vitest'
import { parentsFirst } from './parents-first.ts'

const belongsTo = (entity: string) => ({ entity, cardinality: 'many-to-one' })
const meta = {
  entities: [
    { entity: 'orders', relationships: [belongsTo('customers'), { entity: 'items', cardinality: 'one-to-many' }] },
    { entity: 'items', relationships: [belongsTo('orders')] },
    { entity: 'customers', relationships: [belongsTo('customers')] },
    { entity: 'left', relationships: [belongsTo('right')] },
    { entity: 'right', relationships: [belongsTo('left')] },
  ],
} as unknown as Meta

const names = (entities: string[]) =>
  parentsFirst(
    entities.map((entity) => ({ entity })),
    meta,
  ).map(({ entity }) => entity)

test('what others belong to comes first, however deep, and equals stay in their order', () => {
  expect(names(['items', 'items', 'orders'])).toEqual(['orders', 'items', 'items'])
  expect(names(['items', 'orders', 'customers'])).toEqual(['customers', 'orders', 'items'])
  expect(names(['notes', 'items', 'tags'])).toEqual(['notes', 'items', 'tags'])
})

test('a circle of entities comes to an end, and without the catalog nothing moves', () => {
  expect(names(['left', 'right']).toSorted()).toEqual(['left', 'right'])
  expect(parentsFirst([{ entity: 'items' }, { entity: 'orders' }], undefined).map(({ entity }) => entity)).toEqual([
    'items',
    'orders',
  ])
})
