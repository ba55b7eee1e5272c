// The search of an address: texts stay texts, to their last digit.
import { expect, test } from 'vitest'
import { readSearch, writeSearch } from './search-params.ts'

test('what looks like a number, a switch or JSON stays a text', () => {
  const values = { q: '0042', id: '9007199254740993', is: 'true', json: '{"a":1}', empty: '', odd: 'a&b=c+d %2F 한' }
  expect(readSearch(writeSearch(values))).toEqual(values)
})

test('a name that is given several times is a list', () => {
  expect(readSearch('?by=user&by=staff&q=1')).toEqual({ by: ['user', 'staff'], q: '1' })
  expect(writeSearch({ by: ['user', 'staff'] })).toBe('?by=user&by=staff')
})

test('what is not set is left out', () => {
  expect(writeSearch({ a: undefined, b: null, c: false, d: [] })).toBe('')
  expect(writeSearch({ page: 2, on: true, where: { id: 7 } })).toBe(
    `?page=2&on=1&where=${encodeURIComponent('{"id":7}')}`,
  )
})
