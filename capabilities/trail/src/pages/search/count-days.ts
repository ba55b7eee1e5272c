// Operations a day, out of what the server counts by procedure, by actor or by entity.
import type { ActivityStep } from '../answers.ts'
import type { SearchFilter } from './operation-filter.ts'

/** By what the server is asked to count, and what of its answer is looked at; null is all of it. */
export type ActivityQuestion = { by: 'procedure' | 'actor' | 'entity'; name: string | null }

/** A day of the viewer's calendar (`2026-03-02`), in which so many operations were. */
export type DayCount = { day: string; operations: number }

/** What the bars count: the server counts by one thing at a time, the most telling part of the filter. */
export function activityQuestion({ procedure, actor, entity }: SearchFilter): ActivityQuestion {
  if (procedure !== undefined) return { by: 'procedure', name: procedure }
  if (actor !== undefined) return { by: 'actor', name: actor }
  if (entity !== undefined) return { by: 'entity', name: entity }
  return { by: 'procedure', name: null }
}

/** A count for each day up to the last, also where nothing was. `days` says how many. */
export function countDays(
  steps: readonly ActivityStep[],
  { by, name }: ActivityQuestion,
  { last, days }: { last: Date; days: number },
): DayCount[] {
  const counts = new Map<string, number>()
  for (const step of steps) {
    if (name !== null && !isNamed(step, by, name)) continue
    const day = dayOf(new Date(step.at))
    counts.set(day, (counts.get(day) ?? 0) + step.operations)
  }
  return Array.from({ length: days }, (_, place) => {
    const day = dayOf(daysBefore(last, days - 1 - place))
    return { day, operations: counts.get(day) ?? 0 }
  })
}

/** The day of the viewer's calendar that is so many days before; at noon, which every day has. */
export function daysBefore(last: Date, days: number): Date {
  return new Date(last.getFullYear(), last.getMonth(), last.getDate() - days, 12)
}

/** A day of the viewer's calendar: `2026-03-02`. */
export function dayOf(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${date.getFullYear()}-${month}-${day}`
}

function isNamed({ procedure, actor, entity }: ActivityStep, by: ActivityQuestion['by'], name: string): boolean {
  if (by === 'entity') return entity === name
  if (by === 'actor') return actor !== undefined && (actor.id === name || `${actor.type}:${actor.id}` === name)
  if (!name.endsWith('*')) return procedure === name
  return procedure?.startsWith(name.slice(0, -1)) === true
}
