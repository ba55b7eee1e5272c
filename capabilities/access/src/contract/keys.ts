// What access promises about keys; safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { Key, NewKey } from '../key.ts'

const columns = ['id', 'name', 'role', 'createdBy', 'createdAt', 'expiresAt', 'lastUsedAt', 'revokedAt']

export const keysContract = {
  createKey: procedure({
    summary: 'Makes a key for a program, bound to a role',
    description: 'The key is shown once and kept nowhere: only its hash is stored.',
    effect: 'write',
    permission: 'access:create-key',
    cli: {
      path: ['key', 'create'],
      args: ['name'],
      show: [{ as: 'facts', columns: ['secret', 'id', 'name', 'role', 'expiresAt'] }],
      examples: ['nightly-report --role reader --days 90'],
    },
  })
    .input(
      Key.pick({ name: true, role: true }).extend({
        days: z.number().int().min(1).max(3650).nullable().default(365).describe('After how many days it expires'),
      }),
    )
    .output(NewKey),
  listKeys: procedure({
    summary: 'Lists the keys, the newest first',
    effect: 'read',
    permission: 'access:list-keys',
    cli: { path: ['key', 'list'], show: [{ as: 'table', columns, empty: 'No key yet.' }] },
  })
    .input(z.object({ all: z.boolean().default(false).describe('Also those that were revoked or have expired') }))
    .output(z.array(Key)),
  revokeKey: procedure({
    summary: 'Revokes a key: it is refused from the next request on',
    effect: 'write',
    permission: 'access:revoke-key',
    cli: {
      path: ['key', 'revoke'],
      args: ['id'],
      show: [{ as: 'facts', columns: ['id', 'name', 'revokedAt'] }],
      examples: ['stw_7Fq2x9Lm --reason "left in a log"'],
    },
  })
    .input(Key.pick({ id: true }))
    .output(Key),
}
