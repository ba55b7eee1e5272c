// What access promises about sessions; safe in a browser.
import { procedure } from '@steward/contract'
import { z } from 'zod'
import { Session } from '../session.ts'

const columns = ['id', 'email', 'address', 'createdAt', 'lastSeenAt', 'expiresAt']

export const sessionsContract = {
  listSessions: procedure({
    summary: 'Lists the sessions that can be used, the newest first',
    effect: 'read',
    permission: 'access:list-sessions',
    cli: { path: ['session', 'list'], show: [{ as: 'table', columns, empty: 'Nobody is signed in.' }] },
  })
    .input(z.object({ person: z.string().nullable().default(null).describe('Of one person: e-mail address or id') }))
    .output(z.array(Session)),
  revokeSession: procedure({
    summary: 'Revokes a session: it is refused from the next request on',
    effect: 'write',
    permission: 'access:revoke-session',
    cli: {
      path: ['session', 'revoke'],
      args: ['id'],
      show: [{ as: 'facts', columns: ['id', 'email', 'address'] }],
      examples: ['0193a5c1-6c1e-7b51-a111-9a4e3c2b1d00 --reason "the laptop is lost"'],
    },
  })
    .input(Session.pick({ id: true }))
    .output(Session),
}
