// Thousands of wrong passwords while others work: those are answered, and the attackers are turned away.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuthOffice, openAuthOffice, password } from '../testing/auth-office.ts'

const isFull = process.env.STEWARD_SCALE === 'full'
const attempts = isFull ? 10_000 : 600
const atOnce = 50
let office: AuthOffice
beforeAll(async () => {
  office = isFull ? await openAuthOffice('storm', {}) : await openAuthOffice('storm')
})
afterAll(() => office.close())

test(`${attempts} wrong passwords from a hundred addresses keep nobody from working`, {
  timeout: 1_200_000,
}, async () => {
  await office.settle('worker@example.com')
  const browser = office.browser('10.9.0.1')
  await browser.ask('POST', '/sign-in', { email: 'worker@example.com', password })

  const answered = new Map<number, number>()
  let next = 0
  let isOver = false
  const attacker = async () => {
    for (let at = next++; at < attempts; at = next++) {
      const email = at % 3 === 0 ? 'worker@example.com' : `guess${at % 40}@example.com`
      const { status } = await office.ask('POST', '/sign-in', {
        body: { email, password: `wrong ${at}` },
        address: `10.10.0.${at % 100}`,
      })
      answered.set(status, (answered.get(status) ?? 0) + 1)
    }
  }
  const storm = Promise.all(Array.from({ length: atOnce }, attacker)).then(() => {
    isOver = true
  })

  const times: number[] = []
  const statuses = new Set<number>()
  while (!isOver) {
    const startedAt = performance.now()
    statuses.add((await browser.ask('GET', '/session')).status)
    times.push(performance.now() - startedAt)
  }
  await storm
  expect([...statuses]).toEqual([200])
  expect([...answered.keys()]).toEqual(expect.arrayContaining([401, 429]))
  expect([...answered.keys()].every((status) => [401, 429, 503].includes(status))).toBe(true)
  expect(answered.get(429)).toBeGreaterThan(attempts / 4)
  expect((await browser.ask('POST', '/sign-in', { email: 'worker@example.com', password })).status).toBe(200)
  if (isFull) {
    times.sort((one, other) => one - other)
    const at = (share: number) => `${Math.round(times[Math.floor(times.length * share)] ?? 0)} ms`
    const ends = JSON.stringify(Object.fromEntries(answered))
    process.stdout.write(`${times.length} requests of others: median ${at(0.5)}, p99 ${at(0.99)}; attempts: ${ends}\n`)
  }
})
