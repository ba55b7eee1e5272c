// The people of several weeks, each once.
import type { AnswerOf } from '@steward/contract'
import type { inquiriesContract } from '../../contract.ts'

/** One week of the report. */
export type Week = AnswerOf<(typeof inquiriesContract)['week']>[number]

/** Somebody with their number. */
export type PersonCount = { id: string; name: string; count: number }

/**
 * Who asked, and who answered, the most first.
 *
 * @example
 * const { askers } = sumPeople(weeks)
 */
export function sumPeople(weeks: readonly Week[]): { askers: PersonCount[]; owners: PersonCount[] } {
  return {
    askers: sum(weeks.flatMap(({ askers }) => askers.map(({ person, asked }) => ({ person, count: asked })))),
    owners: sum(weeks.flatMap(({ owners }) => owners.map(({ person, answered }) => ({ person, count: answered })))),
  }
}

type Counted = { person: Week['askers'][number]['person']; count: number }

function sum(counted: readonly Counted[]): PersonCount[] {
  const people = new Map<string, PersonCount>()
  for (const { person, count } of counted) {
    const id = `${person.type} ${person.id}`
    const known = people.get(id)
    people.set(id, { id, name: person.name ?? person.id, count: count + (known?.count ?? 0) })
  }
  return [...people.values()].toSorted((one, other) => other.count - one.count || one.name.localeCompare(other.name))
}
