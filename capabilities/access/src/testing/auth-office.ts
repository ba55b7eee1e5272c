// An office with its trail and rooms where people sign in, for the tests.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole, perform, type Role, readerRole, type WebAnswer, type WebRoom } from '@steward/engine'
import { migrate, openPool, type Pool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { leaveInTrail } from '@steward/trail/capability'
import { access } from '../capability.ts'
import type { InvitedPerson } from '../person.ts'
import { openAuthRoom } from '../web/open-auth-room.ts'
import type { HasherOptions } from '../web/password-hasher.ts'

export const password = 'a horse, a battery'
export const roles: ReadonlyMap<string, Role> = new Map([
  ['admin', adminRole],
  ['reader', readerRole],
  [
    'cx',
    { ...readerRole, name: 'cx', permissions: ['trail:history', 'access:invite-person', 'access:set-person-role'] },
  ],
])

export type Asked = { headers?: Record<string, string>; body?: unknown; address?: string | null; isSecure?: boolean }

/** A browser on a page of the server: it names its origin and keeps its cookie. */
export type Browser = {
  ask: (method: string, path: string, body?: unknown, more?: Record<string, string>) => Promise<Answer>
  cookie: () => string
}
export type Answer = {
  status: number
  headers: Record<string, string>
  body: { code?: string } & Record<string, unknown>
}

export type AuthOffice = {
  database: TestDatabase
  pool: Pool
  room: WebRoom
  ask: (method: string, path: string, asked?: Asked, at?: WebRoom) => Promise<Answer>
  browser: (address?: string, at?: WebRoom) => Browser
  /** Another process, with connections of its own. */
  elsewhere: () => { pool: Pool; room: WebRoom }
  perform: (procedure: string, input: unknown, role?: Role | null) => Promise<unknown>
  /** Invites somebody, who sets their password. */
  settle: (email: string, role?: string) => Promise<InvitedPerson>
  tokenOf: (link: string) => string
  close: () => Promise<void>
}

/** Cheap hashes unless given: a thousand of the real ones take minutes. */
export async function openAuthOffice(
  name: string,
  passwords: HasherOptions = { cost: { N: 1024, r: 8, p: 1 }, waiting: 100 },
): Promise<AuthOffice> {
  const database = await testDatabase({ key: 'access', name, template: prepareOffice })
  const pools: Pool[] = []
  const roomOver = (pool: Pool) =>
    openAuthRoom({ office: async () => pool, leaveOperation: leaveInTrail, roles: () => roles, passwords })
  const room = roomOver(database.pool)
  const engine = {
    capabilities: [access({ roles: () => [...roles.keys()] })],
    pool: database.pool,
    office: async () => database.pool,
    permit: () => true,
    leaveOperation: leaveInTrail,
  }
  let requests = 0
  const ask: AuthOffice['ask'] = async (
    method,
    path,
    { headers = {}, body, address = '10.0.0.1', isSecure } = {},
    at = room,
  ) => {
    requests += 1
    const answer: WebAnswer = await at.answer({
      method,
      path,
      query: '',
      headers: {
        host: 'steward.test',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? null : Buffer.from(JSON.stringify(body)),
      requestId: `r-${requests}`,
      actor: null,
      role: null,
      key: null,
      address,
      ...(isSecure === undefined ? {} : { isSecure }),
    })
    const isJson = answer.headers['Content-Type']?.startsWith('application/json')
    return { ...answer, body: isJson ? JSON.parse(answer.body ?? 'null') : { text: answer.body } }
  }
  const call: AuthOffice['perform'] = async (procedure, input, role = null) =>
    (await perform(engine, { procedure, input, actor: { type: 'staff', id: 'terminal' }, role, source: 'cli' })).output
  const tokenOf = (link: string) => link.slice(link.indexOf('#') + 1)
  return {
    database,
    pool: database.pool,
    room,
    ask,
    tokenOf,
    browser: (address, at) => {
      let cookie = ''
      return {
        cookie: () => cookie,
        ask: async (method, path, body, more = {}) => {
          const own = { origin: 'http://steward.test', ...(cookie === '' ? {} : { cookie }), ...more }
          const where = address === undefined ? {} : { address }
          const answer = await ask(
            method,
            path,
            { headers: own, ...(body === undefined ? {} : { body }), ...where },
            at,
          )
          const set = answer.headers['Set-Cookie']?.split(';')[0]
          if (set !== undefined) cookie = set.endsWith('=') ? '' : set
          return answer
        },
      }
    },
    elsewhere: () => {
      const pool = openPool(database.url)
      pools.push(pool)
      return { pool, room: roomOver(pool) }
    },
    perform: call,
    settle: async (email, role = 'reader') => {
      const invited = (await call('access.invitePerson', { email, role })) as InvitedPerson
      const { status } = await ask('POST', '/set-password', { body: { token: tokenOf(invited.link), password } })
      if (status !== 200) throw new Error(`${email} could not set a password: ${status}`)
      return invited
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.end()))
      await database.drop()
    },
  }
}

async function prepareOffice(url: string): Promise<void> {
  const pool = openPool(url)
  await openTrail({ pool }).install()
  await migrate(pool, {
    folder: new URL('../../migrations/', import.meta.url),
    ledger: 'steward_office.access_migration',
  })
  await pool.end()
}
