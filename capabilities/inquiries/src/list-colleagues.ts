// To whom an inquiry can be given: the people of this installation, and whoever has had to do with inquiries.
import type { Queryable } from '@steward/postgres'
import type { Colleague } from './person.ts'
import { selectParticipants } from './store/people.ts'

/**
 * Asks who works here; `disabledAt` says who does no more. Kept by whoever knows people, and wired by the composition root.
 *
 * @example
 * const nobody: ListPeople = async () => []
 */
export type ListPeople = (office: Queryable) => Promise<readonly (Colleague & { disabledAt: string | null })[]>

/** By name. Who may not come in any more is not among them. */
export async function listColleagues(office: Queryable, listPeople: ListPeople): Promise<Colleague[]> {
  const people = await listPeople(office)
  const known = new Set(people.map(({ id }) => id))
  // Where a team signs people in by its own means, nobody is known but by what they did.
  const others = (await selectParticipants(office)).filter(({ id }) => !known.has(id))
  const active = people.filter(({ disabledAt }) => disabledAt === null)
  const colleagues = [...active, ...others].map(({ id, name, email }) => ({ id, name, email }))
  return colleagues.sort((one, other) => (one.name ?? one.id).localeCompare(other.name ?? other.id))
}

/** By id, or by e-mail address, whose capitals make no difference; null where there is nobody. */
export async function findColleague(
  office: Queryable,
  person: string,
  listPeople: ListPeople,
): Promise<Colleague | null> {
  const colleagues = await listColleagues(office, listPeople)
  const address = person.toLowerCase()
  return (
    colleagues.find(({ id }) => id === person) ??
    colleagues.find(({ email }) => email?.toLowerCase() === address) ??
    null
  )
}
