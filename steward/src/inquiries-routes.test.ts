// Inquiries on the web: their routes as the server serves them, for the roles and the people of an installation.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Actor } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import type { Role } from '@steward/engine'
import { openTrail } from '@steward/trail'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asRequestListener, type OpenedSteward, openSteward } from './index.ts'

let database: TestDatabase
let steward: OpenedSteward
let server: Server
let url: string

const support: Role = {
  name: 'cx',
  permissions: ['inquiries:ask', 'inquiries:list', 'inquiries:read', 'inquiries:comment'],
  entities: {},
  functions: [],
}
const developer: Role = { ...support, name: 'developer', permissions: ['inquiries:*'] }
const callers: Record<string, { actor: Actor; role: Role }> = {
  sora: { actor: { type: 'staff', id: 'sora', name: '소라' }, role: support },
  kim: { actor: { type: 'staff', id: 'kim', name: 'Kim' }, role: developer },
}

beforeAll(async () => {
  database = await testDatabase({ name: 'inquiries-routes' })
  await openTrail({ pool: database.pool }).install()
  await database.pool.query('CREATE TABLE orders (id int PRIMARY KEY)')
  steward = await openSteward({
    databaseUrl: database.url,
    officeUrl: database.url,
    identify: ({ headers }) => callers[headers['x-test-caller'] as string] ?? { actor: null },
  })
  server = createServer(asRequestListener(steward))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/inquiries`
})
afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await steward?.close()
  await database?.drop()
})

async function ask(caller: string, path: string, body?: object): Promise<{ status: number; body: any }> {
  const headers = { 'x-test-caller': caller, ...(body && { 'content-type': 'application/json' }) }
  const response = await fetch(`${url}${path}`, {
    headers,
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: response.status, body: await response.json() }
}

test('asked by one, given to a person of access, answered, and read by address', async () => {
  const question = {
    text: '주문이 사라졌어요',
    entity: 'orders',
    key: '1042',
    ticketUrl: 'https://desk.example.com/t/42',
  }
  const asked = await ask('sora', '', question)
  expect(asked).toMatchObject({ status: 200, body: { state: 'open', askedBy: { id: 'sora' } } })
  const { id } = asked.body
  expect(await ask('sora', `/${id}/take`, {})).toMatchObject({ status: 403, body: { code: 'ENGINE_NOT_PERMITTED' } })

  await database.pool.query(
    `INSERT INTO steward_office.access_person (id, email, name, role, created_by, disabled_at)
     VALUES ('p1', 'jihoon@example.com', '박지훈', 'admin', 'test', NULL), ('p2', 'gone@example.com', 'Gone', 'admin', 'test', now())`,
  )
  expect((await ask('kim', '/people')).body).toContainEqual({ id: 'p1', name: '박지훈', email: 'jihoon@example.com' })
  expect(await ask('kim', `/${id}/assign`, { person: 'gone@example.com' })).toMatchObject({ status: 404 })
  expect(await ask('kim', `/${id}/assign`, { person: 'jihoon@example.com' })).toMatchObject({
    status: 200,
    body: { state: 'taken', owner: { type: 'staff', id: 'p1', name: '박지훈' } },
  })
  expect(await ask('kim', `/${id}/answer`, { text: 'They are back.' })).toMatchObject({ status: 200 })
  expect(await ask('sora', `/${id}`)).toMatchObject({
    status: 200,
    body: { id, answer: 'They are back.', subject: { kind: 'record', entity: 'orders', key: '1042' } },
  })
  const found = await ask('sora', '?state=answered&state=closed&entity=orders&key=1042&limit=1')
  expect(found.body).toMatchObject({ inquiries: [{ id, title: '주문이 사라졌어요' }], next: null })
  expect((await ask('sora', '/attention')).body).toEqual({ mine: 0, unowned: 0, answered: 1 })
  expect((await ask('kim', '/week?weeks=1&timeZone=Asia/Seoul')).body).toMatchObject([{ asked: 1, answered: 1 }])
})

test('an address that is no link, and a number that is none, are refused', async () => {
  expect(await ask('sora', '', { text: 'x', ticketUrl: 'javascript:alert(1)' })).toMatchObject({
    status: 422,
    body: { code: 'ENGINE_INPUT_INVALID', message: expect.stringContaining('ticketUrl') },
  })
  expect((await ask('sora', '/nothing')).status).toBe(422)
  expect(await ask('sora', '/999999')).toMatchObject({ status: 404, body: { code: 'INQUIRIES_NOT_FOUND' } })
})
