// Signs somebody in with e-mail address and password.
import type { WebAnswer, WebRequest } from '@steward/engine'
import { z } from 'zod'
import { accessErrors } from '../errors.ts'
import { Email, type Person } from '../person.ts'
import { lockPerson } from '../store/people.ts'
import { deleteSession, useSession } from '../store/sessions.ts'
import { hashOfToken } from '../token.ts'
import { type Act, type AuthDesk, asOperation, leaveRefusal, stranger } from './auth-desk.ts'
import { beginSession, welcomed } from './begin-session.ts'
import { readInput } from './read-input.ts'
import { secretOfCookie } from './session-cookie.ts'
import { type CountedAttempt, countSignIn } from './sign-in-limits.ts'

const Credentials = z.object({ email: Email, password: z.string().min(1).max(200) })

/**
 * Whoever fails learns nothing: an address that is unknown, disabled or without a password gets the same answer after the same
 * work as a wrong password.
 *
 * @throws ACCESS_SIGN_IN_REFUSED, ACCESS_TOO_MANY_ATTEMPTS, ACCESS_BUSY, ACCESS_INPUT_INVALID
 */
export async function signIn(desk: AuthDesk, request: WebRequest): Promise<WebAnswer> {
  const { email, password } = readInput(request, Credentials)
  const address = request.address ?? null
  const { requestId } = request
  const act: Act = { procedure: 'access.signIn', actor: stranger, params: { email, address }, requestId }
  const attempt = await countSignIn(desk.office, { email, address }, (error) => leaveRefusal(desk, act, error))
  const proof = await prove(desk, { email, password }, attempt)
  const signedIn = proof === null ? null : await enter(desk, request, { act, ...proof })
  if (signedIn === null) {
    const refusal = accessErrors.SIGN_IN_REFUSED()
    await leaveRefusal(desk, act, refusal)
    throw refusal
  }
  await attempt.succeed()
  return welcomed(desk, request, signedIn.person, signedIn.secret)
}

/** Outside of any transaction: a hash takes its time, and holds no connection meanwhile. */
async function prove(
  { auth, hasher }: AuthDesk,
  { email, password }: { email: string; password: string },
  attempt: CountedAttempt,
): Promise<{ personId: string; name: string; hash: string } | null> {
  const found = await auth.store.findUserByEmail(email, { includeAccounts: true })
  const hash = found?.accounts.find(({ providerId }) => providerId === 'credential')?.password ?? null
  const isRight = await auth.password.verify({ hash: hash ?? hasher.decoy, password }).catch(async (error: unknown) => {
    await attempt.takeBack()
    throw error
  })
  return isRight && found !== null && hash !== null ? { personId: found.user.id, name: found.user.name, hash } : null
}

type Entering = { act: Act; personId: string; name: string; hash: string }

/** Null when the person was disabled, or the password changed, while it was being checked. */
async function enter(
  desk: AuthDesk,
  request: WebRequest,
  { act, personId, name, hash }: Entering,
): Promise<{ person: Person; secret: string } | null> {
  const left = new Error('not entered')
  const actor = { type: 'staff', id: personId, name } as const
  try {
    return await asOperation(desk, { ...act, actor }, async (transaction) => {
      const person = await lockPerson(transaction, personId)
      const accounts = await desk.auth.within(transaction, () => desk.auth.store.findAccounts(personId))
      const isSame = accounts.some(({ password }) => password === hash)
      if (person === null || person.disabledAt !== null || !isSame) throw left
      await endEarlier(desk, request, transaction)
      return { person, secret: await beginSession(desk, transaction, { person, request }) }
    })
  } catch (error) {
    if (error === left) return null
    throw error
  }
}

/** The session that the browser had before, whoever's it was: its secret may have been planted there. */
async function endEarlier(desk: AuthDesk, request: WebRequest, transaction: Parameters<typeof deleteSession>[0]) {
  const hash = hashOfToken(secretOfCookie(request.headers['cookie'], desk.isSecure(request)) ?? '')
  const earlier = hash === null ? null : await useSession(transaction, hash)
  if (earlier !== null) await deleteSession(transaction, earlier.sessionId)
}
