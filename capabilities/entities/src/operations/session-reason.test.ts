// A session's reason: sealed for one sender, for some minutes.
import type { Actor } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { installTrail, leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import { type Ask, askOf } from '../testing/shop.ts'
import { openSessionReason, sealSessionReason } from './session-reason.ts'

let database: TestDatabase
// Two processes of one installation, and one of another.
let one: Entities
let other: Entities
let stranger: Entities
let ask: Ask

const kim: Actor = { type: 'staff', id: 'kim' }
const lee: Actor = { type: 'staff', id: 'lee' }

beforeAll(async () => {
  database = await testDatabase({ name: 'session-reason' })
  await installTrail(database.pool)
  await database.pool.query('CREATE TABLE orders (id int PRIMARY KEY, status text); INSERT INTO orders VALUES (1)')
  const options = { pool: database.pool, schemas: ['public'], leaveOperation: leaveInTrail } as const
  one = await openEntities({ ...options, secret: 'both know it' })
  other = await openEntities({ ...options, secret: 'both know it' })
  stranger = await openEntities(options)
  ask = askOf(one)
})
afterAll(async () => {
  await Promise.all([one, other, stranger].map((room) => room?.close()))
  await database?.drop()
})

const begin = async (body: object, actor = kim) => (await ask('POST', '/session-reason', { body, actor })).json
const save = (room: Entities, token: string, actor = kim, more: Record<string, string> = {}) =>
  askOf(room)('PATCH', '/orders?id=eq.1', {
    headers: { 'Steward-Session-Reason': token, Prefer: 'return=representation', ...more },
    body: { status: 'paid' },
    actor,
  })

test('holds for the writes of the one who began it, in every process, a quarter of an hour', async () => {
  const before = Date.now()
  const { reason, expiresAt, token } = await begin({ reason: ' TICKET-42: 환불 ' })
  expect(reason).toBe('TICKET-42: 환불')
  const minutes = (Date.parse(expiresAt) - before) / 60_000
  expect([minutes >= 15, minutes < 16]).toEqual([true, true])
  for (const room of [one, other]) expect((await save(room, token)).status).toBe(200)
  const shown = await ask('GET', '/session-reason', { headers: { 'Steward-Session-Reason': token }, actor: kim })
  expect(shown.json).toEqual({ reason, expiresAt })
  expect((await ask('DELETE', '/session-reason', { actor: kim })).status).toBe(204)
  for (const [room, actor] of [
    [one, lee],
    [stranger, kim],
  ] as const) {
    const { status, json } = await save(room, token, actor)
    expect([status, json.code]).toEqual([400, 'ENTITIES_SESSION_REASON_INVALID'])
  }
})

test('gives way to the reason that a write says itself', async () => {
  const { token } = await begin({ reason: 'of the session', minutes: 480 })
  const { json, headers } = await save(one, token, kim, { 'Steward-Reason': 'its%20own' })
  expect(json).toEqual([{ id: 1, status: 'paid' }])
  expect(headers['steward-operation']).toMatch(/^[0-9a-f-]{36}$/)
  expect((await save(one, 'forged', kim, { 'Steward-Reason': 'its%20own' })).status).toBe(200)
})

test('is over when its time is, and is not to be forged', () => {
  const secret = 's'
  const sender = { actor: kim, key: null }
  const expiresAt = new Date(2026, 10, 22)
  const token = sealSessionReason({ reason: 'why', expiresAt }, { secret, sender })
  const now = expiresAt.getTime()
  expect(openSessionReason(token, { secret, sender, now: now - 1 })).toEqual({ reason: 'why', expiresAt })
  const refusal = (text: string, opening: object) => {
    try {
      return openSessionReason(text, { secret, sender, now: now - 1, ...opening })
    } catch (error) {
      return (error as { code: string }).code
    }
  }
  expect(refusal(token, { now })).toBe('ENTITIES_SESSION_REASON_OVER')
  const [text, signature] = token.split('.')
  const later = Buffer.from(JSON.stringify(['why', now + 9_000_000])).toString('base64url')
  const forged = [`${later}.${signature}`, `${text}.`, `${text}`, `.${signature}`, '', '.', `${token}.x`.slice(1)]
  for (const wrong of forged) expect([wrong, refusal(wrong, {})]).toEqual([wrong, 'ENTITIES_SESSION_REASON_INVALID'])
  for (const opening of [{ secret: 't' }, { sender: { actor: lee, key: null } }, { sender: { actor: kim, key: 'k' } }])
    expect(refusal(token, opening)).toBe('ENTITIES_SESSION_REASON_INVALID')
})

test('is refused where it makes no sense', async () => {
  for (const body of [
    {},
    { reason: ' ' },
    { reason: 'x', minutes: 0 },
    { reason: 'x', minutes: 481 },
    { reason: 'x', minutes: 1.5 },
  ]) {
    const { status, json } = await ask('POST', '/session-reason', { body, actor: kim })
    expect([body, status, json.code]).toEqual([body, 400, 'ENTITIES_BODY_INVALID'])
  }
  expect((await ask('GET', '/session-reason', { actor: kim })).json.code).toBe('ENTITIES_SESSION_REASON_MISSING')
  expect((await ask('PUT', '/session-reason', { body: {}, actor: kim })).status).toBe(405)
  expect((await ask('POST', '/session-reason/1', { body: { reason: 'x' }, actor: kim })).status).toBe(404)
})
