// How often somebody may try a password: counted in the database, so that it holds over all processes.
import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import type { Queryable } from '@steward/postgres'
import { accessErrors } from '../errors.ts'
import {
  type AttemptRule,
  countAttempt,
  forgetAttempts,
  forgiveAttempt,
  isKnownAddress,
  secondsBlocked,
  tellOnce,
} from '../store/attempts.ts'

/**
 * Five mistakes are free, then the wait doubles from a second to a minute: short, because whoever attacks an account from
 * everywhere makes its owner wait, too. 1,500 guesses a day are nothing against a password of twelve characters.
 */
const accountRule: AttemptRule = { free: 5, longestSeconds: 60 }
/** An address may be a whole office. */
const addressRule: AttemptRule = { free: 20, longestSeconds: 900 }

/** An attempt that has been counted. */
export type CountedAttempt = {
  /** It ended well: the account's counter is forgotten, the address gets this attempt back. */
  succeed: () => Promise<void>
  /** It was not looked at: no mistake of the account, but the address has taken a place in the queue. */
  takeBack: () => Promise<void>
}

/**
 * Counts an attempt, or turns it away. Accounts that do not exist are counted as those that do. From an address where they have
 * signed in within a month, an account has a counter of its own: what strangers do elsewhere does not lock them out there.
 *
 * @throws ACCESS_TOO_MANY_ATTEMPTS; the first one after a block begins is handed to `tell`, so that the trail knows
 */
export async function countSignIn(
  office: Queryable,
  { email, address }: { email: string; address: string | null },
  tell: Tell,
): Promise<CountedAttempt> {
  const place = placeOf(address)
  const isKnown = address !== null && (await isKnownAddress(office, email, place))
  // A hash: people type passwords where their address belongs.
  const account = `account:${createHash('sha256').update(email).digest('base64url')}${isKnown ? `@${place}` : ''}`
  return countBoth(office, { account, place: `address:${place}` }, tell)
}

/**
 * The same for who is signed in and proves the password again: a stolen session must not become a way to guess it.
 *
 * @throws ACCESS_TOO_MANY_ATTEMPTS
 */
export function countProof(
  office: Queryable,
  { personId, address }: { personId: string; address: string | null },
  tell: Tell,
): Promise<CountedAttempt> {
  return countBoth(office, { account: `proof:${personId}`, place: `address:${placeOf(address)}` }, tell)
}

/**
 * Counts a link that did not work as a mistake of its address. Whoever brings one that works is not counted, nor turned away.
 *
 * @throws ACCESS_TOO_MANY_ATTEMPTS
 */
export async function countWrongLink(office: Queryable, address: string | null, tell: Tell): Promise<void> {
  const place = `address:${placeOf(address)}`
  await demandUnblocked(office, [place], tell)
  if (!(await countAttempt(office, place, addressRule))) await turnAway(office, { counters: [place], seconds: 1, tell })
}

type Tell = (error: Error) => Promise<void>

async function countBoth(
  office: Queryable,
  { account, place }: { account: string; place: string },
  tell: Tell,
): Promise<CountedAttempt> {
  const counters = [account, place]
  await demandUnblocked(office, counters, tell)
  if (!(await countAttempt(office, place, addressRule))) await turnAway(office, { counters, seconds: 1, tell })
  if (!(await countAttempt(office, account, accountRule))) {
    await forgiveAttempt(office, place)
    await turnAway(office, { counters, seconds: 1, tell })
  }
  return {
    succeed: async () => {
      await forgetAttempts(office, account)
      await forgiveAttempt(office, place)
    },
    takeBack: () => forgiveAttempt(office, account),
  }
}

async function demandUnblocked(office: Queryable, counters: readonly string[], tell: Tell): Promise<void> {
  const seconds = await secondsBlocked(office, counters)
  if (seconds > 0) await turnAway(office, { counters, seconds, tell })
}

type Turning = { counters: readonly string[]; seconds: number; tell: Tell }

async function turnAway(office: Queryable, { counters, seconds, tell }: Turning): Promise<never> {
  const error = accessErrors.TOO_MANY_ATTEMPTS({ seconds })
  // One operation a block: an attacker must not fill the trail with what costs nothing.
  if (await tellOnce(office, counters)) await tell(error)
  throw error
}

/** An address, or of IPv6 the network of 64 bits that one customer has. */
export function placeOf(address: string | null): string {
  if (address === null) return 'unknown'
  if (!isIPv6(address)) return address
  const [head = '', tail] = (address.split('%')[0] as string).split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - first.length - last.length) }, () => '0')
  const network = [...first, ...zeros, ...last].slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
  return `${network.join(':')}::/64`
}
