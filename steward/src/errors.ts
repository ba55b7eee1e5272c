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
  READER_ONLY: {
    status: 403,
    message: ({ key, method }: { key: string; method: string }) => `The key ${key} may read, and ${method} may write.`,
    hint: 'Ask with GET, or make a key that may write: steward access key create <name> --role admin',
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
