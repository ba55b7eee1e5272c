// Procedures on the web by their contract alone: routes, coercion, exact digits, reasons, refusals and their description.
import { parseJson, StewardError } from '@steward/base'
import { type TestDatabase, testDatabase } from '@steward/cluster'
import { procedure } from '@steward/contract'
import {
  adminRole,
  type Capability,
  defineCapability,
  type Engine,
  keep,
  type Role,
  type WebAnswer,
  type WebRequest,
  type WebRoom,
} from '@steward/engine'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openContractRoom } from './index.ts'

const Exact = z.custom<unknown>()
const contract = {
  list: procedure({ summary: 'Lists', effect: 'read', permission: 'demo:list', http: { path: '/things' } })
    .input(
      z.object({
        limit: z.number().int().default(5),
        deep: z.boolean().optional(),
        names: z.array(z.string()).optional(),
        filter: z.record(z.string(), z.string()).optional(),
        key: z.string().optional(),
      }),
    )
    .output(z.looseObject({ exact: Exact })),
  thing: procedure({ summary: 'One', effect: 'read', permission: 'demo:thing', http: { path: '/things/{id}' } })
    .input(z.object({ id: z.number(), format: z.string().default('short') }))
    .output(z.object({ id: z.number(), format: z.string() })),
  first: procedure({ summary: 'First', effect: 'read', permission: 'demo:thing', http: { path: '/things/first' } })
    .input(z.object({}))
    .output(z.array(z.string())),
  addThing: procedure({ summary: 'Adds', effect: 'write', permission: 'demo:add' })
    .input(z.object({ key: z.string(), count: z.number().default(1) }))
    .output(z.object({ key: z.string(), count: z.number() })),
  explain: procedure({ summary: 'Its own reason', effect: 'write', permission: 'demo:add' })
    .input(z.object({ reason: z.string() }))
    .output(z.object({ reason: z.string(), said: z.string().nullable() })),
  drop: procedure({ summary: 'Drops', effect: 'danger', permission: 'demo:drop' })
    .input(z.object({}))
    .output(z.object({ dropped: z.number() })),
  undo: procedure({
    summary: 'Takes back',
    effect: 'danger',
    permission: 'demo:undo',
    http: { isConfirmedByReason: true },
  })
    .input(z.object({ id: z.string() }))
    .output(z.looseObject({ reason: z.string().nullable(), isDryRun: z.boolean() })),
  fail: procedure({ summary: 'Fails', effect: 'read', permission: 'demo:fail' })
    .input(z.object({}))
    .output(z.unknown()),
  local: procedure({ summary: 'Here only', effect: 'read', permission: 'demo:local', http: false })
    .input(z.object({}))
    .output(z.unknown()),
}

let database: TestDatabase
let engine: Engine
let room: WebRoom
let demo: Capability
const unexpected: unknown[] = []

beforeAll(async () => {
  database = await testDatabase({ name: 'contract_room' })
  await database.pool.query('CREATE TABLE thing (key text)')
  demo = defineCapability({
    name: 'demo',
    summary: 'For tests',
    contract,
    procedures: keep(contract, {
      list: async (_performing, input) => ({
        ...input,
        exact: parseJson('{"price": 1.00, "big": 12345678901234567890}'),
      }),
      thing: async (_performing, input) => input,
      first: async () => ['a', 'b'],
      addThing: async ({ transaction }, input) => {
        await transaction.query('INSERT INTO thing VALUES ($1)', [input.key])
        return input
      },
      explain: async ({ operation }, { reason }) => ({ reason, said: operation.reason }),
      drop: async ({ transaction }) => ({ dropped: (await transaction.query('DELETE FROM thing')).rowCount ?? 0 }),
      undo: async ({ operation, isDryRun }) => ({ reason: operation.reason, isDryRun }),
      fail: async () => {
        throw new Error('SELECT secret FROM inside')
      },
      local: async () => 'here',
    }),
  })
  engine = {
    capabilities: [demo],
    pool: database.pool,
    permit: () => true,
    leaveOperation: { settings: () => ({}), leave: async () => undefined },
  }
  room = openContractRoom({ capability: demo, engine, onError: (error) => unexpected.push(error) })
})
afterAll(() => database.drop())

