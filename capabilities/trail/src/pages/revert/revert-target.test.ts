// What is to be reverted, out of an address.
import { expect, test } from 'vitest'
import { keyOfText } from './key-of-text.ts'
import { bodyOf, targetOf } from './revert-target.ts'

test('an address names an operation, one change of it, a record with a moment, or a procedure with a period', () => {
  expect(targetOf('o', {})).toEqual({ kind: 'operation', operation: 'o' })
  expect(targetOf('o', { change: 12 })).toEqual({ kind: 'change', change: '12', operation: 'o' })
  expect(targetOf(undefined, { change: '12' })).toEqual({ kind: 'change', change: '12', operation: null })
  const record = { entity: 'orders', key: '{"id":"7"}', to: '2026-03-02T00:00:00Z' }
  expect(targetOf(undefined, record)).toEqual({ kind: 'record', ...record })
  const several = { procedure: 'orders.zero', from: '2026-03-01', to: '2026-03-02' }
  expect(targetOf(undefined, several)).toEqual({ kind: 'several', ...several })
  for (const half of [{}, { entity: 'orders', key: '7' }, { procedure: 'orders.zero', from: '2026-03-01' }]) {
    expect(targetOf(undefined, half)).toBe(null)
  }
})

test('a key that the router took for an object is the same key', () => {
  const target = targetOf(undefined, { entity: 'orders', key: { id: '7' }, to: 'before-release' })
  expect(target).toMatchObject({ key: '{"id":"7"}' })
  expect(keyOfText('{"id":"7"}')).toEqual({ id: '7' })
  for (const other of ['7', 'id=7', '[7]', '', '{']) expect(keyOfText(other), other).toBe(null)
})

test('the route is asked for exactly one target', () => {
  expect(bodyOf({ kind: 'operation', operation: 'o' })).toEqual({ operation: 'o' })
  expect(bodyOf({ kind: 'change', change: '12', operation: 'o' })).toEqual({ change: '12' })
  const record = { entity: 'orders', key: '7', to: 'now' }
  expect(bodyOf({ kind: 'record', ...record })).toEqual(record)
})
