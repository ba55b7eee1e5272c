// Live events over a real server: whoever listens hears that the schema has changed.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole } from '@steward/engine'
import { openServer, type Server } from '@steward/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'

let database: TestDatabase
let entities: Entities
let server: Server

beforeAll(async () => {
  database = await testDatabase({ name: 'events' })
  entities = await openEntities({ pool: database.pool, schemas: ['public'] })
  const identify = () => ({ actor: { type: 'staff', id: 'kim' } as const, role: adminRole })
  server = await openServer({ rooms: [{ prefix: '/api', room: entities }], identify })
})
afterAll(async () => {
  await server.close()
  await database.drop()
})

test('events are read, and nothing else', async () => {
  const answer = await fetch(`${server.url}/api/events`, { method: 'POST' })
  expect(answer.status).toBe(405)
  expect(await answer.json()).toMatchObject({
    code: 'ENTITIES_EVENTS_METHOD',
    hint: expect.stringContaining('curl -N'),
  })
})

test('whoever listens hears of a changed schema, and a stop does not wait for them', async () => {
  const { body, headers } = await fetch(`${server.url}/api/events`)
  expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('retry: 2000\n\n')
  await database.pool.query('CREATE TABLE heard (id int PRIMARY KEY)')
  await entities.reload()
  expect((await reader.read()).value).toMatch(/^event: schema\ndata: \{"at":"\d{4}-[^"]+Z"\}\n\n$/)
  await server.close()
  expect((await reader.read()).done).toBe(true)
})
