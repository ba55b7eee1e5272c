// Changes what somebody may do: another role, not at all, again.
import type { Role } from '@steward/engine'
import type { Transaction } from '@steward/postgres'
import { accessErrors } from './errors.ts'
import { demandGrantable, demandReach, type KnownRoles } from './grant-role.ts'
import type { Person } from './person.ts'
import { deleteLinksOf } from './store/links.ts'
import { countOtherAdmins, lockAdmins, lockPerson, updateDisabled, updateRole } from './store/people.ts'
import { deleteSessionsOf } from './store/sessions.ts'

/**
 * Gives somebody another role; it holds from their next request on.
 *
 * @throws ACCESS_PERSON_NOT_FOUND, ACCESS_ROLE_UNKNOWN, ACCESS_ROLE_TOO_HIGH, ACCESS_LAST_ADMIN
 */
export async function setPersonRole(
  transaction: Transaction,
  { person: who, role }: { person: string; role: string },
  { holder, roles }: { holder: Role | null; roles: KnownRoles },
): Promise<Person> {
  demandGrantable(holder, role, roles)
  const person = await findReachable(transaction, who, holder)
  if (role !== 'admin') await demandOtherAdmin(transaction, person)
  return updateRole(transaction, person.id, role)
}

/**
 * Keeps somebody out: their sessions end with this transaction, and their links stop working. Their operations stay theirs.
 *
 * @throws ACCESS_PERSON_NOT_FOUND, ACCESS_ROLE_TOO_HIGH, ACCESS_LAST_ADMIN
 */
export async function disablePerson(transaction: Transaction, who: string, holder: Role | null): Promise<Person> {
  const person = await findReachable(transaction, who, holder)
  await demandOtherAdmin(transaction, person)
  const disabled = await updateDisabled(transaction, person.id, true)
  await deleteSessionsOf(transaction, person.id, null)
  await deleteLinksOf(transaction, person.id)
  return disabled
}

/**
 * Lets somebody in again, with the password they had.
 *
 * @throws ACCESS_PERSON_NOT_FOUND, ACCESS_ROLE_TOO_HIGH
 */
export async function enablePerson(transaction: Transaction, who: string, holder: Role | null): Promise<Person> {
  const person = await findReachable(transaction, who, holder)
  // A session that began in the moment of the disabling must not come to life with it.
  await deleteSessionsOf(transaction, person.id, null)
  return updateDisabled(transaction, person.id, false)
}

async function findReachable(transaction: Transaction, who: string, holder: Role | null): Promise<Person> {
  await lockAdmins(transaction)
  const person = await lockPerson(transaction, who)
  if (person === null) throw accessErrors.PERSON_NOT_FOUND({ person: who })
  demandReach(holder, person.role)
  return person
}

/** Else nobody could let anybody in any more but by the terminal. */
async function demandOtherAdmin(transaction: Transaction, { id, email, role, disabledAt }: Person): Promise<void> {
  if (role !== 'admin' || disabledAt !== null) return
  if ((await countOtherAdmins(transaction, id)) === 0) throw accessErrors.LAST_ADMIN({ email })
}
