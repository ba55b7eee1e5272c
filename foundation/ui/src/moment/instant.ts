// An instant to the last digit that the database gave, and how it is written in the zone of whoever looks.

/** An instant; `fraction` are the digits of its second, as they were given. */
export type Instant = { date: Date; fraction: string }

const written = /^(\d{4,6}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?\s*(Z|[+-]\d\d(?::?\d\d)?)$/i

/**
 * Reads an instant as PostgreSQL, JSON and JavaScript write it; null where the text is none, or names no zone.
 *
 * @example
 * readInstant('2026-11-21 18:04:12.345678+09')?.fraction // '345678'
 */
export function readInstant(given: string | Date): Instant | null {
  if (given instanceof Date) return Number.isNaN(given.getTime()) ? null : { date: given, fraction: millis(given) }
  const [, day, time, fraction = '', zone] = written.exec(given.trim()) ?? []
  if (day === undefined || time === undefined || zone === undefined) return null
  const offset = zone.toUpperCase() === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '') || '00'}`
  const seconds = time.length === 5 ? `${time}:00` : time
  const date = new Date(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`)
  return Number.isNaN(date.getTime()) ? null : { date, fraction }
}

function millis(date: Date): string {
  const part = date.getUTCMilliseconds()
  return part === 0 ? '' : String(part).padStart(3, '0')
}

/**
 * An instant to its last digit in a zone, the viewer's unless given: `2026-11-21 18:04:12.345678 +09:00`.
 *
 * @example
 * exactText(readInstant('2026-11-21T09:04:12Z'), 'Asia/Seoul') // '2026-11-21 18:04:12 +09:00'
 */
export function exactText({ date, fraction }: Instant, zone?: string): string {
  const { year, month, day, hour, minute, second } = clockOf(date, zone)
  const digits = fraction.replace(/0+$/, '')
  const time = `${two(hour)}:${two(minute)}:${two(second)}${digits === '' ? '' : `.${digits}`}`
  return `${year}-${two(month)}-${two(day)} ${time} ${offsetText(date, zone)}`
}

/**
 * An instant to its second in a zone, the viewer's unless given, where many stand below each other: `2026-11-21 18:04:12`.
 *
 * @example
 * clockText(readInstant('2026-11-21T09:04:12.345Z'), 'Asia/Seoul') // '2026-11-21 18:04:12'
 */
export function clockText({ date }: Instant, zone?: string): string {
  const { year, month, day, hour, minute, second } = clockOf(date, zone)
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`
}

/** What a clock on the wall shows. */
export type Clock = { year: number; month: number; day: number; hour: number; minute: number; second: number }

const clocks = new Map<string | undefined, Intl.DateTimeFormat>()

/** What a clock in a zone shows at an instant; the viewer's zone unless given. */
export function clockOf(date: Date, zone?: string): Clock {
  let format = clocks.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    clocks.set(zone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  return { year, month, day, hour, minute, second }
}

/** How far a zone is from Greenwich at an instant: `+09:00`. */
function offsetText(date: Date, zone: string | undefined): string {
  const { year, month, day, hour, minute, second } = clockOf(date, zone)
  const there = Date.UTC(year, month - 1, day, hour, minute, second)
  const minutes = Math.round((there - Math.floor(date.getTime() / 1000) * 1000) / 60_000)
  const [sign, size] = minutes < 0 ? ['-', -minutes] : ['+', minutes]
  return `${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
