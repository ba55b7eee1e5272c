// Statistics: what the middle of some values is, and what two variants' rounds say together.
import { expect, test } from 'vitest'
import { byRound, median, quantile, ratios } from './statistics.ts'

test('the median of an odd number of values is the one in the middle, whatever their order', () => {
  expect(median([9, 1, 5])).toBe(5)
})

test('the median of an even number of values lies between the two in the middle', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5)
})

test('one slow round does not move the median', () => {
  expect(median([10, 11, 10, 11, 5000])).toBe(11)
})

test('a quantile falls between values where its place does', () => {
  expect(quantile([0, 10], 0.25)).toBe(2.5)
  expect(quantile([1, 2, 3], 0)).toBe(1)
  expect(quantile([1, 2, 3], 1)).toBe(3)
})

test('the values that are given are left in their order', () => {
  const values = [3, 1, 2]
  median(values)
  expect(values).toEqual([3, 1, 2])
})

test('no values have no median', () => {
  expect(() => median([])).toThrow(RangeError)
})

test('ratios are of the same round, so a slow moment of the machine strikes both', () => {
  expect(ratios([70, 7], [100, 10])).toEqual([0.7, 0.7])
})

test('rounds that have no partner are refused', () => {
  expect(() => byRound([1, 2], [1], (a, b) => a - b)).toThrow(RangeError)
})
