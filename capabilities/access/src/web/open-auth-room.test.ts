// People: invited, signed in, remembered in the database alone, and out as soon as somebody says so.
import { StewardError } from '@steward/base'
import { adminRole, type Role } from '@steward/engine'
import { inTransaction } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { identifySession } from '../identify-session.ts'
import { offerFirstLink } from '../offer-first-link.ts'
import type { InvitedPerson } from '../person.ts'
import { insertLink } from '../store/links.ts'
import { lockPerson } from '../store/people.ts'
import { type AuthOffice, openAuthOffice, password } from '../testing/auth-office.ts'
import { openAuthRoom } from './open-auth-room.ts'

let office: AuthOffice
beforeAll(async () => {
  office = await openAuthOffice('people')
})
afterAll(() => office.close())

const first = () => offerFirstLink({ office: office.pool, leaveOperation: leaveInTrail, url: 'http://steward.test/' })

test('the first admin comes in by a link that works once, also when several use it at the same moment', async () => {
  const offered = [await first(), await first()]
  expect(offered[0]?.link).toMatch(/^http:\/\/steward\.test\/welcome\?first#[\w-]{43}$/)
  const token = office.tokenOf(offered[0]?.link ?? '')
  const other = office.tokenOf(offered[1]?.link ?? '')
  expect((await office.ask('POST', '/set-password', { body: { token, password } })).body).toMatchObject({
    code: 'ACCESS_INPUT_INVALID',
  })
  const rooms = [office.room, office.elsewhere().room, office.elsewhere().room]
  const tokens = [token, other]
  const answers = await Promise.all(
    rooms.flatMap((room, at) =>
      tokens.map((each) =>
        office.ask('POST', '/set-password', { body: { token: each, password, email: `boss${at}@example.com` } }, room),
      ),
    ),
  )
  expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([
    200,
    ...Array(5).fill(410),
  ])
  expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({ role: 'admin', permissions: ['*'] })
  expect(answers.find(({ status }) => status === 410)?.body).toMatchObject({ code: 'ACCESS_LINK_USED' })
  expect(await office.perform('access.listPeople', {})).toHaveLength(1)
  expect(await first()).toBe(null)
})

test('who is invited sets a password, signs in, is known, and signs out', async () => {
  const { link, ...kim } = (await office.perform('access.invitePerson', {
    email: 'Kim@Example.com',
    role: 'cx',
    name: 'Kim Lee',
  })) as { link: string; id: string }
  expect(kim).toMatchObject({ email: 'kim@example.com', hasPassword: false, role: 'cx', createdBy: 'staff terminal' })
  const token = office.tokenOf(link)
  const set = await office.ask('POST', '/set-password', { body: { token, password } })
  expect(set.body).toMatchObject({ person: { id: kim.id, email: 'kim@example.com', name: 'Kim Lee' }, role: 'cx' })
  expect((await office.ask('POST', '/set-password', { body: { token, password } })).status).toBe(410)

  const browser = office.browser()
  expect((await browser.ask('GET', '/session')).body).toMatchObject({ code: 'ACCESS_NOT_SIGNED_IN' })
  const signedIn = await browser.ask('POST', '/sign-in', { email: ' KIM@example.com', password })
  expect(signedIn.status).toBe(200)
  const who = await browser.ask('GET', '/session')
  expect(who.body).toEqual({
    person: { id: kim.id, email: 'kim@example.com', name: 'Kim Lee' },
    role: 'cx',
    permissions: expect.arrayContaining(['trail:history']),
  })
  const known = await identifySession(office.elsewhere().pool, { method: 'GET', headers: { cookie: browser.cookie() } })
  expect(known).toMatchObject({ actor: { type: 'staff', id: kim.id, name: 'Kim Lee' }, role: 'cx' })

  const held = browser.cookie()
  const out = await browser.ask('POST', '/sign-out')
  expect([out.status, out.headers['Set-Cookie']]).toEqual([204, expect.stringContaining('Max-Age=0')])
  expect(browser.cookie()).toBe('')
  const again = await office.ask('GET', '/session', { headers: { cookie: held } })
  expect([again.status, again.body.code]).toEqual([401, 'ACCESS_SESSION_ENDED'])
})

test('a session that was in the browser before ends with the next sign-in', async () => {
  await office.settle('rotated@example.com')
  const browser = office.browser()
  await browser.ask('POST', '/sign-in', { email: 'rotated@example.com', password })
  const before = browser.cookie()
  await browser.ask('POST', '/sign-in', { email: 'rotated@example.com', password })
  expect(browser.cookie()).not.toBe(before)
  expect((await office.ask('GET', '/session', { headers: { cookie: before } })).status).toBe(401)
  expect((await browser.ask('GET', '/session')).status).toBe(200)
})

test('the cookie is for this server alone, and no script reads it', async () => {
  await office.settle('cookie@example.com')
  const body = { email: 'cookie@example.com', password }
  const plain = await office.ask('POST', '/sign-in', { body })
  expect(plain.headers['Set-Cookie']).toMatch(
    /^steward_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
  )
  const secure = await office.ask('POST', '/sign-in', { body, isSecure: true })
  expect(secure.headers['Set-Cookie']).toMatch(
    /^__Host-steward_session=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure$/,
  )
  const cookie = secure.headers['Set-Cookie']?.split(';')[0]?.replace('__Host-', '') ?? ''
  expect((await office.ask('GET', '/session', { headers: { cookie }, isSecure: true })).status).toBe(401)
})

test('whether an address exists cannot be told from the answer', async () => {
  const disabled = await office.settle('gone@example.com')
  await office.settle('there@example.com')
  await office.perform('access.disablePerson', { person: disabled.id })
  await office.perform('access.invitePerson', { email: 'fresh@example.com', role: 'reader' })
  const answers = await Promise.all(
    [
      ['there@example.com', 'the wrong password'],
      ['nobody@example.com', password],
      ['gone@example.com', password],
      ['fresh@example.com', password],
    ].map(([email, given], at) =>
      office.ask('POST', '/sign-in', { body: { email, password: given }, address: `10.1.0.${at}` }),
    ),
  )
  const [one, ...others] = answers
  expect(one).toMatchObject({ status: 401, body: { code: 'ACCESS_SIGN_IN_REFUSED' } })
  for (const other of others) expect(other).toEqual(one)
})

test('a page of somebody else can do nothing with a session', async () => {
  await office.settle('csrf@example.com')
  const browser = office.browser()
  await browser.ask('POST', '/sign-in', { email: 'csrf@example.com', password })
  const { pool } = office
  const headers = { cookie: browser.cookie(), host: 'steward.test' }
  const refused = expect.objectContaining({ code: 'ACCESS_ORIGIN_REFUSED' })
  for (const foreign of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://steward.test.evil.example' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
    {},
  ]) {
    const asked = { method: 'POST', headers: { ...headers, ...foreign } }
    await expect(identifySession(pool, asked), JSON.stringify(foreign)).rejects.toEqual(refused)
    expect((await office.ask('POST', '/sign-out', asked)).status).toBe(403)
  }
  for (const own of [{ origin: 'http://steward.test' }, { 'sec-fetch-site': 'same-origin' }]) {
    expect(await identifySession(pool, { method: 'POST', headers: { ...headers, ...own } })).not.toBe(null)
  }
  expect(await identifySession(pool, { method: 'GET', headers })).not.toBe(null)
  const form = { 'content-type': 'text/plain', origin: 'http://steward.test' }
  const sent = await office.ask('POST', '/sign-in', { headers: form, body: { email: 'csrf@example.com', password } })
  expect([sent.status, sent.body.code]).toEqual([400, 'ACCESS_INPUT_INVALID'])
})

