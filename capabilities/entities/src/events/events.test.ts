// Live events over a real server: whoever listens hears that the schema has changed.
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { adminRole } from '@steward/engine'
import { openServer, type Server } from '@steward/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import type { Room } from '../room.ts'
import { answerEvents } from './answer-events.ts'

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

test('a thousand may listen, and one more when one of them has gone', async () => {
  const gone = new AbortController()
  const room = { onSchemaChange: () => () => undefined } as unknown as Room
  const web = { method: 'GET', path: '/events', query: '', headers: {}, body: null, requestId: 'r', key: null }
  const listen = async () => {
    const { stream } = await answerEvents(room, { ...web, actor: null, role: adminRole }, [])
    const lines = stream!(gone.signal)[Symbol.asyncIterator]()
    await lines.next()
    return lines
  }
  const all = await Promise.all(Array.from({ length: 1000 }, listen))
  await expect(listen()).rejects.toMatchObject({ code: 'ENTITIES_EVENTS_FULL', status: 503 })
  await all[0]?.return?.()
  all.push(await listen())
  gone.abort()
  await Promise.all(all.map((lines) => lines.next()))
  await expect(answerEvents(room, { ...web, actor: null, role: adminRole }, [])).resolves.toMatchObject({ status: 200 })
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
