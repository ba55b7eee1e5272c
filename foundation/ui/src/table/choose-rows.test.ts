// Which rows are chosen after somebody chose one, or all between two.
import { expect, it } from 'vitest'
import { chooseAll, chooseRows } from './choose-rows.ts'

const keys = ['a', 'b', 'c', 'd']

it('takes one in, and out again', () => {
  const one = chooseRows(new Set(), keys, { key: 'b', from: null })
  expect([...one]).toEqual(['b'])
  expect([...chooseRows(one, keys, { key: 'b', from: null })]).toEqual([])
})

it('takes all between two, in either direction', () => {
  expect([...chooseRows(new Set(['b']), keys, { key: 'd', from: 'b' })]).toEqual(['b', 'c', 'd'])
  expect([...chooseRows(new Set(['c']), keys, { key: 'a', from: 'c' })].toSorted()).toEqual(['a', 'b', 'c'])
})

it('takes a range out where its end is in', () => {
  expect([...chooseRows(new Set(keys), keys, { key: 'd', from: 'b' })]).toEqual(['a'])
})

it('forgets where a range began that is not shown any more', () => {
  expect([...chooseRows(new Set(['gone']), keys, { key: 'c', from: 'gone' })]).toEqual(['gone', 'c'])
})

it('takes all in, or all of these out', () => {
  expect([...chooseAll(new Set(['b', 'z']), keys)]).toEqual(['b', 'z', 'a', 'c', 'd'])
  expect([...chooseAll(new Set([...keys, 'z']), keys)]).toEqual(['z'])
})
