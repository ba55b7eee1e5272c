// Figures: when a floor holds, when a goal is reached, and that the two never contradict what is printed.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { figure, judge, rounded } from './figure.ts'

const capacity = { name: 'capacity', unit: 'ratio', better: 'higher', floor: 0.68, goal: 0.75 } as const
const bytes = { name: 'bytes', unit: 'bytes', better: 'lower', floor: 320, goal: 280 } as const

test('where higher is better, the bounds are reached from below', () => {
  expect(judge(capacity, 0.8)).toBe('goal')
  expect(judge(capacity, 0.75)).toBe('goal')
  expect(judge(capacity, 0.7)).toBe('floor')
  expect(judge(capacity, 0.68)).toBe('floor')
  expect(judge(capacity, 0.67)).toBe('missed')
})

test('where lower is better, the bounds are reached from above', () => {
  expect(judge(bytes, 100)).toBe('goal')
  expect(judge(bytes, 280)).toBe('goal')
  expect(judge(bytes, 320)).toBe('floor')
  expect(judge(bytes, 321)).toBe('missed')
})

test('without a floor and a goal nothing is judged', () => {
  expect(figure({ name: 'wal', unit: 'bytes', better: 'lower' }, [1])).toMatchObject({
    floor: null,
    goal: null,
    reached: null,
  })
})

test('a figure is the median of its rounds, with their extremes', () => {
  expect(figure(capacity, [0.7, 0.9, 0.6])).toEqual({
    name: 'capacity',
    value: 0.7,
    unit: 'ratio',
    floor: 0.68,
    goal: 0.75,
    better: 'higher',
    reached: 'floor',
    min: 0.6,
    max: 0.9,
  })
})

test('what is judged is what is printed', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 1, noNaN: true }), (value) => {
      const { value: shown, reached } = figure(capacity, [value])
      expect(reached).toBe(judge(capacity, shown))
      expect(shown).toBe(rounded(value))
    }),
  )
})
