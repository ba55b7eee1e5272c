// Keys of records as texts: the same back and forth, also where a value looks like something else.
import { expect, it } from 'vitest'
import { keyText, readKeyText } from './record-key.ts'

const orders = { key: ['id'] }
const items = { key: ['order_id', 'line'] }

it.each([
  [orders, { id: '42' }, '42'],
  [orders, { id: 42 }, '42'],
  [orders, { id: 'a=b, c' }, '["a=b, c"]'],
  [orders, { id: '' }, '[""]'],
  [items, { line: 3, order_id: '42' }, 'order_id=42,line=3'],
  [items, { order_id: 'a,b', line: '3' }, '{"order_id":"a,b","line":"3"}'],
])('of %o, %o is kept as %s, and read again', (entity, recordKey, text) => {
  expect(keyText(entity, recordKey)).toBe(text)
  const texts = Object.fromEntries(
    entity.key.map((column) => [column, String((recordKey as Record<string, unknown>)[column])]),
  )
  expect(readKeyText(entity, text)).toEqual(texts)
})

it('reads what was asked on the command line', () => {
  expect(readKeyText(orders, 'id=42')).toEqual({ id: '42' })
  expect(readKeyText(orders, '{"id": 9007199254740993}')).toEqual({ id: '9007199254740993' })
  expect(readKeyText(items, '[42, 3]')).toEqual({ order_id: '42', line: '3' })
})

it('knows no key where there is none', () => {
  expect(keyText({ key: [] }, { id: '42' })).toBeNull()
  expect(keyText(orders, { id: null })).toBeNull()
  expect(readKeyText(items, '42')).toBeNull()
  expect(readKeyText({ key: [] }, '42')).toBeNull()
})
