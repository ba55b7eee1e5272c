// Moments as customers read them, in their own time zone.

type Moment = { at: string; timeZone: string; now: string }

/** `11월 21일 (토) 18:04`; with its year where that is not this one, and with its zone outside Korea. */
export function koreanMoment({ at, timeZone, now }: Moment): string {
  const { year, month, day, weekday, hour, minute, zone } = partsOf(at, timeZone, 'ko-KR')
  const years = year === partsOf(now, timeZone, 'ko-KR').year ? '' : `${year}년 `
  const zones = timeZone === 'Asia/Seoul' ? '' : ` (${zone})`
  return `${years}${month}월 ${day}일 (${weekday}) ${hour}:${minute}${zones}`
}

/** `Sat, Nov 21 at 18:04 (GMT+9)`; with its year where that is not this one. */
export function englishMoment({ at, timeZone, now }: Moment): string {
  const { year, month, day, weekday, hour, minute, zone } = partsOf(at, timeZone, 'en-US')
  const years = year === partsOf(now, timeZone, 'en-US').year ? '' : `, ${year}`
  const name = months[Number(month) - 1] as string
  return `${weekday}, ${name} ${day}${years} at ${hour}:${minute} (${zone})`
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function partsOf(at: string, timeZone: string, locale: 'ko-KR' | 'en-US') {
  const date = new Date(at)
  const numbers = partsIn(date, 'en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  })
  const { weekday } = partsIn(date, locale, { timeZone, weekday: 'short' })
  const zone = numbers.timeZoneName ?? ''
  return { ...numbers, weekday, zone: /^GMT(\+0)?$/.test(zone) ? 'UTC' : zone }
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>

function partsIn(date: Date, locale: string, options: Intl.DateTimeFormatOptions): Parts {
  const parts = new Intl.DateTimeFormat(locale, options).formatToParts(date)
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]))
}
