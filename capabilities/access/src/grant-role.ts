// Who may hand out which role.
import { adminRole, type Role } from '@steward/engine'
import { accessErrors } from './errors.ts'

/** What the verbs know of roles: their names now, as the configuration has them. */
export type KnownRoles = () => readonly string[]

/**
 * Refuses roles that do not exist, and those that would give more than the holder has: who is no admin decides about
 * their own role alone. Null is the terminal, where everything may be done.
 *
 * @throws ACCESS_ROLE_UNKNOWN, ACCESS_ROLE_TOO_HIGH
 */
export function demandGrantable(holder: Role | null, role: string, knownRoles: KnownRoles): void {
  const roles = knownRoles()
  if (!roles.includes(role)) throw accessErrors.ROLE_UNKNOWN({ role, roles })
  demandReach(holder, role)
}

/** The roles that the holder may give: all of them for an admin and at the terminal, else their own alone. */
export function grantableRoles(holder: Role | null, knownRoles: KnownRoles): string[] {
  return knownRoles().filter((role) => reaches(holder, role))
}

/**
 * Refuses to decide about people, keys and sessions of roles above the holder's.
 *
 * @throws ACCESS_ROLE_TOO_HIGH
 */
export function demandReach(holder: Role | null, role: string): void {
  if (!reaches(holder, role)) throw accessErrors.ROLE_TOO_HIGH({ role })
}

/** Every permission is not everything: such a role may still be kept from entities that others see. */
function reaches(holder: Role | null, role: string): boolean {
  return holder === null || holder.name === adminRole.name || holder.name === role
}
