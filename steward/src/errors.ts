// What `steward serve` refuses before it listens.
import { defineErrors } from '@steward/base'

/**
 * Refusals of `steward serve`; the server's own are SERVER_….
 *
 * @example
 * throw serveErrors.KEY_MISSING({ host: '0.0.0.0' })
 */
export const serveErrors = defineErrors('SERVE', {
  KEY_MISSING: {
    status: 400,
    message: ({ host }: { host: string }) =>
      `Serving on ${host} without a key would let anybody on the network into the database.`,
    hint: 'Make a key with: steward access key create <name> --role reader. Or set STEWARD_API_KEY, or serve on 127.0.0.1.',
  },
  BEHALF_INVALID: {
    status: 400,
    message: 'The header Steward-On-Behalf-Of names nobody.',
    hint: 'Write it as user:42 or staff:kim, percent-encoded, with ;name=Kim%20Lee where the name is known.',
  },
  BEHALF_REFUSED: {
    status: 403,
    message: ({ holder }: { holder: string }) => `${holder} may not act on behalf of somebody else.`,
    hint: 'Send a key whose role has the permission "access:on-behalf-of", or leave Steward-On-Behalf-Of out.',
  },
  ROLE_NOT_CONFIGURED: {
    status: 403,
    message: ({ role, holder }: { role: string; holder: string }) =>
      `${holder} has the role "${role}", which is not in the configuration.`,
    hint: 'Write the role in steward.config.ts, or give another one. What no role says is not allowed.',
  },
  PAGES_BROKEN: {
    status: 503,
    message: 'The pages of the back office cannot be built.',
    details: ({ problem }: { problem: string }) => problem,
    hint: 'Mend what the bundler says, and load the page again. After a pull: npm install.',
  },
  SCHEMA_UNKNOWN: {
    status: 404,
    message: ({ schema }: { schema: string }) => `The database has no schema "${schema}" that this user may use.`,
    hint: 'Check --schemas and --extra-search-path, and GRANT USAGE ON SCHEMA.',
  },
  ROLE_UNKNOWN: {
    status: 404,
    message: ({ role }: { role: string; user: string }) => `The database user cannot act as the role "${role}".`,
    hint: ({ role, user }: { role: string; user: string }) =>
      `Make it with CREATE ROLE "${role}" NOLOGIN, and allow it with GRANT "${role}" TO "${user}".`,
  },
})