test('a revoked session, and every session of who is disabled, is refused on the next request, on another instance, too', async () => {
  const person = await office.settle('lost@example.com')
  const other = office.elsewhere()
  const [one, two] = [office.browser(), office.browser()]
  for (const browser of [one, two]) await browser.ask('POST', '/sign-in', { email: 'lost@example.com', password })
  const status = (browser: typeof one) =>
    office.ask('GET', '/session', { headers: { cookie: browser.cookie() } }, other.room).then((answer) => answer.status)
  expect([await status(one), await status(two)]).toEqual([200, 200])
  const sessions = (await two.ask('GET', '/sessions')).body as unknown as { id: string; isCurrent: boolean }[]
  const [current] = sessions.filter(({ isCurrent }) => isCurrent)
  const [theFirst] = (await one.ask('GET', '/sessions').then(({ body }) => body as never as typeof sessions)).filter(
    ({ isCurrent }) => isCurrent,
  )
  await office.perform('access.revokeSession', { id: theFirst?.id })
  expect([await status(one), await status(two)]).toEqual([401, 200])
  const stranger = await office.browser().ask('POST', '/sessions/revoke', { id: current?.id })
  expect(stranger.status).toBe(401)
  await office.perform('access.disablePerson', { person: 'lost@example.com' })
  expect(await status(two)).toBe(401)
  await office.perform('access.enablePerson', { person: person.id })
  expect(await status(two)).toBe(401)
  expect((await one.ask('POST', '/sign-in', { email: 'lost@example.com', password })).status).toBe(200)
})

