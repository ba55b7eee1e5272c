// Makes a key.
import type { Actor } from '@steward/base'
import type { Transaction } from '@steward/postgres'
import type { NewKey } from './key.ts'
import { hashOfSecret, makeSecret } from './key-secret.ts'
import { insertKey } from './store/keys.ts'

/** Which key is wanted, and who wants it. The role is believed: who hands one out has asked whether it exists. */
export type KeyOrder = { name: string; role: string; days: number | null; by: Actor }

/**
 * Makes a key and answers with its secret, which is stored nowhere.
 *
 * @example
 * const { secret } = await createKey(transaction, { name: 'report', role: 'reader', days: 90, by: actor })
 */
export async function createKey(transaction: Transaction, { name, role, days, by }: KeyOrder): Promise<NewKey> {
  const { id, secret } = makeSecret()
  const hash = hashOfSecret(secret) as Buffer
  const key = await insertKey(transaction, { id, name, role, hash, days, createdBy: `${by.type} ${by.id}` })
  return { ...key, secret }
}
