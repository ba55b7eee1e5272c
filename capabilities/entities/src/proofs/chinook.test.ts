// A real database that nobody here wrote, through the door of the dialect: read, embedded, changed with a reason, dry run.
import { readFile } from 'node:fs/promises'
import type { Actor } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { openTrail } from '@steward/trail'
import { leaveInTrail } from '@steward/trail/capability'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Entities, openEntities } from '../open-entities.ts'
import { fingerprint } from '../testing/fingerprint.ts'
import { type Ask, askOf } from '../testing/shop.ts'

const source = await readFile(new URL('../../../../../shared/data/chinook.sql', import.meta.url), 'utf8').catch(
  (error) => {
    // in CI its absence is a failure
    if (process.env.CI === 'true') throw error
    return undefined
  },
)

const kim: Actor = { type: 'staff', id: 'kim', name: '김하늘' }
let database: TestDatabase
let entities: Entities
let ask: Ask

beforeAll(async () => {
  if (source === undefined) return
  database = await testDatabase({ name: 'chinook' })
  await database.pool.query(source)
  const trail = openTrail({ pool: database.pool })
  await trail.install()
  await trail.track({ all: true })
  entities = await openEntities({
    pool: database.pool,
    schemas: ['public'],
    leaveOperation: leaveInTrail,
    allowsTxOverride: true,
  })
  ask = askOf(entities)
})
afterAll(async () => {
  await entities?.close()
  await database?.drop()
})

it.skipIf(source === undefined)('Chinook: lists with filters, count and order', async () => {
  const page = await ask(
    'GET',
    '/track?select=name,milliseconds&milliseconds=gt.2000000&order=milliseconds.desc&limit=2',
    {
      headers: { Prefer: 'count=exact' },
      actor: kim,
    },
  )
  expect([page.status, page.headers['content-range'], page.json]).toEqual([
    206,
    expect.stringMatching(/^0-1\/\d+$/),
    [
      { name: 'Occupation / Precipice', milliseconds: 5286953 },
      { name: 'Through a Looking Glass', milliseconds: 5088838 },
    ],
  ])
  const total = await ask('GET', '/track?select=name&limit=1', { headers: { Prefer: 'count=exact' }, actor: kim })
  expect(total.headers['content-range']).toBe('0-0/3503')
})

it.skipIf(source === undefined)('Chinook: embeds to one, to many, many-to-many and to itself', async () => {
  const down = await ask(
    'GET',
    '/artist?select=name,album(title,track(name,genre(name)))&artist_id=eq.1&album.order=album_id&album.track.order=track_id&album.track.limit=1',
    { actor: kim },
  )
  expect(down.json).toEqual([
    {
      name: 'AC/DC',
      album: [
        {
          title: 'For Those About To Rock We Salute You',
          track: [{ name: 'For Those About To Rock (We Salute You)', genre: { name: 'Rock' } }],
        },
        { title: 'Let There Be Rock', track: [{ name: 'Go Down', genre: { name: 'Rock' } }] },
      ],
    },
  ])
  const through = await ask('GET', '/playlist?select=name,track(name)&playlist_id=eq.18', { actor: kim })
  expect(through.json).toEqual([{ name: 'On-The-Go 1', track: [{ name: expect.any(String) }] }])
  const back = await ask('GET', '/track?select=name,playlist(name)&track_id=eq.597&playlist.order=playlist_id', {
    actor: kim,
  })
  expect(back.json[0].playlist.at(-1)).toEqual({ name: 'On-The-Go 1' })
  const boss = await ask('GET', '/employee?select=last_name,boss:reports_to(last_name)&employee_id=eq.2', {
    actor: kim,
  })
  expect(boss.json).toEqual([{ last_name: 'Edwards', boss: { last_name: 'Adams' } }])
})

it.skipIf(source === undefined)('Chinook: a write without a reason is refused and does nothing', async () => {
  const before = await fingerprint(database.pool)
  const answer = await ask('PATCH', '/customer?customer_id=eq.1', { body: { company: 'none' }, actor: kim })
  expect([answer.status, answer.json.code]).toEqual([428, 'ENTITIES_REASON_REQUIRED'])
  expect(await fingerprint(database.pool)).toBe(before)
})

it.skipIf(source === undefined)(
  'Chinook: an update is in the history with who, why and the door it came through',
  async () => {
    const answer = await ask('PATCH', '/customer?customer_id=eq.1&select=customer_id,company', {
      headers: { 'Steward-Reason': encodeURIComponent('TICKET-42: 회사 이름'), Prefer: 'return=representation' },
      body: { company: 'Steward & Söhne' },
      actor: kim,
    })
    expect([answer.status, answer.json]).toEqual([200, [{ customer_id: 1, company: 'Steward & Söhne' }]])
    const [change] = await openTrail({ pool: database.pool }).history('customer', 1)
    expect(change).toMatchObject({
      kind: 'update',
      before: { company: 'Embraer - Empresa Brasileira de Aeronáutica S.A.' },
      after: { company: 'Steward & Söhne' },
      operation: { actor: kim, reason: 'TICKET-42: 회사 이름', source: 'admin-api' },
    })
  },
)

it.skipIf(source === undefined)('Chinook: a dry run shows the changes and leaves nothing', async () => {
  const before = await fingerprint(database.pool, ['public', 'steward'])
  const answer = await ask('PATCH', '/artist?artist_id=in.(1,2)', {
    headers: { 'Steward-Reason': 'try', 'Steward-Diff': '1', Prefer: 'tx=rollback, return=representation' },
    body: { name: 'same' },
    actor: kim,
  })
  expect(answer.status).toBe(200)
  expect(answer.headers['content-type']).toMatch(/^application\/vnd\.steward\.diff\+json/)
  expect(answer.headers['preference-applied']).toContain('tx=rollback')
  expect(answer.json.result).toEqual([
    { artist_id: 1, name: 'same' },
    { artist_id: 2, name: 'same' },
  ])
  expect(answer.json.changes).toHaveLength(2)
  expect(answer.json.changes).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        kind: 'update',
        key: { artist_id: 1 },
        before: { name: 'AC/DC' },
        after: { name: 'same' },
      }),
      expect.objectContaining({
        kind: 'update',
        key: { artist_id: 2 },
        before: { name: 'Accept' },
        after: { name: 'same' },
      }),
    ]),
  )
  expect(await fingerprint(database.pool, ['public', 'steward'])).toBe(before)
})
