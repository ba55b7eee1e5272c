// Lets people in: invites them, and makes the link by which they set their password.
import { type Actor, timeOrderedId } from '@steward/base'
import type { Role } from '@steward/engine'
import type { Transaction } from '@steward/postgres'
import { accessErrors } from './errors.ts'
import { demandGrantable, demandReach, type KnownRoles } from './grant-role.ts'
import type { InvitedPerson, Person } from './person.ts'
import { insertLink } from './store/links.ts'
import { insertPerson, lockPerson } from './store/people.ts'
import { makeToken } from './token.ts'

/** How long a link works. */
const linkHours = { invitation: 72, reset: 24 }

/** Who decides, with what role (null at the terminal), among which roles, and where their server is. */
export type Inviting = { by: Actor; holder: Role | null; roles: KnownRoles; url: string }

/**
 * Invites somebody: nobody signs up by themselves.
 *
 * @throws ACCESS_ROLE_UNKNOWN, ACCESS_ROLE_TOO_HIGH, ACCESS_PERSON_EXISTS
 */
export async function invitePerson(
  transaction: Transaction,
  { email, name, role }: { email: string; name: string | null; role: string },
  { by, holder, roles, url }: Inviting,
): Promise<InvitedPerson> {
  demandGrantable(holder, role, roles)
  const person = await insertPerson(transaction, {
    id: timeOrderedId(),
    email,
    name: name ?? email.replace(/@.*/s, ''),
    role,
    createdBy: `${by.type} ${by.id}`,
  })
  if (person === null) throw accessErrors.PERSON_EXISTS({ email })
  return withLink(transaction, person, linkHours.invitation, url)
}

/**
 * A new link for somebody who is invited already: for who lost the first one, or the password. The earlier ones stop working;
 * the password and the sessions go on until the link is used.
 *
 * @throws ACCESS_PERSON_NOT_FOUND, ACCESS_PERSON_DISABLED, ACCESS_ROLE_TOO_HIGH
 */
export async function linkPerson(
  transaction: Transaction,
  who: string,
  { holder, url }: Pick<Inviting, 'holder' | 'url'>,
): Promise<InvitedPerson> {
  const person = await lockPerson(transaction, who)
  if (person === null) throw accessErrors.PERSON_NOT_FOUND({ person: who })
  demandReach(holder, person.role)
  if (person.disabledAt !== null) throw accessErrors.PERSON_DISABLED({ email: person.email })
  return withLink(transaction, person, linkHours.reset, url)
}

async function withLink(transaction: Transaction, person: Person, hours: number, url: string): Promise<InvitedPerson> {
  const { secret, hash } = makeToken()
  const linkExpiresAt = await insertLink(transaction, { use: 'password', hash, personId: person.id, hours })
  return { ...person, link: linkWith(url, secret), linkExpiresAt }
}

/** To the back office; the secret stands behind `#`, where no server and no log sees it. The first admin also says who they are. */
export function linkWith(url: string, secret: string, isFirst = false): string {
  return `${url.replace(/\/+$/, '')}/welcome${isFirst ? '?first' : ''}#${secret}`
}
