// Dates and moments in a form: nothing is lost, and a moment has a zone.
import { expect, it } from 'vitest'
import { pickedText, shownText, utcText, withZone } from './moment-texts.ts'

it('shows an instant in the zone of whoever looks, and what has none as it is', () => {
  expect(shownText('2026-11-21T09:04:12.345678+00:00', 'moment', 'Asia/Seoul')).toBe(
    '2026-11-21 18:04:12.345678 +09:00',
  )
  expect(shownText('2026-11-21T09:04:12.345678', 'local-moment')).toBe('2026-11-21 09:04:12.345678')
  expect(shownText('2026-11-21', 'date')).toBe('2026-11-21')
  expect(shownText('infinity', 'moment')).toBe('infinity')
})

it('takes what a calendar gives', () => {
  expect(pickedText('2026-11-21T18:04', 'local-moment')).toBe('2026-11-21 18:04:00')
  expect(pickedText('2026-11-21T18:04:05', 'moment')).toBe('2026-11-21 18:04:05')
  expect(pickedText('2026-11-21', 'date')).toBe('2026-11-21')
})

it('gives a moment the zone of whoever wrote it, and no other one', () => {
  const zoned = withZone('2026-11-21 18:04:12.5')
  expect(zoned).toMatch(/^2026-11-21 18:04:12\.5 [+-]\d\d:\d\d$/)
  expect(withZone('2026-11-21')).toMatch(/^2026-11-21 00:00:00 [+-]/)
  expect(withZone(zoned)).toBe(zoned)
  expect(withZone('tomorrow')).toBe('tomorrow')
})

it('says a moment in UTC, to its last digit', () => {
  expect(utcText('2026-11-21 18:04:12.345678 +09:00')).toBe('2026-11-21T09:04:12.345678Z')
  expect(utcText('2026-11-21T09:04:00Z')).toBe('2026-11-21T09:04:00Z')
  expect(utcText('soon')).toBeNull()
})
