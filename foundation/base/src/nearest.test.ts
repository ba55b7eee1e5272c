// Nearest names: what a person meant who wrote something else.
import { expect, test } from 'vitest'
import { nearestNames } from './nearest.ts'

const tables = ['orders', 'order_items', 'users', 'billing.invoices', 'user_sessions', 'products']

test.each([
  ['ordres', ['orders']],
  ['order', ['orders', 'order_items']],
  ['ORDERS', ['orders']],
  ['invoices', ['billing.invoices']],
  ['public.users', ['users']],
  ['usres', ['users']],
  ['sessions', ['user_sessions']],
  ['xyzzy', []],
  ['', []],
])('%s is near to %j', (word, expected) => {
  expect(nearestNames(word, tables)).toEqual(expected)
})

test('no more names than asked, the nearest first, none twice', () => {
  expect(nearestNames('aab', ['aaa', 'aab', 'aac', 'aad', 'aab'], 2)).toEqual(['aab', 'aaa'])
})

test('a word of millions of letters is near to nothing, and nobody waits for that', () => {
  expect(nearestNames('x'.repeat(20_000_000), tables)).toEqual([])
})