type Sent = Partial<WebRequest> & { json?: unknown }

async function ask(target: string, { json, ...sent }: Sent = {}): Promise<WebAnswer> {
  const [method = 'GET', address = '/'] = target.split(' ')
  const [path = '/', query = ''] = address.split('?')
  const body =
    json === undefined ? null : new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json))
  const actor = { type: 'staff' as const, id: 'kim' }
  return room.answer({
    method,
    path,
    query,
    headers: {},
    body,
    requestId: 'r',
    actor,
    role: adminRole,
    key: null,
    ...sent,
  })
}

async function said(target: string, sent: Sent = {}): Promise<unknown> {
  const { status, body } = await ask(target, sent)
  return { status, ...(JSON.parse(body ?? 'null') as object) }
}

async function refused(target: string, sent: Sent = {}): Promise<unknown> {
  const { status, body } = await ask(target, sent)
  const error = JSON.parse(body ?? 'null') as Record<string, unknown>
  expect(Object.keys(error)).toEqual(['code', 'message', 'details', 'hint'])
  return `${status} ${String(error['code'])}`
}

test('an answer goes out as PostgreSQL wrote it, to the last digit and space', async () => {
  const { status, headers, body } = await ask('GET /things')
  expect({ status, type: headers['Content-Type'] }).toEqual({ status: 200, type: 'application/json; charset=utf-8' })
  expect(body).toContain('"exact":{"price": 1.00, "big": 12345678901234567890}')
})

test('the texts of a query become what the contract takes: numbers, switches, lists, objects', async () => {
  const query = 'limit=7&deep=true&names=a&names=b+c&filter[x]=1&filter=y=2=3&key=12345678901234567890'
  expect(await said(`GET /things?${query}`)).toMatchObject({
    limit: 7,
    deep: true,
    names: ['a', 'b c'],
    filter: { x: '1', y: '2=3' },
    key: '12345678901234567890',
  })
})

test('a path holds fields of the input, and a word of ours comes before a value of theirs', async () => {
  expect(await said('GET /things/42?format=%ED%99%98')).toEqual({ status: 200, id: 42, format: '환' })
  const { body, rows } = await ask('GET /things/first')
  expect({ body, rows }).toEqual({ body: '["a","b"]', rows: 2 })
})

test('a body is taken exactly, and a number where a text is expected keeps its digits', async () => {
  expect(await said('POST /add-thing', { json: '{"key": 12345678901234567890, "count": 2}' })).toEqual({
    status: 200,
    key: '12345678901234567890',
    count: 2,
  })
  expect(await said('POST /add-thing', { json: '{"key": {"order_id": 1, "line": 2.50}}' })).toMatchObject({
    key: '{"order_id": 1, "line": 2.50}',
  })
})

test('a dry run answers as if it were done, and is rolled back', async () => {
  const countOf = async () => (await database.pool.query('SELECT count(*)::int FROM thing')).rows[0]
  const before = await countOf()
  const inBody = await ask('POST /add-thing', { json: { key: 'dry', dryRun: true } })
  const inHeader = await ask('POST /add-thing', { json: { key: 'dry' }, headers: { prefer: 'tx=rollback' } })
  expect([inBody.status, inHeader.status, inHeader.headers['Preference-Applied']]).toEqual([200, 200, 'tx=rollback'])
  expect(await countOf()).toEqual(before)
})