test('a session ends after a week, and after half a day without a request', async () => {
  await office.settle('idle@example.com')
  const browser = office.browser()
  for (const set of [`expires_at = now()`, `last_seen_at = now() - interval '13 hours'`]) {
    await browser.ask('POST', '/sign-in', { email: 'idle@example.com', password })
    expect((await browser.ask('GET', '/session')).status).toBe(200)
    await office.pool.query(`UPDATE steward_office.access_session SET ${set}`)
    expect((await browser.ask('GET', '/session')).status).toBe(401)
  }
})

test('a new password needs the old one, and ends all other sessions', async () => {
  await office.settle('changed@example.com')
  const [one, two] = [office.browser(), office.browser()]
  for (const browser of [one, two]) await browser.ask('POST', '/sign-in', { email: 'changed@example.com', password })
  const next = 'another horse, another battery'
  const wrong = await one.ask('POST', '/change-password', { current: 'not the password', password: next })
  expect([wrong.status, wrong.body.code]).toEqual([403, 'ACCESS_PASSWORD_WRONG'])
  expect((await one.ask('POST', '/change-password', { current: password, password: 'short' })).status).toBe(400)
  expect((await two.ask('GET', '/session')).status).toBe(200)
  expect((await one.ask('POST', '/change-password', { current: password, password: next })).status).toBe(200)
  expect((await one.ask('GET', '/session')).status).toBe(200)
  expect((await two.ask('GET', '/session')).status).toBe(401)
  expect((await two.ask('POST', '/sign-in', { email: 'changed@example.com', password })).status).toBe(401)
  expect((await two.ask('POST', '/sign-in', { email: 'changed@example.com', password: next })).status).toBe(200)
})

test('a new link replaces the one before, and whoever uses it ends all sessions', async () => {
  await office.settle('forgot@example.com')
  const browser = office.browser()
  await browser.ask('POST', '/sign-in', { email: 'forgot@example.com', password })
  const links: { link: string }[] = []
  for (const _ of [1, 2])
    links.push((await office.perform('access.linkPerson', { person: 'forgot@example.com' })) as never)
  const [older, newer] = links.map(({ link }) => office.tokenOf(link))
  expect((await browser.ask('GET', '/session')).status).toBe(200)
  const next = 'what I chose instead'
  expect((await office.ask('POST', '/set-password', { body: { token: older, password: next } })).status).toBe(410)
  expect((await office.ask('POST', '/set-password', { body: { token: newer, password: next } })).status).toBe(200)
  expect((await browser.ask('GET', '/session')).status).toBe(401)
  const expired = (await office.perform('access.linkPerson', { person: 'forgot@example.com' })) as { link: string }
  await office.pool.query(`UPDATE steward_office.access_verification SET expires_at = now()`)
  const late = await office.ask('POST', '/set-password', { body: { token: office.tokenOf(expired.link), password } })
  expect(late.status).toBe(410)
})

