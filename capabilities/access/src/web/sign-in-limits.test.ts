// How often a password may be tried: the same for all processes, for accounts that exist and for those that do not.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Answer, type AuthOffice, openAuthOffice, password } from '../testing/auth-office.ts'
import { placeOf } from './sign-in-limits.ts'

let office: AuthOffice
beforeAll(async () => {
  office = await openAuthOffice('limits')
  await office.settle('kim@example.com')
  await office.pool.query('DELETE FROM steward_office.access_known_address')
})
beforeEach(() => office.pool.query('TRUNCATE steward_office.access_attempt'))
afterAll(() => office.close())

const attempt = (email: string, address: string, given = 'a wrong password', room = office.room) =>
  office.ask('POST', '/sign-in', { body: { email, password: given }, address }, room)
const statuses = (answers: Answer[]) => answers.map(({ status }) => status).toSorted((one, other) => one - other)
const times = <Result>(count: number, work: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))
/** As if the time had passed. */
const pass = (seconds: number) =>
  office.pool.query(
    `UPDATE steward_office.access_attempt SET last_at = last_at - make_interval(secs => $1),
       blocked_until = blocked_until - make_interval(secs => $1)`,
    [seconds],
  )
/** Blocks that have begun last until the test is over: what follows does not depend on how fast this machine is. */
const hold = () =>
  office.pool.query(
    `UPDATE steward_office.access_attempt SET blocked_until = now() + interval '1 minute' WHERE blocked_until > last_at`,
  )
/** All counters stand where the longest wait begins. */
const exhaust = () =>
  office.pool.query(
    `UPDATE steward_office.access_attempt SET failures = 40, blocked_until = now() - interval '1 second'`,
  )

test.each(['kim@example.com', 'nobody@example.com'])(
  'after five mistakes %s has to wait, from all addresses and in all processes, and the right password does not help',
  async (email) => {
    const other = office.elsewhere()
    const from = (net: number) => (at: number) =>
      attempt(email, `10.2.${net}.${at}`, undefined, at % 2 === 0 ? office.room : other.room)
    expect(statuses(await times(5, from(0)))).toEqual(Array(5).fill(401))
    await hold()
    expect(statuses(await times(6, from(1)))).toEqual(Array(6).fill(429))
    const late = await attempt(email, '10.2.2.1', password)
    expect([late.status, late.body.code]).toEqual([429, 'ACCESS_TOO_MANY_ATTEMPTS'])
    expect(Number(late.headers['Retry-After'])).toBeGreaterThan(0)
    // A hundred at the same moment are a hundred: one gets through, in whichever process.
    await exhaust()
    expect(statuses(await times(12, from(3)))).toEqual([401, ...Array(11).fill(429)])
  },
)

test('the wait doubles up to a minute, and an hour without an attempt forgets it', async () => {
  const waits: number[] = []
  await times(5, (at) => attempt('kim@example.com', `10.3.0.${at}`))
  for (let round = 0; round < 8; round++) {
    await pass(60)
    expect((await attempt('kim@example.com', `10.3.1.${round}`)).status).toBe(401)
    const { rows } = await office.pool.query(
      `SELECT extract(epoch FROM blocked_until - last_at)::int AS wait FROM steward_office.access_attempt
        WHERE counter LIKE 'account:%'`,
    )
    waits.push(rows[0].wait)
  }
  expect(waits).toEqual([2, 4, 8, 16, 32, 60, 60, 60])
  await pass(3601)
  expect(statuses(await times(5, (at) => attempt('kim@example.com', `10.3.3.${at}`)))).toEqual(Array(5).fill(401))
})

