// Sets a password: with a link that works once, or with the current one.
import { timeOrderedId } from '@steward/base'
import type { WebAnswer, WebRequest } from '@steward/engine'
import type { Transaction } from '@steward/postgres'
import { z } from 'zod'
import { accessErrors } from '../errors.ts'
import type { SignedIn } from '../identify-session.ts'
import { Email, NewPassword, type Person } from '../person.ts'
import { deleteLink, deleteLinksOf, selectLink } from '../store/links.ts'
import { hasPeople, insertPerson, lockAdmins, lockPerson } from '../store/people.ts'
import { deleteSessionsOf } from '../store/sessions.ts'
import { hashOfToken } from '../token.ts'
import { type AuthDesk, asOperation, leaveRefusal, stranger } from './auth-desk.ts'
import { beginSession, told, welcomed } from './begin-session.ts'
import { readInput } from './read-input.ts'
import { countProof, countWrongLink } from './sign-in-limits.ts'

const Invited = z.object({
  token: z.string(),
  password: NewPassword,
  // The first admin says who they are; everybody else was invited under a name.
  email: Email.optional(),
  name: z.string().trim().min(1).max(200).optional(),
})
const Changed = z.object({ current: z.string().min(1).max(200), password: NewPassword })

/**
 * Uses a link. Of two who use it at the same moment one comes in. All earlier sessions of the person end.
 *
 * @throws ACCESS_LINK_USED, ACCESS_TOO_MANY_ATTEMPTS, ACCESS_INPUT_INVALID, ACCESS_BUSY
 */
export async function setPassword(desk: AuthDesk, request: WebRequest): Promise<WebAnswer> {
  const { token, password, ...self } = readInput(request, Invited)
  const tokenHash = hashOfToken(token)
  const link = tokenHash === null ? null : await selectLink(desk.office, tokenHash)
  const { requestId } = request
  const address = request.address ?? null
  const act = { procedure: 'access.setPassword', actor: stranger, params: { address }, requestId }
  try {
    if (link === null || tokenHash === null) throw accessErrors.LINK_USED()
    const isFirst = link.use === 'first-admin'
    if (isFirst && self.email === undefined)
      throw accessErrors.INPUT_INVALID({ problem: 'email: the first admin needs one' })
    const passwordHash = await desk.auth.password.hash(password)
    const id = isFirst ? timeOrderedId() : link.personId
    const actor = { type: 'staff', id } as const
    const { person, secret } = await asOperation(desk, { ...act, actor }, async (transaction) => {
      // The person first, as everywhere: two who each hold what the other waits for would both lose.
      const invited = isFirst ? await firstAdmin(transaction, id, self) : await lockPerson(transaction, id)
      const isLinked = (await deleteLink(transaction, link.use, tokenHash)) !== null
      if (!isLinked || invited === null || invited.disabledAt !== null) throw accessErrors.LINK_USED()
      await storePassword(desk, transaction, id, passwordHash)
      await deleteSessionsOf(transaction, id, null)
      await deleteLinksOf(transaction, id)
      return { person: invited, secret: await beginSession(desk, transaction, { person: invited, request }) }
    })
    return welcomed(desk, request, person, secret)
  } catch (error) {
    if (!accessErrors.LINK_USED.is(error)) throw error
    await countWrongLink(desk.office, address, (refusal) => leaveRefusal(desk, act, refusal))
    await leaveRefusal(desk, act, error)
    throw error
  }
}

/** Null when somebody else was first. */
async function firstAdmin(
  transaction: Transaction,
  id: string,
  { email = '', name }: { email?: string | undefined; name?: string | undefined },
): Promise<Person | null> {
  await lockAdmins(transaction)
  if (await hasPeople(transaction)) return null
  const own = name ?? email.replace(/@.*/s, '')
  return insertPerson(transaction, { id, email, name: own, role: 'admin', createdBy: 'the first link' })
}

/**
 * Changes the password of whoever is signed in. All their other sessions end.
 *
 * @throws ACCESS_PASSWORD_WRONG, ACCESS_TOO_MANY_ATTEMPTS, ACCESS_INPUT_INVALID, ACCESS_BUSY
 */
export async function changePassword(desk: AuthDesk, request: WebRequest, signedIn: SignedIn): Promise<WebAnswer> {
  const { current, password } = readInput(request, Changed)
  const { actor, sessionId } = signedIn
  const address = request.address ?? null
  const act = { procedure: 'access.changePassword', actor, params: { address }, requestId: request.requestId }
  const attempt = await countProof(desk.office, { personId: actor.id, address }, (error) =>
    leaveRefusal(desk, act, error),
  )
  const hash = await passwordOf(desk, actor.id)
  try {
    if (!(await desk.auth.password.verify({ hash: hash ?? desk.hasher.decoy, password: current })) || hash === null) {
      throw accessErrors.PASSWORD_WRONG()
    }
    const next = await desk.auth.password.hash(password)
    await asOperation(desk, act, async (transaction) => {
      await lockPerson(transaction, actor.id)
      // It may have been changed elsewhere meanwhile: then this one proves nothing any more.
      const isStill = (await desk.auth.within(transaction, () => passwordOf(desk, actor.id))) === hash
      if (!isStill) throw accessErrors.PASSWORD_WRONG()
      await storePassword(desk, transaction, actor.id, next)
      await deleteSessionsOf(transaction, actor.id, sessionId)
      await deleteLinksOf(transaction, actor.id)
    })
  } catch (error) {
    if (accessErrors.BUSY.is(error)) await attempt.takeBack()
    if (accessErrors.PASSWORD_WRONG.is(error)) await leaveRefusal(desk, act, error)
    throw error
  }
  await attempt.succeed()
  return told({ changed: true })
}

async function passwordOf({ auth }: AuthDesk, personId: string): Promise<string | null> {
  const accounts = await auth.store.findAccounts(personId)
  return accounts.find(({ providerId }) => providerId === 'credential')?.password ?? null
}

async function storePassword({ auth }: AuthDesk, transaction: Transaction, personId: string, hash: string) {
  await auth.within(transaction, async () => {
    const accounts = await auth.store.findAccounts(personId)
    if (accounts.some(({ providerId }) => providerId === 'credential')) await auth.store.updatePassword(personId, hash)
    else
      await auth.store.createAccount({
        userId: personId,
        providerId: 'credential',
        accountId: personId,
        password: hash,
      })
  })
}
