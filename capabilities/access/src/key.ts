// What a key is: its shape and the rules that need no database.
import { z } from 'zod'
import { Instant, RoleName } from './person.ts'

/**
 * A key as people see it. `id` is the part of the key that may be seen (`stw_7Fq2x9Lm`); times are ISO times with their offset;
 * `lastUsedAt` is exact to the minute.
 */
export const Key = z.object({
  id: z.string(),
  name: z.string().min(1).max(200).describe('What people call it'),
  role: RoleName,
  createdAt: Instant,
  createdBy: z.string(),
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
})
/** See the schema of the same name. */
export type Key = z.infer<typeof Key>

/** A new key with what nobody can read again: `secret` is the whole key, as a client sends it. */
export const NewKey = Key.extend({ secret: z.string() })
/** See the schema of the same name. */
export type NewKey = z.infer<typeof NewKey>
