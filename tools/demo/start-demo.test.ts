// `npm start` as somebody who has just cloned the repository meets it, on a small share of the ninety days.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoChild, startChild } from './testing/demo-child.ts'

const words = ['--port', '0', '--scale', '0.03']
const ready = /Steward is ready[\s\S]+?(http:\S+)[\s\S]+Ctrl-C stops it/

let folder: string
let started: DemoChild[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steward-demo-'))
})
afterAll(async () => {
  for (const child of started) await child.end('SIGKILL')
  await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
})

function start(more: readonly string[] = []): DemoChild {
  const child = startChild(folder, [...words, ...more])
  started = [...started, child]
  return child
}

/** Signs in with what the terminal says. */
async function signIn(url: string, said: string, role: string) {
  const [, email, password] = new RegExp(`(\\S+@\\S+) +(\\S+) +\\S+ · ${role}\\b`).exec(said) ?? []
  const answer = await fetch(`${url}/api/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const ask = async (path: string, method = 'GET', body?: object) => {
    const sent = {
      method,
      headers: { cookie, origin: url, 'content-type': 'application/json', 'steward-reason': 'test' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    const got = await fetch(url + path, sent)
    const text = await got.text()
    return { status: got.status, json: text === '' ? null : JSON.parse(text) }
  }
  return { status: answer.status, ask }
}

test('who is killed in the middle of filling leaves nothing that the next start takes for whole', async () => {
  const child = start()
  await child.says(/Importing ninety days|Running the service/)
  await child.end('SIGKILL')
  const again = start()
  const url = await again.says(ready)
  expect(again.said()).toContain('Filling a helpdesk')
  const { ask } = await signIn(url, again.said(), 'admin')
  expect((await ask('/api/workspaces?select=id&slug=eq.acme')).json).toHaveLength(1)
  expect(await again.end()).toBe(0)
})

test('the next start finds everything as it was left, and everybody with their password', async () => {
  const first = start()
  const url = await first.says(ready)
  expect(first.said()).not.toContain('Filling a helpdesk')
  expect(await (await fetch(url)).text()).toContain('<!doctype html>')
  expect((await fetch(`${url}/api/me`)).status).toBe(401)
  const developer = await signIn(url, first.said(), 'developer')
  expect((await developer.ask('/api/me')).json).toMatchObject({ role: 'developer', isSignedIn: true })
  const changed = await developer.ask('/api/workspaces?slug=eq.acme', 'PATCH', { name: 'Left behind' })
  expect(changed.status).toBeLessThan(300)
  expect(await first.end('SIGTERM')).toBe(0)

  const second = start()
  const again = await second.says(ready)
  const support = await signIn(again, second.said(), 'cx')
  expect((await support.ask('/api/me')).json).toMatchObject({ role: 'cx' })
  expect((await support.ask('/api/workspaces?select=name&slug=eq.acme')).json).toEqual([{ name: 'Left behind' }])
  expect((await support.ask('/api/customers?select=resident_number&email=eq.kim@acme.co.kr')).json).not.toEqual([
    { resident_number: '850741-1048200' },
  ])
  expect(await second.end()).toBe(0)
})

test('of two starts in one folder the second says that it runs already, and where', async () => {
  const first = start()
  const url = await first.says(ready)
  const second = start()
  expect(await second.exit).toBe(1)
  expect(second.said()).toContain(`The demo runs already, at ${url}`)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
  expect(await first.end()).toBe(0)
})

test('Ctrl-C while it fills ends it at once, and ends its PostgreSQL', async () => {
  const child = start(['--reset'])
  await child.says(/Importing ninety days|Running the service/)
  expect(await child.end()).toBe(0)
  expect(child.said()).toContain('the next start begins anew')
  expect(await readFile(join(folder, '.steward/demo/postgres/postmaster.pid'), 'utf8').catch(() => null)).toBeNull()
})

test('the help names what there is', async () => {
  const child = start(['--help'])
  expect(await child.exit).toBe(0)
  expect(child.said()).toContain('--reset')
})
