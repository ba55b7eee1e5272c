// Reports: a table in which a missed floor cannot be overlooked.
import { expect, test } from 'vitest'
import { figure } from './figure.ts'
import { showReport } from './report.ts'

test('each figure is a line with its range, its bounds and what it reached', () => {
  const text = showReport({
    name: 'trail',
    machine: 'a machine',
    note: 'first\nsecond',
    figures: [
      figure({ name: 'trail.capacity', unit: 'ratio', better: 'higher', floor: 0.68, goal: 0.75 }, [0.71, 0.72, 0.7]),
      figure({ name: 'trail.bytes', unit: 'bytes', better: 'lower', floor: 320, goal: 280 }, [401]),
      figure({ name: 'trail.wal', unit: 'bytes', better: 'lower' }, [12345.6]),
    ],
  })
  expect(text).toMatch(/^trail {2}on {2}a machine$/m)
  expect(text).toMatch(/^trail\.capacity +0\.71 +ratio +0\.7 … 0\.72 +≥ 0\.68 +≥ 0\.75 +floor reached$/m)
  expect(text).toMatch(/^trail\.bytes +401 +bytes +401 … 401 +≤ 320 +≤ 280 +MISSED$/m)
  expect(text).toMatch(/^trail\.wal +12,350 +bytes +12,350 … 12,350$/m)
  expect(text.endsWith('first\nsecond')).toBe(true)
})
