// The ninety days of the demo, in the time of Seoul, where the people of the demo work.

/** A minute, an hour and a day in milliseconds. */
export const minuteMs = 60_000
/** See `minuteMs`. */
export const hourMs = 60 * minuteMs
/** See `minuteMs`. */
export const dayMs = 24 * hourMs

// Korea has no summer time.
const seoulOffsetMs = 9 * hourMs

/** How many days the demo tells of, and how many of them, the last, are made by running the service. */
export const toldDays = 90
/** See `toldDays`. */
export const servedDays = 3

/** Days are counted back from today, which is 0; instants are milliseconds since 1970. */
export class Calendar {
  readonly now: number
  /** Where imported history ends, and the trail begins: midnight in Seoul. */
  readonly trailBegins: number

  constructor(now: Date) {
    this.now = now.getTime()
    this.trailBegins = this.at(servedDays, '00:00')
  }

  /** A time of day in Seoul, so many days ago: at(1, '18:04') is yesterday evening. */
  at(daysAgo: number, time: string): number {
    const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number)
    const midnight = Math.floor((this.now + seoulOffsetMs) / dayMs) * dayMs - seoulOffsetMs
    return midnight - daysAgo * dayMs + hours * hourMs + minutes * minuteMs + seconds * 1000
  }

  /** How much happens on a day, compared with a usual one. */
  busyness(daysAgo: number): number {
    const weekday = new Date(this.at(daysAgo, '12:00') + seoulOffsetMs).getUTCDay()
    if (weekday === 0) return 0.25
    return weekday === 6 ? 0.35 : 1
  }
}

/** An instant as PostgreSQL's JSON writes it. */
export function instant(at: number): string {
  return new Date(at).toISOString().replace(/(?:\.000|(\.\d*?)0*)Z$/, '$1+00:00')
}

/** The day of an instant in Seoul, as PostgreSQL writes dates. */
export function dateOf(at: number): string {
  return new Date(at + seoulOffsetMs).toISOString().slice(0, 10)
}
