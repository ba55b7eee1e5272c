// Begins a session: a new secret for the cookie, a new row, and what the person is told about themselves.
import type { Role, WebAnswer, WebRequest } from '@steward/engine'
import type { Transaction } from '@steward/postgres'
import type { Person } from '../person.ts'
import { upsertKnownAddress } from '../store/attempts.ts'
import { makeToken } from '../token.ts'
import type { AuthDesk } from './auth-desk.ts'
import { sessionCookie } from './session-cookie.ts'
import { placeOf } from './sign-in-limits.ts'

const longestUserAgent = 300

/** Who is signed in, as `GET /session` tells. */
export type Whoami = { person: Pick<Person, 'id' | 'email' | 'name'>; role: string; permissions: readonly string[] }

/** The session's secret, for the cookie. Each sign-in makes a session of its own: none is carried over from before. */
export async function beginSession(
  { auth }: Pick<AuthDesk, 'auth'>,
  transaction: Transaction,
  { person, request }: { person: Pick<Person, 'id'>; request: WebRequest },
): Promise<string> {
  const { secret, hash } = makeToken()
  const address = request.address ?? null
  await auth.within(transaction, () =>
    auth.store.createSession(
      person.id,
      false,
      {
        token: hash,
        ipAddress: address ?? '',
        userAgent: (request.headers['user-agent'] ?? '').slice(0, longestUserAgent),
      },
      // Ours instead of the token that it would make, and store as it is.
      true,
    ),
  )
  if (address !== null) await upsertKnownAddress(transaction, person.id, placeOf(address))
  return secret
}

/** The answer to whoever has just signed in. */
export function welcomed(desk: AuthDesk, request: WebRequest, person: Person, secret: string): WebAnswer {
  const answer = told(whoami(desk.roles(), person))
  return { ...answer, headers: { ...answer.headers, 'Set-Cookie': sessionCookie(secret, desk.isSecure(request)) } }
}

/** Who somebody is, with the permissions of their role; of a role that is gone from the configuration there are none. */
export function whoami(
  roles: ReadonlyMap<string, Role>,
  { id, email, name, role }: Pick<Person, 'id' | 'email' | 'name' | 'role'>,
): Whoami {
  return { person: { id, email, name }, role, permissions: roles.get(role)?.permissions ?? [] }
}

/** A value as an answer. */
export function told(value: unknown): WebAnswer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' },
    body: JSON.stringify(value),
  }
}
