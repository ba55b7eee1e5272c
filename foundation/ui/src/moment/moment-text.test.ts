// Moments as people say them, in both languages, whichever zone they are looked at from.
import { describe, expect, it } from 'vitest'
import { exactText, readInstant } from './instant.ts'
import { dayText, momentText } from './moment-text.ts'

const zone = 'Asia/Seoul'
const now = new Date('2026-11-22T09:04:00Z')
const said = (at: string) => {
  const { date } = readInstant(at) as { date: Date }
  return [momentText(date, 'en', { now, zone }), momentText(date, 'ko', { now, zone })]
}

describe('a moment in words', () => {
  it.each([
    ['2026-11-22T09:03:30Z', 'just now', '방금'],
    ['2026-11-22T09:02:45Z', '1 minute ago', '1분 전'],
    ['2026-11-22T08:12:00Z', '52 minutes ago', '52분 전'],
    ['2026-11-22T09:14:00Z', 'in 10 minutes', '10분 뒤'],
    ['2026-11-22T03:00:00Z', 'today 12:00', '오늘 12:00'],
    ['2026-11-21T09:04:00Z', 'yesterday 18:04', '어제 18:04'],
    ['2026-11-23T00:00:00Z', 'tomorrow 09:00', '내일 09:00'],
    ['2026-11-20T09:04:00Z', 'Fri 20 Nov 18:04', '11월 20일 (금) 18:04'],
    ['2025-11-02T00:00:00Z', '2 Nov 2025 09:00', '2025년 11월 2일 09:00'],
  ])('says %s', (at, english, korean) => {
    expect(said(at)).toEqual([english, korean])
  })

  it('counts days on the calendar of the zone, not in spans of 24 hours', () => {
    const late = new Date('2026-11-21T15:30:00Z')
    expect(momentText(late, 'en', { now, zone })).toBe('today 00:30')
    expect(momentText(late, 'en', { now, zone: 'America/New_York' })).toBe('yesterday 10:30')
  })

  it('names the year of a day in another one', () => {
    expect(dayText(new Date('2025-12-31T15:30:00Z'), 'ko', { now, zone })).toBe('1월 1일 (목)')
    expect(dayText(new Date('2025-12-31T14:30:00Z'), 'ko', { now, zone })).toBe('2025년 12월 31일')
  })
})

describe('an exact instant', () => {
  it.each([
    ['2026-11-21T09:04:12.345678Z', '2026-11-21 18:04:12.345678 +09:00'],
    ['2026-11-21 09:04:12.345678+00', '2026-11-21 18:04:12.345678 +09:00'],
    ['2026-11-21T09:04:12.500000+00:00', '2026-11-21 18:04:12.5 +09:00'],
    ['2026-11-21 14:34:00+0530', '2026-11-21 18:04:00 +09:00'],
  ])('keeps every digit of %s', (given, shown) => {
    expect(exactText(readInstant(given) as NonNullable<ReturnType<typeof readInstant>>, zone)).toBe(shown)
  })

  it('is none without a zone, and none that no calendar has', () => {
    expect(readInstant('2026-11-21 18:04:12')).toBeNull()
    expect(readInstant('2026-13-41T09:04:12Z')).toBeNull()
    expect(readInstant('infinity')).toBeNull()
    expect(readInstant(new Date(Number.NaN))).toBeNull()
  })

  it('writes the offset of a zone behind Greenwich', () => {
    expect(exactText({ date: now, fraction: '' }, 'America/St_Johns')).toBe('2026-11-22 05:34:00 -03:30')
  })
})
