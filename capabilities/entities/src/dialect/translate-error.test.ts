// Refusals: the status of each SQLSTATE, errors that SQL raises in HTTP's words, and nothing of our own inside.
import { expect, test } from 'vitest'
import { makeSchemaCache } from '../catalog/read-schema-cache.ts'
import { DialectError } from './dialect-error.ts'
import { translateError } from './translate-error.ts'

const sent = (code: string, message = 'no', more: object = {}) =>
  Object.assign(new Error(message), { code, severity: 'ERROR', ...more })
const cache = makeSchemaCache(
  { serverVersion: 180000, relations: [], keys: [], foreignKeys: [], views: [], lineage: [], functions: [] },
  [],
)
const kim = { type: 'staff', id: 'kim' } as const
const answer = (error: unknown, isAnonymous = false) =>
  translateError(error, { onlooker: { role: null, actor: isAnonymous ? null : kim, cache } })

test.each([
  ['08006', 503],
  ['09000', 500],
  ['0L000', 403],
  ['0P000', 403],
  ['21000', 500],
  ['22P02', 400],
  ['22023', 400],
  ['23502', 400],
  ['23503', 409],
  ['23505', 409],
  ['23514', 400],
  ['23P01', 400],
  ['25006', 405],
  ['25P02', 500],
  ['28000', 403],
  ['2D000', 500],
  ['38000', 500],
  ['39000', 500],
  ['3B000', 500],
  ['40001', 500],
  ['42501', 403],
  ['42601', 400],
  ['42703', 400],
  ['42883', 404],
  ['42P01', 404],
  ['42P17', 500],
  ['53300', 503],
  ['53400', 500],
  ['54001', 400],
  ['55P03', 500],
  ['57014', 500],
  ['57P01', 503],
  ['58000', 500],
  ['F0000', 500],
  ['HV000', 500],
  ['P0001', 400],
  ['P0002', 500],
  ['XX000', 500],
  ['PT402', 402],
  ['PT0A2', 500],
  ['PT100', 500],
])('SQLSTATE %s is %i', (code, status) => {
  expect(answer(sent(code)).status).toBe(status)
})

test('what the server says is handed on, with exactly four keys', () => {
  const { headers, body } = answer(
    sent('23505', 'twice', { detail: 'Key (id)=(1)', hint: 'Change it', where: 'secret' }),
  )
  expect(JSON.parse(body as string)).toEqual({
    code: '23505',
    message: 'twice',
    details: 'Key (id)=(1)',
    hint: 'Change it',
  })
  expect(headers).toEqual({
    'Content-Type': 'application/json; charset=utf-8',
    'Proxy-Status': 'PostgREST; error=23505',
  })
})

test('a missing right is 401 with a challenge for who is nobody, and 403 for everybody else', () => {
  expect(answer(sent('42501'), true)).toMatchObject({ status: 401, headers: { 'WWW-Authenticate': 'Bearer' } })
  expect(answer(sent('42501'), false).headers).not.toHaveProperty('WWW-Authenticate')
  expect(answer(sent('22023', 'role "web" does not exist')).status).toBe(401)
})

test('an error of ours tells its code and nothing else', () => {
  const { status, body } = answer(new Error('secret of the house'))
  expect(status).toBe(500)
  expect(JSON.parse(body as string).code).toBe('ENTITIES_UNEXPECTED')
  expect(body).not.toContain('secret')
  expect(answer('thrown text').status).toBe(500)
})

test.each([
  [Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' }), 503, 'PGRST000'],
  [new Error('Connection terminated unexpectedly'), 503, 'PGRST001'],
  [new Error('timeout exceeded when trying to connect'), 504, 'PGRST003'],
])('%s is a failure of the connection', (error, status, code) => {
  const refused = answer(error)
  expect([refused.status, JSON.parse(refused.body as string).code]).toEqual([status, code])
  expect(refused.body).not.toContain('10.0.0.7')
})

test('SQL decides on the whole refusal with SQLSTATE PGRST', () => {
  const message = '{"code": "402", "message": "Pay", "hint": "soon"}'
  const detail = '{"status": 402, "headers": {"X-Bill": "7"}}'
  const { status, headers, body } = answer(sent('PGRST', message, { detail }))
  expect([status, headers['X-Bill'], headers['Proxy-Status']]).toEqual([402, '7', 'PostgREST; error=402'])
  expect(JSON.parse(body as string)).toEqual({ code: '402', message: 'Pay', details: null, hint: 'soon' })
})

test.each([
  ['not json', '{"status": 402, "headers": {}}', "Invalid JSON value for MESSAGE: 'not json'"],
  ['{"code": "1", "message": "m"}', undefined, 'DETAIL is missing in the RAISE statement'],
  ['{"code": "1", "message": "m"}', '{"status": 402}', `Invalid JSON value for DETAIL: '{"status": 402}'`],
  [
    '{"code": "1", "message": "m"}',
    '{"status": 402, "headers": {"X": "a\\r\\nSet-Cookie: b"}}',
    `Invalid JSON value for DETAIL: '{"status": 402, "headers": {"X": "a\\r\\nSet-Cookie: b"}}'`,
  ],
])('what SQL raised and cannot be read says so: %s %s', (message, detail, details) => {
  const { status, body } = answer(sent('PGRST', message, { detail }))
  expect([status, JSON.parse(body as string)]).toMatchObject([500, { code: 'PGRST121', details }])
})

test('a refusal of the dialect keeps its headers and the shape of its details', () => {
  const error = new DialectError({
    status: 300,
    code: 'PGRST201',
    message: 'm',
    details: [{ a: 1 }],
    headers: { 'X-More': '1' },
  })
  const { status, headers, body } = answer(error)
  expect([status, headers['X-More'], JSON.parse(body as string).details]).toEqual([300, '1', [{ a: 1 }]])
})
