// A page of somebody else, open beside the back office in the same browser: whatever it tries, nothing changes.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import type { Pool } from '@steward/postgres'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './open-stage.ts'

let service: TestDatabase
let stage: Stage
let foreign: Server
let port: number
let operation: string

beforeAll(async () => {
  service = await testDatabase({ name: 'foreign page' })
  await service.pool.query(`
    CREATE TABLE orders (id int PRIMARY KEY, total numeric(12, 2) NOT NULL);
    INSERT INTO orders VALUES (1, 128000), (2, 50000)`)
  const trail = openTrail({ pool: service.pool })
  await trail.install()
  await trail.track({ all: true })
  await service.pool.query('UPDATE orders SET total = total + 1')
  const { operations } = await trail.operations({ limit: 1 })
  operation = operations[0]?.id ?? ''
  stage = await openStage(service, {}, ['admin'])
  foreign = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Elsewhere</title><body>')
  })
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  port = (foreign.address() as AddressInfo).port
})
afterAll(async () => {
  foreign?.close()
  await stage?.close()
  await service?.drop()
})

/** Everything that a page can send without asking, and what it has to ask for. Runs in the foreign page. */
const attack = `async (url, operation) => {
  const revert = { operation, reason: 'because', onConflict: 'force' }
  const json = JSON.stringify({ total: 0 })
  const seen = []
  const send = (path, method, type, body, mode) =>
    fetch(url + path, { method, mode, credentials: 'include', headers: type ? { 'content-type': type } : {}, body })
      .then((answer) => answer.text()).then((text) => seen.push(text), () => seen.push(''))
  const submit = (path, enctype, fields) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.name = 'f' + Math.random()
    const form = document.body.appendChild(document.createElement('form'))
    Object.assign(form, { method: 'post', action: url + path, enctype, target: frame.name })
    for (const [name, value] of Object.entries(fields)) {
      const input = form.appendChild(document.createElement('input'))
      Object.assign(input, { name, value })
    }
    form.submit()
  }
  for (const mode of ['cors', 'no-cors']) {
    for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', '']) {
      await send('/api/orders', 'POST', type, JSON.stringify({ id: 3, total: 0 }), mode)
      await send('/api/access/invite-person', 'POST', type, JSON.stringify({ email: 'mallory@example.com', role: 'admin' }), mode)
      await send('/api/trail/revert', 'POST', type, JSON.stringify(revert), mode)
      await send('/api/inquiries', 'POST', type, JSON.stringify({ text: 'Send me the password of the admin' }), mode)
      await send('/api/auth/sign-out', 'POST', type, '{}', mode)
    }
  }
  for (const path of ['/api/orders', '/api/me', '/api/trail/operations']) {
    await send(path, 'GET', '', undefined, 'cors')
    await send(path, 'GET', '', undefined, 'no-cors')
  }
  await send('/api/orders?id=eq.1', 'PATCH', 'application/json', json, 'cors')
  await send('/api/orders?id=eq.2', 'DELETE', '', undefined, 'cors')
  submit('/api/orders', 'application/x-www-form-urlencoded', { id: '3', total: '0' })
  submit('/api/orders', 'text/plain', { '{"id":3,"total":0,"x":"': '"}' })
  submit('/api/orders?id=eq.2', 'multipart/form-data', { _method: 'DELETE' })
  submit('/api/trail/revert', 'application/x-www-form-urlencoded', revert)
  submit('/api/trail/revert', 'text/plain', { [JSON.stringify(revert).slice(0, -1) + ',"x":"']: '"}' })
  submit('/api/inquiries', 'application/x-www-form-urlencoded', { text: 'Send me the password of the admin' })
  submit('/api/auth/sign-out', 'application/x-www-form-urlencoded', { a: 'b' })
  return seen.filter((text) => text !== '')
}`

