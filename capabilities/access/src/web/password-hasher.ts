// Hashes passwords with scrypt, few at a time: each takes a thread of Node's pool and some memory for a tenth of a second.
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { accessErrors } from '../errors.ts'

/** What OWASP asks for at the least, in 32 MiB. */
const strong = { N: 2 ** 15, r: 8, p: 3 }
const keyBytes = 64
const maxmem = 64 * 1024 * 1024

/**
 * How many hashes are made at once, how many wait, and what one costs (scrypt's N, r and p).
 *
 * @example
 * const patient: HasherOptions = { waiting: 100 }
 */
export type HasherOptions = { atOnce?: number; waiting?: number; cost?: { N: number; r: number; p: number } }

/** Whoever would wait for more than some seconds is sent away instead. */
const defaults = { atOnce: availableParallelism() > 2 ? 2 : 1, waiting: 16, cost: strong }

/**
 * What makes and checks hashes. `decoy` is a hash that no password has: checking against it takes the same work, so that nobody
 * learns from the time who exists.
 */
export type PasswordHasher = {
  hash: (password: string) => Promise<string>
  verify: (data: { hash: string; password: string }) => Promise<boolean>
  decoy: string
}

/**
 * Makes a hasher whose queue is bounded: hundreds of hashes in Node's thread pool would make every file and every name lookup
 * wait behind them.
 *
 * @throws ACCESS_BUSY when the queue is full, from both of its functions
 */
export function openPasswordHasher(options: HasherOptions = {}): PasswordHasher {
  const { atOnce, waiting, cost } = { ...defaults, ...options }
  const queue: (() => void)[] = []
  let running = 0
  const inTurn = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw accessErrors.BUSY()
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      // The turn goes on to the next in line; only where there is none it ends.
      const next = queue.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
  return {
    hash: (password) =>
      inTurn(async () => {
        const salt = randomBytes(16)
        return written(cost, salt, await derive(password, salt, cost))
      }),
    verify: ({ hash, password }) =>
      inTurn(async () => {
        const read = readHash(hash)
        if (read === null) return false
        return timingSafeEqual(await derive(password, read.salt, read.cost), read.key)
      }),
    decoy: written(cost, randomBytes(16), randomBytes(keyBytes)),
  }
}

type Cost = typeof strong

/** The cost stands in the hash, so that it can be raised later without anybody losing their password. */
function written({ N, r, p }: Cost, salt: Buffer, key: Buffer): string {
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$')
}

function readHash(hash: string): { cost: Cost; salt: Buffer; key: Buffer } | null {
  const [kind, N, r, p, salt = '', key = ''] = hash.split('$')
  const bytes = Buffer.from(key, 'base64url')
  if (kind !== 'scrypt' || bytes.byteLength !== keyBytes) return null
  return { cost: { N: Number(N), r: Number(r), p: Number(p) }, salt: Buffer.from(salt, 'base64url'), key: bytes }
}

/** The same password typed on another keyboard may have other code points: NFKC makes them one. */
function derive(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, { N, r, p, maxmem }, (error, key) => {
      if (error === null) resolve(key)
      else reject(error)
    })
  })
}
