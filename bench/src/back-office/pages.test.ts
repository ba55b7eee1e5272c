// How long a page waited for what it had asked for: time in which several answers were on their way counts once.
import { expect, test } from 'vitest'
import { covered } from './pages.ts'

test('what overlaps counts once, gaps do not count', () => {
  const fetched = [
    { startedAt: 100, ms: 20 },
    { startedAt: 0, ms: 50 },
    { startedAt: 10, ms: 10 },
    { startedAt: 40, ms: 30 },
  ]
  expect(covered(fetched, 1000)).toBe(70 + 20)
})

test('what goes on after the end does not count', () => {
  expect(covered([{ startedAt: 30, ms: 500 }], 100)).toBe(70)
  expect(covered([{ startedAt: 130, ms: 500 }], 100)).toBe(0)
  expect(covered([], 100)).toBe(0)
})
