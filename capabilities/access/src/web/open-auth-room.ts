// Where people sign in, as a room on the web: its routes, and how it refuses.
import { isStewardError, type StewardError } from '@steward/base'
import type { LeaveOperation, Role, WebAnswer, WebRequest, WebRoom } from '@steward/engine'
import type { Pool } from '@steward/postgres'
import { z } from 'zod'
import { accessErrors } from '../errors.ts'
import { identifySession, type SignedIn } from '../identify-session.ts'
import { deleteSession, selectSessions } from '../store/sessions.ts'
import { type AuthDesk, asOperation } from './auth-desk.ts'
import { told, whoami } from './begin-session.ts'
import { openBetterAuth } from './open-better-auth.ts'
import { type HasherOptions, openPasswordHasher } from './password-hasher.ts'
import { readInput } from './read-input.ts'
import { endedCookie } from './session-cookie.ts'
import { changePassword, setPassword } from './set-password.ts'
import { signIn } from './sign-in.ts'

/**
 * What the room is given.
 *
 * @example
 * const options: AuthRoomOptions = { office, leaveOperation, roles: () => new Map([['admin', adminRole]]) }
 */
export type AuthRoomOptions = {
  /** Steward's own database, opened when somebody comes. */
  office: () => Promise<Pool>
  leaveOperation: LeaveOperation
  /** The roles of the configuration, by name. */
  roles: () => ReadonlyMap<string, Role>
  /** Whose web pages may use a session beside the server's own. */
  origins?: readonly string[]
  /** True behind a proxy that speaks https and is not trusted to say so; else as each request came. */
  isSecure?: boolean
  /** How passwords are hashed: one or two at once, sixteen waiting, unless given. */
  passwords?: HasherOptions
  /** Told what nobody foresaw; process warnings unless given. */
  onUnexpected?: (error: unknown, requestId: string) => void
}

const warn = (error: unknown, requestId: string) =>
  process.emitWarning(`Signing in failed (${requestId}): ${error instanceof Error ? error.stack : String(error)}`)

type Route = (desk: AuthDesk, request: WebRequest) => Promise<WebAnswer>

/**
 * Opens the room; mount it at `/api/auth`, as a public one.
 *
 * @example
 * const mounted = { prefix: '/api/auth', room: openAuthRoom({ office, leaveOperation, roles }), isPublic: true }
 */
export function openAuthRoom(options: AuthRoomOptions): WebRoom {
  const { onUnexpected = warn } = options
  let desk: Promise<AuthDesk> | undefined
  const deskOf = () => {
    desk ??= openDesk(options).catch((error: unknown) => {
      desk = undefined
      throw error
    })
    return desk
  }
  return {
    async answer(request) {
      try {
        const route = routes[`${request.method} ${request.path}`]
        if (route === undefined) throw accessErrors.NOT_FOUND({ method: request.method, path: request.path })
        return await route(await deskOf(), request)
      } catch (error) {
        // Where the office stands, and who may not log in there, is for the log alone.
        const isExpected = isStewardError(error) && !error.code.startsWith('POSTGRES_')
        if (!isExpected) onUnexpected(error, request.requestId)
        return refused(isExpected ? error : accessErrors.UNEXPECTED(), options.isSecure ?? request.isSecure ?? false)
      }
    },
    close: async () => undefined,
  }
}

async function openDesk(options: AuthRoomOptions): Promise<AuthDesk> {
  const { office, leaveOperation, roles, origins = [], isSecure } = options
  const hasher = openPasswordHasher(options.passwords)
  const pool = await office()
  return {
    office: pool,
    hasher,
    auth: await openBetterAuth({ office: pool, hasher }),
    leaveOperation,
    roles,
    origins,
    isSecure: (request) => isSecure ?? request.isSecure ?? false,
  }
}

const routes: Readonly<Record<string, Route>> = Object.assign(Object.create(null), {
  'POST /sign-in': signIn,
  'POST /sign-out': signOut,
  'POST /set-password': setPassword,
  'POST /change-password': signedIn(changePassword),
  'GET /session': signedIn(async (desk, _request, { actor, email, role }) =>
    told(whoami(desk.roles(), { id: actor.id, email, name: actor.name ?? '', role })),
  ),
  'GET /sessions': signedIn(async ({ office }, _request, { actor, sessionId }) => {
    const sessions = await selectSessions(office, actor.id)
    return told(sessions.map((session) => ({ ...session, isCurrent: session.id === sessionId })))
  }),
  'POST /sessions/revoke': signedIn(revokeOwn),
})

function signedIn(route: (desk: AuthDesk, request: WebRequest, known: SignedIn) => Promise<WebAnswer>): Route {
  return async (desk, request) => {
    const known = await identify(desk, request)
    if (known === null) throw accessErrors.NOT_SIGNED_IN()
    return route(desk, request, known)
  }
}

function identify(desk: AuthDesk, request: WebRequest): Promise<SignedIn | null> {
  const { method, headers } = request
  return identifySession(desk.office, { method, headers, isSecure: desk.isSecure(request), origins: desk.origins })
}

/** Also with a session that has ended: whoever wants to be signed out is, and the browser forgets. */
async function signOut(desk: AuthDesk, request: WebRequest): Promise<WebAnswer> {
  const known = await identify(desk, request).catch((error: unknown) => {
    if (accessErrors.SESSION_ENDED.is(error)) return null
    throw error
  })
  if (known !== null) {
    const { actor, sessionId } = known
    const act = { procedure: 'access.signOut', actor, params: {}, requestId: request.requestId }
    await asOperation(desk, act, (transaction) => deleteSession(transaction, sessionId))
  }
  return { status: 204, headers: { 'Set-Cookie': endedCookie(desk.isSecure(request)) }, body: null }
}

async function revokeOwn(desk: AuthDesk, request: WebRequest, { actor }: SignedIn): Promise<WebAnswer> {
  const { id } = readInput(request, z.object({ id: z.string().min(1).max(100) }))
  const own = (await selectSessions(desk.office, actor.id)).find((session) => session.id === id)
  if (own === undefined) throw accessErrors.SESSION_NOT_FOUND({ id })
  const act = { procedure: 'access.revokeSession', actor, params: { id }, requestId: request.requestId }
  await asOperation(desk, act, (transaction) => deleteSession(transaction, id))
  return told(own)
}

function refused(error: StewardError, isSecure: boolean): WebAnswer {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
  }
  if (error.status === 429 || error.status === 503) {
    headers['Retry-After'] = /in (\d+) seconds/.exec(error.message)?.[1] ?? '2'
  }
  if (error.code === accessErrors.SESSION_ENDED.code) headers['Set-Cookie'] = endedCookie(isSecure)
  return { status: error.status, headers, body: JSON.stringify(error.toJSON()) }
}
