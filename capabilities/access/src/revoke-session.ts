// Revokes a session.
import type { Role } from '@steward/engine'
import type { Transaction } from '@steward/postgres'
import { accessErrors } from './errors.ts'
import { demandReach } from './grant-role.ts'
import type { Session } from './session.ts'
import { deleteSession, lockSession } from './store/sessions.ts'

/**
 * Revokes a session: no process remembers sessions, so that it is refused from the next request on.
 *
 * @throws ACCESS_SESSION_NOT_FOUND, ACCESS_ROLE_TOO_HIGH
 */
export async function revokeSession(transaction: Transaction, id: string, holder: Role | null): Promise<Session> {
  const found = await lockSession(transaction, id)
  if (found === null) throw accessErrors.SESSION_NOT_FOUND({ id })
  const { role, ...session } = found
  demandReach(holder, role)
  await deleteSession(transaction, id)
  return session
}
