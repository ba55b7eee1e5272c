// Results of several sources: one order whatever answers first, nothing twice, and steps that go round.
import type { SearchItem } from '@steward/ui'
import { expect, test } from 'vitest'
import { type Answered, mergeFound, stepTo } from './merge-found.ts'

const item = (id: string, more: Partial<SearchItem> = {}): SearchItem => ({
  id,
  label: id,
  detail: null,
  group: null,
  path: `/${id}`,
  ...more,
})
const source = (name: string, order: number, items: SearchItem[] | undefined): Answered => ({
  source: { name, label: { en: name, ko: `${name} ko` }, order },
  items,
})
const orders = { en: 'Orders', ko: '주문' }

test('groups stand in the order of their sources, and within a source as it gave them', () => {
  const found = mergeFound([
    source('trail', 30, [item('operation')]),
    source('entities', 10, [item('kim', { group: { en: 'Customers', ko: '고객' } }), item('7', { group: orders })]),
  ])
  expect(found.map(({ label }) => label.en)).toEqual(['Customers', 'Orders', 'trail'])
})

test('a source that has not answered holds nobody up', () => {
  expect(mergeFound([source('entities', 10, undefined), source('trail', 30, [item('a')])])).toHaveLength(1)
  expect(mergeFound([source('entities', 10, undefined)])).toEqual([])
})

test('items of one group come together, and a page that two sources found is shown once', () => {
  const [only, ...others] = mergeFound([
    source('inquiries', 20, [item('again', { path: '/7' })]),
    source('entities', 10, [item('7', { group: orders }), item('8', { group: orders })]),
  ])
  expect(only?.items.map(({ label }) => label)).toEqual(['7', '8'])
  expect(others).toEqual([])
})

test('options are told apart also where two sources use the same id', () => {
  const groups = mergeFound([source('a', 1, [item('1')]), source('b', 2, [item('1', { path: '/other' })])])
  expect(new Set(groups.flatMap(({ items }) => items.map(({ option }) => option))).size).toBe(2)
})

test('steps go round, and begin anew where the chosen one is gone', () => {
  const options = ['a', 'b', 'c']
  expect([stepTo(options, 'c', 1), stepTo(options, 'a', -1), stepTo(options, 'b', 1)]).toEqual(['a', 'c', 'c'])
  expect([stepTo(options, 'gone', 1), stepTo(options, null, -1), stepTo([], 'a', 1)]).toEqual(['a', 'c', null])
})
