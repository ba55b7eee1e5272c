// The one-time link for the first admin of an installation.
import { timeOrderedId } from '@steward/base'
import type { LeaveOperation } from '@steward/engine'
import type { Pool } from '@steward/postgres'
import { linkWith } from './invite-person.ts'
import { insertLink } from './store/links.ts'
import { hasPeople } from './store/people.ts'
import { makeToken } from './token.ts'
import { asOperation } from './web/auth-desk.ts'

const hours = 24

/**
 * While there is nobody yet: a link by which the first admin comes in, once, within a day. Null as soon as there is somebody.
 * Each start makes one more; with the first that is used all others have had their time.
 *
 * @example
 * const first = await offerFirstLink({ office, leaveOperation, url: 'http://127.0.0.1:4848' })
 * if (first !== null) console.log(first.link)
 */
export async function offerFirstLink({
  office,
  leaveOperation,
  url,
}: {
  office: Pool
  leaveOperation: LeaveOperation
  /** Where Steward is served, without `/api`. */
  url: string
}): Promise<{ link: string; expiresAt: string } | null> {
  if (await hasPeople(office)) return null
  const { secret, hash } = makeToken()
  const act = {
    procedure: 'access.offerFirstLink',
    actor: { type: 'system', id: 'steward' },
    params: {},
    requestId: null,
  } as const
  const expiresAt = await asOperation({ office, leaveOperation }, act, (transaction) =>
    insertLink(transaction, { use: 'first-admin', hash, personId: `nobody ${timeOrderedId()}`, hours }),
  )
  return { link: linkWith(url, secret, true), expiresAt }
}
