// Entities as people write them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatEntity, parseEntity } from './entity.ts'

test.each([
  ['orders', 'public', 'orders'],
  ['billing.orders', 'billing', 'orders'],
  ['"my.schema".orders', 'my.schema', 'orders'],
  ['"say ""hi"""', 'public', 'say "hi"'],
  ['Order Items', 'public', 'Order Items'],
  ['"quoted"', 'public', 'quoted'],
  ['주문', 'public', '주문'],
])('%s is %s and %s', (text, schema, name) => {
  expect(parseEntity(text)).toEqual({ schema, name })
})

test.each(['', '.', 'a.', '.a', 'a.b.c', '"a', 'a"b', '""', 'a\0'])('%j is refused', (text) => {
  expect(() => parseEntity(text)).toThrow(expect.objectContaining({ code: 'POSTGRES_ENTITY_NAME', status: 400 }))
})

test('public is left out', () => {
  expect(formatEntity({ schema: 'public', name: 'orders' })).toBe('orders')
  expect(formatEntity({ schema: 'billing', name: 'orders' })).toBe('billing.orders')
})

test('every name that can be written can be read', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !value.includes('\0'))
  fc.assert(
    fc.property(name, name, (schema, table) => {
      const entity = { schema, name: table }
      expect(parseEntity(formatEntity(entity))).toEqual(entity)
    }),
    { numRuns: 1000 },
  )
})
