// Moments as people say them: how long ago while it is recent, then the day and the time.
import type { Language } from '../language/language.ts'
import { type Clock, clockOf } from './instant.ts'

/** From when a moment is looked at, and in which zone: now, and the viewer's, unless given. */
export type Viewpoint = { now?: Date | undefined; zone?: string | undefined }

/**
 * A moment in words: `just now`, `3 minutes ago`, `today 18:04`, `yesterday 18:04`, `Sat 21 Nov 18:04`, `2 Nov 2025 09:00`; in Korean `방금`,
 * `3분 전`, `오늘 18:04`, `어제 18:04`, `11월 21일 (토) 18:04`, `2025년 11월 2일 09:00`.
 *
 * @example
 * momentText(new Date(), 'ko') // '방금'
 */
export function momentText(at: Date, language: Language, { now = new Date(), zone }: Viewpoint = {}): string {
  const seconds = Math.round((now.getTime() - at.getTime()) / 1000)
  if (Math.abs(seconds) < 45) return words[language].now
  const minutes = Math.round(Math.abs(seconds) / 60)
  if (minutes < 60) return words[language].minutes(minutes, seconds > 0)
  const clock = clockOf(at, zone)
  const time = timeText(clock)
  const days = dayOf(clockOf(now, zone)) - dayOf(clock)
  const near = words[language].days[String(days)]
  return near === undefined ? `${dayText(at, language, { now, zone })} ${time}` : `${near} ${time}`
}

/**
 * The day of a moment: `Sat 21 Nov`, `11월 21일 (토)`; with the year where it is another one than now.
 *
 * @example
 * dayText(new Date('2026-11-21T09:04:00Z'), 'ko') // '11월 21일 (토)'
 */
export function dayText(at: Date, language: Language, { now = new Date(), zone }: Viewpoint = {}): string {
  const clock = clockOf(at, zone)
  const weekday = new Date(dayOf(clock) * dayMs).getUTCDay()
  const isThisYear = clock.year === clockOf(now, zone).year
  return words[language].day(clock, weekday, isThisYear)
}

const dayMs = 86_400_000

/** Days since 1970 on the wall's calendar. */
function dayOf({ year, month, day }: Clock): number {
  return Date.UTC(year, month - 1, day) / dayMs
}

function timeText({ hour, minute }: Clock): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

const english = {
  weekdays: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}
const koreanWeekdays = '일월화수목금토'

type MomentWords = {
  now: string
  minutes: (count: number, isPast: boolean) => string
  days: Record<string, string>
  day: (clock: Clock, weekday: number, isThisYear: boolean) => string
}

const words: Record<Language, MomentWords> = {
  en: {
    now: 'just now',
    minutes: (count, isPast) => {
      const span = count === 1 ? '1 minute' : `${count} minutes`
      return isPast ? `${span} ago` : `in ${span}`
    },
    days: { '0': 'today', '1': 'yesterday', '-1': 'tomorrow' },
    day: ({ year, month, day }, weekday, isThisYear) => {
      const date = `${day} ${english.months[month - 1]}`
      return isThisYear ? `${english.weekdays[weekday]} ${date}` : `${date} ${year}`
    },
  },
  ko: {
    now: '방금',
    minutes: (count, isPast) => `${count}분 ${isPast ? '전' : '뒤'}`,
    days: { '0': '오늘', '1': '어제', '-1': '내일' },
    day: ({ year, month, day }, weekday, isThisYear) =>
      isThisYear ? `${month}월 ${day}일 (${koreanWeekdays[weekday]})` : `${year}년 ${month}월 ${day}일`,
  },
}