/** So many forms does it send into frames. */
const forms = attack.match(/^  submit\(/gm)?.length

const form = `(url) => {
  const form = document.body.appendChild(document.createElement('form'))
  Object.assign(form, { method: 'post', action: url + '/api/inquiries' })
  Object.assign(form.appendChild(document.createElement('input')), { name: 'text', value: 'Send me the password' })
  form.submit()
}`

async function stateOf(pool: Pool, office: Pool): Promise<unknown> {
  const { rows: orders } = await pool.query('SELECT * FROM orders ORDER BY id')
  const { rows: operations } = await pool.query('SELECT count(*) FROM steward.operation')
  const { rows: people } = await office.query('SELECT email, role FROM steward_office.access_person ORDER BY 1')
  const { rows: inquiries } = await office.query('SELECT count(*) FROM steward_office.inquiries_inquiry')
  return { orders, operations, people, inquiries }
}

// Another name is another site, which gets no cookie; another port is another origin of the same site, which gets it.
test.each(['localhost', '127.0.0.1'])(
  'a page at another port of %s changes nothing and reads nothing',
  async (host) => {
    const before = await stateOf(service.pool, stage.office.pool)
    const { page, context, close } = await stage.visit('admin')
    const answers: number[] = []
    context.on('response', (response) => {
      const request = response.request()
      if (request.isNavigationRequest() && request.method() === 'POST') answers.push(response.status())
    })
    const elsewhere = await context.newPage()
    await elsewhere.goto(`http://${host}:${port}/`)
    const given = [stage.url, operation].map((text) => JSON.stringify(text)).join(', ')
    expect(await elsewhere.evaluate(`(${attack})(${given})`)).toEqual([])
    await expect.poll(() => answers.length, { timeout: 20_000 }).toBe(forms)
    // Nor with a form that takes the whole window along.
    await Promise.all([
      elsewhere.waitForURL(`${stage.url}/api/inquiries`),
      elsewhere.evaluate(`(${form})(${JSON.stringify(stage.url)})`),
    ])
    expect(Math.min(...answers)).toBeGreaterThanOrEqual(400)
    expect(await stateOf(service.pool, stage.office.pool)).toEqual(before)
    // Nor was anybody signed out.
    const me = await page.request.get(`${stage.url}/api/me`)
    expect(await me.json()).toMatchObject({ role: 'admin', isSignedIn: true })
    await close()
  },
)

test('no page shows the back office in a frame of its own', async () => {
  const { context, close } = await stage.visit('admin')
  const elsewhere = await context.newPage()
  await elsewhere.goto(`http://127.0.0.1:${port}/`)
  await elsewhere.evaluate(`new Promise((done) => {
    const frame = document.body.appendChild(document.createElement('iframe'))
    frame.onload = () => done()
    frame.src = ${JSON.stringify(stage.url)}
  })`)
  const [, framed] = elsewhere.frames()
  expect(await framed?.evaluate('document.querySelector("nav")').catch(() => null)).toBeNull()
  expect(framed?.url()).not.toBe(`${stage.url}/`)
  await close()
})

test('the same questions from a page of its own do what they say: it is the origin that they are refused for', async () => {
  const { page, close } = await stage.visit('admin')
  const before = await stateOf(service.pool, stage.office.pool)
  const statuses = await page.evaluate(`(async () => {
    const send = (path, body) =>
      fetch(path, { method: 'POST', headers: { 'content-type': 'application/json', 'steward-reason': 'because' }, body: JSON.stringify(body) })
    const asked = [
      await send('/api/orders', { id: 3, total: 0 }),
      await send('/api/trail/revert', { operation: ${JSON.stringify(operation)}, reason: 'because', onConflict: 'force' }),
      await send('/api/inquiries', { text: 'Where is order 3?' }),
      await send('/api/auth/sign-out', {}),
    ]
    return asked.map(({ status }) => status)
  })()`)
  for (const status of statuses as number[]) expect([200, 201, 204]).toContain(status)
  expect(await stateOf(service.pool, stage.office.pool)).not.toEqual(before)
  await close()
})
