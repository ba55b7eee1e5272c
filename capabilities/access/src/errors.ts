// The error codes of access, each with a hint.
import { defineErrors } from '@steward/base'

type Wait = { seconds: number }

/**
 * What access refuses.
 *
 * @example
 * throw accessErrors.KEY_NOT_FOUND({ id: 'stw_7Fq2x9Lm' })
 */
export const accessErrors = defineErrors('ACCESS', {
  KEY_NOT_FOUND: {
    status: 404,
    message: ({ id }: { id: string }) => `There is no key "${id}".`,
    hint: 'List the keys with: steward access key list',
  },
  ROLE_UNKNOWN: {
    status: 422,
    message: ({ role }: { role: string; roles: readonly string[] }) => `There is no role "${role}".`,
    hint: ({ roles }: { role: string; roles: readonly string[] }) =>
      `The roles of this installation: ${roles.join(', ')}. More are written in steward.config.ts.`,
  },
  ROLE_TOO_HIGH: {
    status: 403,
    message: ({ role }: { role: string }) => `You may not decide about the role "${role}".`,
    hint: 'Who is no admin decides about people and keys of their own role alone: ask an admin.',
  },
  PERSON_NOT_FOUND: {
    status: 404,
    message: ({ person }: { person: string }) => `There is nobody called "${person}".`,
    hint: 'List the people with: steward access person list',
  },
  PERSON_EXISTS: {
    status: 409,
    message: ({ email }: { email: string }) => `${email} is invited already.`,
    hint: ({ email }: { email: string }) => `A new link to set their password: steward access person link ${email}`,
  },
  PERSON_DISABLED: {
    status: 409,
    message: ({ email }: { email: string }) => `${email} may not come in.`,
    hint: ({ email }: { email: string }) => `Let them in again first: steward access person enable ${email}`,
  },
  LAST_ADMIN: {
    status: 409,
    message: ({ email }: { email: string }) => `${email} is the last admin.`,
    hint: 'Make somebody else an admin before: steward access person set-role <email> --role admin',
  },
  SESSION_NOT_FOUND: {
    status: 404,
    message: ({ id }: { id: string }) => `There is no session "${id}".`,
    hint: 'List the sessions with: steward access session list',
  },
  SESSION_ENDED: {
    status: 401,
    message: 'The session has ended.',
    hint: 'Sign in again.',
  },
  NOT_SIGNED_IN: {
    status: 401,
    message: 'Nobody is signed in.',
    hint: 'Sign in first: POST /api/auth/sign-in with { "email": …, "password": … }.',
  },
  SIGN_IN_REFUSED: {
    status: 401,
    message: 'The e-mail address and the password do not belong together.',
    hint: 'Check both. Who has forgotten the password asks an admin for a new link.',
  },
  PASSWORD_WRONG: {
    status: 403,
    message: 'The current password is another one.',
    hint: 'Send the password that you sign in with. Who has forgotten it asks an admin for a new link.',
  },
  LINK_USED: {
    status: 410,
    message: 'The link does not work: it was used, it is too old, or it was replaced by a newer one.',
    hint: 'Ask an admin for a new one: steward access person link <email>. The first admin: start the server again.',
  },
  TOO_MANY_ATTEMPTS: {
    status: 429,
    message: ({ seconds }: Wait) => `There were too many attempts to sign in. Try again in ${seconds} seconds.`,
    hint: 'Wait. If it was not you who tried: a link from an admin lets you in meanwhile.',
  },
  BUSY: {
    status: 503,
    message: 'Too many people sign in at this moment.',
    hint: 'Send the request again in some seconds.',
  },
  ORIGIN_REFUSED: {
    status: 403,
    message: 'A session is not believed here: the request does not say that it comes from a page of this server.',
    hint: 'A browser says so by itself (Origin). A program uses a key instead: steward access key create <name> --role reader',
  },
  INPUT_INVALID: {
    status: 400,
    message: ({ problem }: { problem: string }) => `The request cannot be understood: ${problem}.`,
    hint: 'Send one JSON object, as Content-Type: application/json.',
  },
  NOT_FOUND: {
    status: 404,
    message: ({ method, path }: { method: string; path: string }) => `Nothing answers ${method} ${path} here.`,
    hint: 'There are POST sign-in, sign-out, set-password, change-password, sessions/revoke and GET session, sessions.',
  },
  UNEXPECTED: {
    status: 500,
    message: 'Signing in failed in a way that nobody foresaw.',
    hint: 'The log of the server has more, under the id in X-Request-Id.',
  },
})
