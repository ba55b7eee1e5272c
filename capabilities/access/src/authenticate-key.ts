// Finds who a key stands for.
import type { Actor } from '@steward/base'
import type { Queryable } from '@steward/postgres'
import type { BuiltInRole } from './key.ts'
import { hashOfSecret } from './key-secret.ts'
import { useKey } from './store.ts'

/**
 * Who comes with a key, or null: unknown, revoked and expired keys look the same from outside. Asks the database each time.
 *
 * @example
 * const known = await authenticateKey(office, 'stw_7Fq2x9Lm_…')
 */
export async function authenticateKey(
  queryable: Queryable,
  secret: string,
): Promise<{ actor: Actor; role: BuiltInRole } | null> {
  const hash = hashOfSecret(secret)
  const key = hash && (await useKey(queryable, hash))
  return key && { actor: { type: 'service', id: key.id, name: key.name }, role: key.role }
}