test('danger needs a reason and a confirmation, each in header or body; where it can be taken back a reason is both', async () => {
  expect(await refused('POST /drop')).toBe('428 ENGINE_REASON_REQUIRED')
  expect(await refused('POST /drop', { json: { reason: 'T-1' } })).toBe('409 ENGINE_CONFIRMATION_REQUIRED')
  expect(await said('POST /drop', { json: { reason: 'T-1', confirm: true } })).toMatchObject({ status: 200 })
  const headers = { 'steward-reason': 'T-2%3A%20%ED%99%98', 'steward-confirm': '1' }
  expect(await said('POST /drop', { headers })).toMatchObject({ status: 200 })
  expect(await said('POST /undo', { json: { id: '1', reason: 'T-3' } })).toMatchObject({
    reason: 'T-3',
    isDryRun: false,
  })
  expect(await said('POST /undo', { json: { id: '1', dryRun: true } })).toMatchObject({ reason: null, isDryRun: true })
  expect(await refused('POST /undo', { json: { id: '1' } })).toBe('428 ENGINE_REASON_REQUIRED')
})

test('a contract with a reason of its own gets it, and so does the trail', async () => {
  expect(await said('POST /explain', { json: { reason: 'T-9' } })).toEqual({ status: 200, reason: 'T-9', said: 'T-9' })
})

test('paths and methods that nobody answers are refused with what would be answered', async () => {
  expect(await refused('GET /thinks')).toBe('404 REQUEST_ROUTE_UNKNOWN')
  expect(await refused('GET /local')).toBe('404 REQUEST_ROUTE_UNKNOWN')
  expect(await refused('GET /')).toBe('404 REQUEST_ROUTE_UNKNOWN')
  expect(await refused('GET /things/')).toBe('404 REQUEST_ROUTE_UNKNOWN')
  expect(await refused('GET /things/%E0%A4')).toBe('400 REQUEST_PATH_UNREADABLE')
  expect(await refused('DELETE /things')).toBe('405 REQUEST_METHOD_NOT_ALLOWED')
  expect((await ask('GET /drop')).headers['Allow']).toBe('POST, OPTIONS')
  expect(await ask('OPTIONS /things')).toMatchObject({
    status: 204,
    headers: { Allow: 'GET, HEAD, OPTIONS' },
    body: null,
  })
  expect((await ask('HEAD /things')).status).toBe(200)
})

test('what is malformed is refused in the same four words, whatever it is', async () => {
  expect(await refused('GET /things?limt=3')).toBe('400 REQUEST_FIELD_UNKNOWN')
  expect(await refused('GET /things/1?id=2')).toBe('400 REQUEST_FIELD_UNKNOWN')
  expect(await refused('GET /things?__proto__=3')).toBe('400 REQUEST_FIELD_UNKNOWN')
  expect(await refused('GET /things?limit=3&limit=4')).toBe('400 REQUEST_FIELD_REPEATED')
  expect(await refused('GET /things?limit=%zz')).toBe('400 REQUEST_PATH_UNREADABLE')
  expect(await refused('GET /things?limit=many')).toBe('422 ENGINE_INPUT_INVALID')
  expect(await refused('POST /add-thing?key=1')).toBe('400 REQUEST_FIELD_UNKNOWN')
  expect(await refused('POST /add-thing', { json: '{"key": ' })).toBe('400 REQUEST_BODY_NOT_JSON')
  expect(await refused('POST /add-thing', { body: new Uint8Array([0x22, 0xff, 0x22]) })).toBe(
    '400 REQUEST_BODY_NOT_JSON',
  )
  expect(await refused('POST /add-thing', { json: '["key"]' })).toBe('400 REQUEST_BODY_NOT_OBJECT')
  expect(await refused('POST /add-thing', { json: '{"__proto__": 1}' })).toBe('400 REQUEST_FIELD_UNKNOWN')
  expect(await refused('POST /add-thing', { json: '{"key":"a","count":1e400}' })).toBe('422 ENGINE_INPUT_INVALID')
  const form = { headers: { 'content-type': 'application/x-www-form-urlencoded' }, json: 'key=1' }
  expect(await refused('POST /add-thing', form)).toBe('415 REQUEST_BODY_TYPE')
  expect(await refused('POST /drop', { json: { dryRun: 'yes' } })).toBe('400 REQUEST_SWITCH_UNREADABLE')
  expect(await refused('POST /drop', { headers: { 'steward-reason': '%' } })).toBe('400 REQUEST_REASON_UNREADABLE')
  expect(await refused('POST /drop', { json: { reason: 7 } })).toBe('400 REQUEST_REASON_UNREADABLE')
})