test('a link that is replaced while somebody uses it does not work, and neither waits for the other in vain', async () => {
  const { id, link } = (await office.perform('access.invitePerson', {
    email: 'torn@example.com',
    role: 'reader',
  })) as InvitedPerson
  const body = { token: office.tokenOf(link), password }
  const [using, again] = await inTransaction(office.pool, {}, async (transaction) => {
    await lockPerson(transaction, id)
    const asked = office.ask('POST', '/set-password', { body })
    await vi.waitFor(async () => {
      const { rows } = await office.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
      expect(rows).toHaveLength(1)
    }, 10_000)
    return [asked, await insertLink(transaction, { use: 'password', hash: 'new', personId: id, hours: 1 })]
  })
  expect([(await using).status, typeof again]).toEqual([410, 'string'])
})

test('what people may do ends where their role does', async () => {
  const cx = (await import('../testing/auth-office.ts')).roles.get('cx') ?? null
  const code = (expected: string) => expect.objectContaining({ code: expected })
  await expect(office.perform('access.invitePerson', { email: 'a@example.com', role: 'boss' })).rejects.toEqual(
    code('ACCESS_ROLE_UNKNOWN'),
  )
  await expect(office.perform('access.createKey', { name: 'k', role: 'boss' })).rejects.toEqual(
    code('ACCESS_ROLE_UNKNOWN'),
  )
  for (const procedure of ['access.invitePerson', 'access.createKey']) {
    const input = { email: 'a@example.com', name: 'a', role: 'admin' }
    await expect(office.perform(procedure, input, cx)).rejects.toEqual(code('ACCESS_ROLE_TOO_HIGH'))
  }
  const [admin] = ((await office.perform('access.listPeople', {})) as { email: string; role: string }[]).filter(
    ({ role }) => role === 'admin',
  )
  const person = admin?.email ?? ''
  await expect(office.perform('access.linkPerson', { person }, cx)).rejects.toEqual(code('ACCESS_ROLE_TOO_HIGH'))
  await expect(office.perform('access.setPersonRole', { person, role: 'cx' }, cx)).rejects.toEqual(
    code('ACCESS_ROLE_TOO_HIGH'),
  )
  for (const [procedure, input] of [
    ['access.disablePerson', { person }],
    ['access.setPersonRole', { person, role: 'reader' }],
  ] as const) {
    await expect(office.perform(procedure, input)).rejects.toEqual(code('ACCESS_LAST_ADMIN'))
  }
  await expect(office.perform('access.invitePerson', { email: person, role: 'cx' })).rejects.toEqual(
    code('ACCESS_PERSON_EXISTS'),
  )
})

test('who holds every permission, and not every entity, makes nobody an admin', async () => {
  const ops: Role = { ...adminRole, name: 'ops', entities: { '*': { read: true }, salaries: {} } }
  const input = { email: 'ops@example.com', name: 'ops', role: 'admin' }
  for (const procedure of ['access.invitePerson', 'access.createKey']) {
    await expect(office.perform(procedure, input, ops)).rejects.toEqual(
      expect.objectContaining({ code: 'ACCESS_ROLE_TOO_HIGH' }),
    )
    expect(await office.perform(procedure, { ...input, role: 'reader' }, adminRole)).toMatchObject({ role: 'reader' })
  }
})

