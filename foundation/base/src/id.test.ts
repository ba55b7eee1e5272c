// Ids: their form, their order, and that there are never two alike.
import { expect, test, vi } from 'vitest'
import { timeOrderedId } from './id.ts'

test('an id is a UUID of version 7 that begins with the time', () => {
  const before = Date.now()
  const id = timeOrderedId()
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  const time = Number.parseInt(id.replace('-', '').slice(0, 12), 16)
  expect(time).toBeGreaterThanOrEqual(before)
  expect(time).toBeLessThanOrEqual(Date.now() + 1000)
})

test('a hundred thousand ids are all different and already in order', () => {
  const ids = Array.from({ length: 100_000 }, () => timeOrderedId())
  expect(new Set(ids).size).toBe(ids.length)
  expect([...ids].sort()).toEqual(ids)
})

test('ids stay in order when the clock is set back', () => {
  const first = timeOrderedId()
  vi.spyOn(Date, 'now').mockReturnValue(0)
  const second = timeOrderedId()
  vi.restoreAllMocks()
  expect(second > first).toBe(true)
})
