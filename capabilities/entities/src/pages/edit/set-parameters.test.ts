// What an address fills in a form with.
import { expect, test } from 'vitest'
import { printSet, readSet } from './set-parameters.ts'

test('fields are filled in by the text that the address has, to the last digit', () => {
  const search = '?set.id=12345678901234567890&set.name=Kim%20%26%20Lee&note=x&set.total=10.50'
  expect(readSet(search)).toEqual({ id: '12345678901234567890', name: 'Kim & Lee', total: '10.50' })
})

test('what the router puts in quotes is the text without them; quotes of one’s own stay', () => {
  expect(readSet('?set.id=%2242%22&set.name=%22Kim')).toEqual({ id: '42', name: '"Kim' })
  expect(readSet('')).toEqual({})
})

test('a link fills in what it was made of', () => {
  const fields = { order_id: '42', note: 'a=b&c' }
  expect(readSet(`?${new URLSearchParams(printSet(fields))}`)).toEqual(fields)
})
