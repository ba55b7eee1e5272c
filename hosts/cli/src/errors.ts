// The command line's own error codes.
import { defineErrors } from '@steward/base'

/**
 * What the command line refuses before anything is performed.
 *
 * @example
 * throw cliErrors.DATABASE_URL_MISSING()
 */
export const cliErrors = defineErrors('CLI', {
  USAGE: {
    status: 400,
    message: ({ problem }: { problem: string; hint: string }) => problem,
    hint: ({ hint }: { problem: string; hint: string }) => hint,
  },
  DATABASE_URL_MISSING: {
    status: 400,
    message: 'No database is named.',
    hint: 'Set DATABASE_URL=postgres://user:password@host:5432/name, or give --database-url.',
  },
  DATABASE_URL_INVALID: {
    status: 400,
    message: 'The database address is not a PostgreSQL URL.',
    hint: 'It reads postgres://user:password@host:5432/name (special characters in the password percent-encoded).',
  },
  ACTOR_INVALID: {
    status: 400,
    message: ({ actor }: { actor: string }) => `"${actor}" does not name an actor.`,
    hint: 'Give an id (kim), a type and an id (user:42; user, staff, service, system), or JSON ({"type":"staff","id":"kim"}).',
  },
  FILE_UNREADABLE: {
    status: 400,
    message: ({ file }: { file: string; problem: string }) => `The file "${file}" cannot be read.`,
    details: ({ problem }: { file: string; problem: string }) => problem,
    hint: 'Check the path, or give - to read from standard input.',
  },
  DECLINED: {
    status: 409,
    message: 'Nothing was changed: you did not agree.',
    hint: 'Answer y, or give --yes, to go ahead.',
  },
  UNEXPECTED: {
    status: 500,
    message: ({ problem }: { problem: string }) => problem,
    hint: 'Nobody foresaw this failure. Run it again with STEWARD_DEBUG=1 to see where it happened, and report that.',
  },
})
