// Finds who a key stands for.
import type { Actor } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import { hashOfSecret } from './key-secret.ts'
import { selectUsableKeys, type UsableKey, updateLastUsed } from './store/keys.ts'

/**
 * Who comes with a key, and their role by name; or null: unknown, revoked and expired keys look the same from outside. Asks the
 * database each time; those who come while it is asked ask together, next.
 *
 * @example
 * const known = await authenticateKey(office, 'stw_7Fq2x9Lm_…')
 */
export async function authenticateKey(
  queryable: Queryable,
  secret: string,
): Promise<{ actor: Actor; role: string } | null> {
  const hash = hashOfSecret(secret)
  if (hash === null) return null
  const key = (await lookupOf(queryable).ask(hash)).get(hash.toString('latin1'))
  return key === undefined ? null : { actor: { type: 'service', id: key.id, name: key.name }, role: key.role }
}

type KeysByHash = ReadonlyMap<string, UsableKey>
type Lookup = { ask: (hash: Buffer) => Promise<KeysByHash> }

const lookups = new WeakMap<Queryable, Lookup>()

function lookupOf(queryable: Queryable): Lookup {
  const known = lookups.get(queryable)
  if (known !== undefined) return known
  const made = createLookup(queryable)
  lookups.set(queryable, made)
  return made
}

// A lookup that takes longer holds nobody up: whoever came meanwhile sets out beside it.
const patienceMs = 50

// A lookup sets out after all who share it have come, so that a key that was revoked before is refused.
function createLookup(queryable: Queryable): Lookup {
  let gathering: { hashes: Map<string, Buffer>; found: Promise<KeysByHash> } | null = null
  let running: Promise<unknown> | null = null

  async function setOut(hashes: Map<string, Buffer>): Promise<KeysByHash> {
    if (running === null) await new Promise((resolve) => setImmediate(resolve))
    else await endOf(running)
    gathering = null
    const found = findKeys(queryable, [...hashes.values()])
    running = found
    const end = () => {
      if (running === found) running = null
    }
    found.then(end, end)
    return found
  }

  return {
    ask(hash) {
      if (gathering === null) {
        const hashes = new Map<string, Buffer>()
        gathering = { hashes, found: setOut(hashes) }
      }
      gathering.hashes.set(hash.toString('latin1'), hash)
      return gathering.found
    },
  }
}

function endOf(running: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    running.then(end, end)
  })
}

async function findKeys(queryable: Queryable, hashes: readonly Buffer[]): Promise<KeysByHash> {
  const keys = await selectUsableKeys(queryable, hashes)
  const unnoted = keys.filter(({ isUnnoted }) => isUnnoted).map(({ id }) => id)
  if (unnoted.length > 0) await updateLastUsed(queryable, unnoted)
  return new Map(keys.map((key) => [key.hash.toString('latin1'), key]))
}