test('strangers do not lock somebody out where they have signed in before', async () => {
  expect((await attempt('kim@example.com', '10.4.0.1', password)).status).toBe(200)
  await times(5, (at) => attempt('kim@example.com', `10.4.1.${at}`))
  await hold()
  expect((await attempt('kim@example.com', '10.4.1.99', password)).status).toBe(429)
  expect((await attempt('kim@example.com', '10.4.0.1', password)).status).toBe(200)
  // What is known is an address, and not everybody who has it: there the same limit holds.
  expect(statuses(await times(5, () => attempt('kim@example.com', '10.4.0.1')))).toEqual(Array(5).fill(401))
  await hold()
  expect((await attempt('kim@example.com', '10.4.0.1', password)).status).toBe(429)
  const { link } = (await office.perform('access.linkPerson', { person: 'kim@example.com' })) as { link: string }
  const body = { token: office.tokenOf(link), password }
  expect((await office.ask('POST', '/set-password', { body, address: '10.4.5.1' })).status).toBe(200)
  expect((await attempt('kim@example.com', '10.4.5.1', password)).status).toBe(200)
})

test('an address may make twenty mistakes, whatever the accounts', async () => {
  const guess = (at: number) => attempt(`somebody${at}@example.com`, '10.5.0.1')
  expect(statuses(await times(20, guess))).toEqual(Array(20).fill(401))
  await hold()
  expect(statuses(await times(10, guess))).toEqual(Array(10).fill(429))
  await exhaust()
  await office.pool.query(`DELETE FROM steward_office.access_attempt WHERE counter LIKE 'account:%'`)
  expect(statuses(await times(10, guess))).toEqual([401, ...Array(9).fill(429)])
  expect((await attempt('kim@example.com', '10.5.0.2', password)).status).toBe(200)
})

test('links that do not work are mistakes of the address, so that nobody fills the trail with them', async () => {
  const use = (at: number) =>
    office.ask('POST', '/set-password', { body: { token: `${at}`.padStart(43, 'x'), password }, address: '10.5.1.1' })
  expect(statuses(await times(20, use))).toEqual(Array(20).fill(410))
  await hold()
  expect(statuses(await times(10, use))).toEqual(Array(10).fill(429))
  const { rows } = await office.pool.query(
    `SELECT count(*)::int FROM steward.operation WHERE procedure = 'access.setPassword' AND params LIKE '%10.5.1.1%'`,
  )
  expect(rows).toEqual([{ count: 21 }])
  const { link } = (await office.perform('access.linkPerson', { person: 'kim@example.com' })) as { link: string }
  const body = { token: office.tokenOf(link), password }
  expect((await office.ask('POST', '/set-password', { body, address: '10.5.1.1' })).status).toBe(200)
})

test('signing in well is no mistake, however often', async () => {
  for (let round = 0; round < 25; round++) {
    expect((await attempt('kim@example.com', '10.6.0.1', password)).status).toBe(200)
  }
})

test('whoever has stolen a session does not guess the password with it', async () => {
  const browser = office.browser('10.7.0.1')
  await browser.ask('POST', '/sign-in', { email: 'kim@example.com', password })
  const guess = () => browser.ask('POST', '/change-password', { current: 'not it', password: 'a better password' })
  expect(statuses(await times(5, guess))).toEqual(Array(5).fill(403))
  await hold()
  expect(statuses(await times(3, guess))).toEqual(Array(3).fill(429))
  expect((await browser.ask('GET', '/session')).status).toBe(200)
})

test('the trail knows of each mistake, and once of a block', async () => {
  const email = 'watched@example.com'
  await times(5, (at) => attempt(email, `10.8.0.${at}`))
  await hold()
  for (let again = 0; again < 5; again++) await attempt(email, `10.8.1.${again}`)
  const { rows } = await office.pool.query(
    `SELECT split_part(error, ':', 1) AS code, count(*)::int FROM steward.operation WHERE params LIKE '%' || $1 || '%'
      GROUP BY 1 ORDER BY 2 DESC`,
    [email],
  )
  expect(rows).toEqual([
    { code: 'ACCESS_SIGN_IN_REFUSED', count: 5 },
    { code: 'ACCESS_TOO_MANY_ATTEMPTS', count: 1 },
  ])
})

test.each([
  [null, 'unknown'],
  ['10.0.0.1', '10.0.0.1'],
  ['2001:db8:0:7::1', '2001:db8:0:7::/64'],
  ['2001:0DB8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s is counted as %s', (address, place) => {
  expect(placeOf(address)).toBe(place)
})
