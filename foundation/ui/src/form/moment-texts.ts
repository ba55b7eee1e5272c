// The texts of a field for dates and moments.
import { exactText, readInstant } from '../moment/instant.ts'

type Kind = 'date' | 'moment' | 'local-moment'

/**
 * How a value is shown in its field: an instant in the viewer's zone (another one where it is given), to its last digit.
 *
 * @example
 * shownText('2026-11-21T09:04:00Z', 'moment', 'Asia/Seoul') // '2026-11-21 18:04:00 +09:00'
 */
export function shownText(value: string, kind: Kind, zone?: string): string {
  if (kind === 'date') return value
  if (kind === 'local-moment') return value.replace(/^(\d{4,6}-\d\d-\d\d)T/, '$1 ')
  const instant = readInstant(value)
  return instant === null ? value : exactText(instant, zone)
}

/** What the calendar gave, as it is written in the field. */
export function pickedText(picked: string, kind: Kind): string {
  if (kind === 'date') return picked
  const text = picked.replace('T', ' ')
  return /\d\d:\d\d:\d\d/.test(text) ? text : `${text}:00`
}

const withoutZone = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?)?$/

/**
 * A moment with the viewer's zone where it was written without any; everything else as it is.
 *
 * @example
 * withZone('2026-11-21 18:04') // '2026-11-21 18:04:00 +09:00' in Seoul
 */
export function withZone(text: string): string {
  const [, day, time = '00:00', seconds = ':00'] = withoutZone.exec(text.trim()) ?? []
  if (day === undefined) return text
  const [second = '', fraction = ''] = seconds.slice(1).split('.')
  // Without a zone it is the viewer's, also on days on which the clock there is put forward or back.
  const date = new Date(`${day}T${time}:${second}`)
  return Number.isNaN(date.getTime()) ? text : exactText({ date, fraction })
}

/**
 * An instant as `z.iso.datetime()` wants it: in UTC, to its last digit; null where the text is none.
 *
 * @example
 * utcText('2026-11-21 18:04:12.345678 +09:00') // '2026-11-21T09:04:12.345678Z'
 */
export function utcText(text: string): string | null {
  const instant = readInstant(withZone(text))
  if (instant === null) return null
  const digits = instant.fraction.replace(/0+$/, '')
  return `${instant.date.toISOString().slice(0, 19)}${digits === '' ? '' : `.${digits}`}Z`
}
