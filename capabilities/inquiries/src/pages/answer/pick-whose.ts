// Whose changes an answer tells of, before anybody has chosen: nobody may hear of what happened to another customer.
import { type CountedOwner, type Owner, ownerId } from './changes-of.ts'

/** All that the operation changed. */
export const everything = 'all'

/** What there is to choose from. */
type Choice = { subject: Owner | null; owners: readonly CountedOwner[]; actorType: string }

/**
 * The subject where the operation touched it; everything where the customer's own people did it; the only one there is. Else null:
 * somebody has to choose.
 *
 * @example
 * pickWhose({ subject: null, owners: [], actorType: 'user' }) // 'all'
 */
export function pickWhose({ subject, owners, actorType }: Choice, touched: (owner: Owner) => boolean): string | null {
  if (subject !== null && touched(subject)) return ownerId(subject)
  if (actorType === 'user') return everything
  const [only, ...others] = owners
  return only !== undefined && others.length === 0 ? ownerId(only) : null
}