test('every sign-in, refusal and change of access is in the trail, and no secret is', async () => {
  const person = await office.settle('traced@example.com')
  const browser = office.browser()
  const secrets = [password, 'a wrong password', office.tokenOf(person.link)]
  await browser.ask('POST', '/sign-in', { email: 'traced@example.com', password: secrets[1] })
  await browser.ask('POST', '/sign-in', { email: 'traced@example.com', password })
  secrets.push(browser.cookie().split('=')[1] ?? '')
  await browser.ask('POST', '/sign-out')
  await office.perform('access.setPersonRole', { person: person.id, role: 'cx' })
  await office.perform('access.disablePerson', { person: person.id })
  const trail = openTrail({ pool: office.pool })
  const history = await trail.history('steward_office.access_person', person.id)
  expect(history.map(({ operation }) => operation?.procedure)).toEqual([
    'access.disablePerson',
    'access.setPersonRole',
    'access.invitePerson',
  ])
  const { rows } = await office.pool.query(
    `SELECT procedure, coalesce(outcome, 'done') AS outcome, actor_id AS actor FROM steward.operation
      WHERE params LIKE '%traced@example.com%' AND procedure = 'access.signIn' ORDER BY at`,
  )
  expect(rows).toEqual([
    { procedure: 'access.signIn', outcome: 'failed', actor: 'sign-in' },
    { procedure: 'access.signIn', outcome: 'done', actor: person.id },
  ])
  const kept = await office.pool.query(
    `SELECT concat((SELECT json_agg(o) FROM steward.operation AS o), (SELECT json_agg(c) FROM steward.change AS c)) AS trail,
       (SELECT json_agg(s) FROM steward_office.access_session AS s)::text AS sessions,
       (SELECT string_agg(password, ' ') FROM steward_office.access_account) AS hashes`,
  )
  const { trail: everything, sessions, hashes } = kept.rows[0]
  expect(hashes).toContain('scrypt$')
  for (const secret of [...secrets, ...hashes.split(' ')]) expect(everything).not.toContain(secret)
  for (const secret of secrets) expect(sessions ?? '').not.toContain(secret)
  expect(everything).not.toContain('scrypt$')
})

test('what is no request to sign in gets a refusal with four parts', async () => {
  const cases: [string, string, unknown, number][] = [
    ['GET', '/sign-in', undefined, 404],
    ['POST', '/constructor', {}, 404],
    ['POST', '/sign-in', [], 400],
    ['POST', '/sign-in', { email: 'x', password }, 400],
    ['POST', '/sign-in', { email: 'a\u0000@example.com', password }, 400],
    ['POST', '/sign-in', { email: 'a@example.com', password: 'x'.repeat(201) }, 400],
    ['POST', '/set-password', { token: 'x', password }, 410],
    ['POST', '/set-password', { token: `${'x'.repeat(42)}\u0000`, password }, 410],
  ]
  for (const [method, path, body, status] of cases) {
    const answer = await office.ask(method, path, body === undefined ? {} : { body })
    expect([answer.status, Object.keys(answer.body)], JSON.stringify(body)).toEqual([
      status,
      ['code', 'message', 'details', 'hint'],
    ])
  }
})

test('where the office stands is nobody’s business out there', async () => {
  const told: unknown[] = []
  const lost = new StewardError({
    code: 'POSTGRES_CONNECTION_FAILED',
    message: 'connect ECONNREFUSED db.internal:5432',
  })
  const room = openAuthRoom({
    office: () => Promise.reject(lost),
    leaveOperation: leaveInTrail,
    roles: () => new Map(),
    onUnexpected: (error) => told.push(error),
  })
  const { status, body } = await office.ask('POST', '/sign-in', { body: { email: 'a@example.com', password } }, room)
  expect([status, body.code, JSON.stringify(body).includes('internal')]).toEqual([500, 'ACCESS_UNEXPECTED', false])
  expect(told).toEqual([lost])
})