test('nobody is let in without a role, nor past the permissions of one, and is not told what else is wrong', async () => {
  const reader: Role = { name: 'reader', permissions: ['demo:list'], entities: {}, functions: [] }
  expect(await refused('GET /things', { role: null, actor: null })).toBe('401 SERVER_KEY_REQUIRED')
  expect(await refused('GET /things', { role: null })).toBe('403 REQUEST_ROLE_MISSING')
  expect(await refused('POST /add-thing', { role: reader, json: '{' })).toBe('403 ENGINE_NOT_PERMITTED')
  expect((await ask('GET /things', { role: reader })).status).toBe(200)
})

test('a failure that nobody foresaw tells nothing of the inside', async () => {
  const { body } = await ask('GET /fail')
  expect(await refused('GET /fail')).toBe('500 SERVER_UNEXPECTED')
  expect(body).not.toContain('secret')
  expect(unexpected).not.toEqual([])
})

test('two procedures at one address, or a GET that writes, do not start', () => {
  const words = { summary: 'Twice', effect: 'read', permission: 'demo:twice', http: { path: '/same/{a}' } } as const
  const twice = { one: procedure(words), two: procedure({ ...words, http: { path: '/same/{b}' } }) }
  const verbs = { one: async () => null, two: async () => null }
  const open = (procedures: Capability['procedures']) => () =>
    openContractRoom({ capability: { ...demo, procedures }, engine })
  expect(open(keep(twice, verbs))).toThrow('demo.two has an address that another procedure has already.')
  const writing = procedure({ summary: 'Writes', effect: 'write', permission: 'demo:w', http: { method: 'GET' } })
  expect(open(keep({ writing }, { writing: async () => null }))).toThrow('must not be asked with GET')
})

test('what the database says is told without its values and statements to all but admins, and where it stands to nobody', async () => {
  const refusals = { unique: 'POSTGRES_UNIQUE_VIOLATION', lost: 'POSTGRES_CONNECTION_FAILED' }
  const failing = (code: string, status: number, cause: Error) => {
    const perform = async () => {
      throw new StewardError({
        code,
        status,
        message: cause.message,
        details: 'Key (email)=(a@b.c) exists. (SQL …)',
        cause,
      })
    }
    return openContractRoom({ capability: demo, perform, onError: (error) => unexpected.push(error) })
  }
  const sent = Object.assign(new Error('duplicate key'), {
    code: '23505',
    severity: 'ERROR',
    detail: 'Key (email)=(a@b.c) exists.',
  })
  const told = async (at: WebRoom, role: Role) => {
    const asked = { method: 'GET', path: '/things', query: '', headers: {}, body: null, requestId: 'r', key: null }
    const { status, body } = await at.answer({ ...asked, actor: { type: 'staff', id: 'kim' }, role })
    return { status, ...JSON.parse(body ?? '') }
  }
  const cx: Role = { ...adminRole, name: 'cx', permissions: ['demo:*'] }
  const unique = failing(refusals.unique, 409, sent)
  expect(await told(unique, cx)).toMatchObject({ status: 409, code: refusals.unique, details: null })
  expect(await told(unique, adminRole)).toMatchObject({ details: 'Key (email)=(a@b.c) exists.' })
  const before = unexpected.length
  const lost = await told(failing(refusals.lost, 503, new Error('connect ECONNREFUSED db.internal:5432')), adminRole)
  expect(lost).toMatchObject({ status: 503, code: 'SERVER_NOT_READY' })
  expect(JSON.stringify(lost)).not.toContain('db.internal')
  expect(unexpected).toHaveLength(before + 1)
})
