// The steps of "as it was on": the moments right after each entry, and now.
import type { Entry } from './group-entries.ts'

/**
 * A step: the record right after an entry, `at` its instant. `when` is what to ask for: the operation that came next, since the state
 * before an operation that touched the record is known exactly, where an instant may not be. Null is now.
 */
export type LookBackStep = { when: string | null; at: string; entry: Entry }

/**
 * From the oldest entry to the newest; after the newest one nothing has happened: that is now. What lies between imported entries
 * is left out: nobody recorded it.
 */
export function lookBackSteps(entries: readonly Entry[]): LookBackStep[] {
  return entries
    .flatMap((entry, place): LookBackStep[] => {
      const next = entries[place - 1]
      if (next?.changes.some(({ imported }) => imported) === true) return []
      return [{ when: next?.operation.id ?? null, at: entry.changes[0].at, entry }]
    })
    .toReversed()
}

/** The step that shows the record as at a moment: the one that asks for it, or the latest that is not after it. Null stands before all. */
export function stepAt(steps: readonly LookBackStep[], when: string | null): number | null {
  const same = steps.findIndex((step) => step.when === when)
  if (same >= 0) return same
  const asked = Date.parse(when ?? '')
  const place = steps.findLastIndex(({ at }) => Date.parse(at) <= asked)
  return place < 0 ? null : place
}

/**
 * What a field for dates holds, in the viewer's zone, as an instant; null where it holds none.
 *
 * @example
 * instantOfField('2026-03-02T14:00') // '2026-03-02T05:00:00.000Z' in Seoul
 */
export function instantOfField(text: string): string | null {
  // "2026-11-21 18:04:00 +09:00" is how people read it; with a T and without the space every browser does, too.
  const date = new Date(
    text
      .trim()
      .replace(/^(\d{4}-\d\d-\d\d)$/, '$1T00:00')
      .replace(/^(\d{4}-\d\d-\d\d) /, '$1T')
      .replace(' ', ''),
  )
  return text === '' || Number.isNaN(date.getTime()) ? null : date.toISOString()
}

/** An instant as a field for dates shows it, in the viewer's zone. */
export function fieldOfInstant(instant: string): string {
  const date = new Date(instant)
  if (Number.isNaN(date.getTime())) return ''
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}
