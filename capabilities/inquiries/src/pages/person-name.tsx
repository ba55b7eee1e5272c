// Somebody by their name alone: that colleagues are staff needs not to be said.
import { ActorName } from '@steward/ui'
import type { Inquiry } from './use-inquiries.ts'

/** Who it is; their id on hover. */
export function PersonName({ person }: { person: Inquiry['askedBy'] }) {
  if (person.type !== 'staff') return <ActorName actor={{ ...person, name: person.name ?? null }} />
  return <span title={person.id}>{person.name ?? person.id}</span>
}
