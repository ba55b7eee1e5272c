// Revokes a key.
import type { Transaction } from '@steward/postgres'
import { accessErrors } from './errors.ts'
import type { Key } from './key.ts'
import { updateRevoked } from './store/keys.ts'

/**
 * Revokes a key: no process remembers keys, so that it is refused from the next request on. Revoking it again changes nothing.
 *
 * @throws ACCESS_KEY_NOT_FOUND
 * @example
 * const key = await revokeKey(transaction, 'stw_7Fq2x9Lm')
 */
export async function revokeKey(transaction: Transaction, id: string): Promise<Key> {
  const key = await updateRevoked(transaction, id)
  if (key === null) throw accessErrors.KEY_NOT_FOUND({ id })
  return key
}
