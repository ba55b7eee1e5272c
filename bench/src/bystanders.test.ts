// Bystanders: what others take is told apart from what we take, and told plainly.
import { expect, test } from 'vitest'
import { describeBystanders, readTotals, shareOfOthers, watchBystanders } from './bystanders.ts'

test('what is neither idle nor ours is somebody else’s', () => {
  const before = { all: 1000, idle: 500, ours: 100 }
  expect(shareOfOthers(before, { all: 1200, idle: 600, ours: 190 })).toBeCloseTo(0.05)
  expect(shareOfOthers(before, { all: 1200, idle: 600, ours: 205 })).toBe(0)
  expect(shareOfOthers(before, before)).toBe(0)
})

test('waiting for the disk is idle, and time of guests is not counted twice', () => {
  expect(readTotals('cpu  10 1 20 300 40 2 3 4 9 9\ncpu0 1 1 1 1\n')).toEqual({ all: 380, idle: 340 })
})

test('a quiet machine is stated, a busy one is a warning', () => {
  expect(describeBystanders(null)).toBeNull()
  expect(describeBystanders(0.004)).toBe('Others took 0.4 % of the processor time during this run.')
  expect(describeBystanders(0.31)).toMatch(/^NOT A QUIET MACHINE: others took 31 %/)
})

test.runIf(process.platform === 'linux')('a share is a share', async () => {
  const read = await watchBystanders()
  const share = await read()
  expect(share).toBeGreaterThanOrEqual(0)
  expect(share).toBeLessThanOrEqual(1)
})
