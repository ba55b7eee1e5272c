// Which fields of an action a record fills in, and that no id is rounded on the way.
import { printJson } from '@steward/base'
import { expect, test } from 'vitest'
import { prefillOf, readPrefilled } from './prefill.ts'

const input = (...names: string[]) => ({
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
})
const record = (name: string, recordKey: Record<string, unknown>) => ({
  entity: { entity: name, name, key: Object.keys(recordKey) },
  recordKey,
})

test.each(['order', 'orderId', 'order_id', 'orderID', 'orders', 'id'])('an order fills in "%s"', (name) => {
  expect(prefillOf(input('note', name), record('orders', { id: '42' }))).toEqual({ [name]: '42' })
})

test.each([
  ['companies', 'company'],
  ['addresses', 'addressId'],
  ['order_items', 'item_id'],
  ['Purchase Orders', 'purchaseOrder'],
  ['news', 'news'],
])('a record of %s fills in "%s"', (entity, name) => {
  expect(prefillOf(input(name), record(entity, { id: 7 }))).toEqual({ [name]: '7' })
})

test('its own name comes before a plain id, and another thing’s id is left alone', () => {
  expect(prefillOf(input('id', 'order'), record('orders', { id: '1' }))).toEqual({ order: '1' })
  expect(prefillOf(input('customer_id', 'amount'), record('orders', { id: '1' }))).toEqual({})
})

test('what is described as the id of such a record is taken where no name fits', () => {
  const properties = { into: { description: 'The id of the customer that stays' }, from: { description: 'The other' } }
  expect(prefillOf({ properties }, record('customers', { id: '1' }))).toEqual({ into: '1' })
})

test('a key of several columns is filled in whole or not at all', () => {
  const line = record('order_items', { order_id: '42', line: '3' })
  expect(prefillOf(input('orderId', 'line', 'note'), line)).toEqual({ orderId: '42', line: '3' })
  expect(prefillOf(input('orderId'), line)).toEqual({})
})

test('texts become what the schema asks for, to the last digit; what it does not know is left out', () => {
  const properties = {
    order: { type: 'integer' },
    id: { anyOf: [{ type: 'number' }, { type: 'null' }] },
    code: { type: 'string' },
    isPaid: { type: 'boolean' },
  }
  const read = readPrefilled(
    { properties },
    { order: '42', id: '12345678901234567890', code: '007', isPaid: 'true', other: '1' },
  )
  expect(printJson(read)).toBe('{"order":42,"id":12345678901234567890,"code":"007","isPaid":true}')
  expect(readPrefilled({ properties }, { order: 'many' })).toEqual({ order: 'many' })
})
