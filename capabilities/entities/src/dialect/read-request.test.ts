// The whole first stage: headers, windows and formats, and that nothing whatever gets another answer than a refusal.
import fastCheck from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Settings } from '../options.ts'
import { DialectError } from './dialect-error.ts'
import type { DialectRequest } from './dialect-request.ts'
import { readRequest } from './read-request.ts'

const settings = {
  schemas: ['public', 'personal'],
  allowsPlan: true,
  allowsTxOverride: true,
  allowsAggregates: true,
} as unknown as Settings

type Asked = { method?: string; path?: string; query?: string; headers?: Record<string, string>; body?: string }

function read({ body, ...asked }: Asked, changed: Partial<Settings> = {}): DialectRequest {
  const web = {
    method: 'GET',
    path: '/orders',
    query: '',
    headers: {},
    requestId: 'r',
    actor: null,
    role: null,
    key: null,
    ...asked,
  }
  const bytes = body === undefined ? null : new TextEncoder().encode(body)
  return readRequest({ ...web, body: bytes }, { ...settings, ...changed })
}

function refusal(asked: Asked, changed: Partial<Settings> = {}) {
  try {
    read(asked, changed)
  } catch (error) {
    if (error instanceof DialectError) return { status: error.status, ...error.toJSON() }
    throw error
  }
  throw new Error('was not refused')
}

describe('the target', () => {
  it('is an entity, a function or the root', () => {
    expect(read({ path: '/my%20table' }).target).toEqual({ kind: 'entity', name: 'my table' })
    expect(read({ path: '/rpc/f' }).target).toEqual({ kind: 'function', name: 'f' })
    expect(read({ path: '/' }).target).toEqual({ kind: 'root' })
  })

  it('is nothing else', () => {
    for (const path of ['/a/b', '/a/', '/rpc/', '/rpc/a/b']) {
      expect(refusal({ path })).toEqual({
        status: 404,
        code: 'PGRST125',
        message: 'Invalid path specified in request URL',
        details: null,
        hint: null,
      })
    }
  })

  it('is reached by the methods that it has', () => {
    expect(refusal({ method: 'TRACE' })).toMatchObject({
      status: 405,
      code: 'PGRST117',
      message: 'Unsupported HTTP method: TRACE',
    })
    expect(refusal({ method: 'PATCH', path: '/rpc/f' })).toMatchObject({
      status: 405,
      code: 'PGRST101',
      message: 'Cannot use the PATCH method on RPC',
    })
  })

  it('is looked for in the schema that the profile of the deed names', () => {
    expect(read({})).toMatchObject({ schema: 'public', isSchemaNamed: true })
    expect(read({}, { schemas: ['public'] })).toMatchObject({ schema: 'public', isSchemaNamed: false })
    expect(read({ headers: { 'accept-profile': 'personal' } }).schema).toBe('personal')
    const write = { method: 'POST', body: '{}' }
    expect(read({ ...write, headers: { 'content-profile': 'personal' } }).schema).toBe('personal')
    expect(refusal({ headers: { 'accept-profile': 'x' } })).toEqual({
      status: 406,
      code: 'PGRST106',
      message: 'Invalid schema: x',
      details: null,
      hint: 'Only the following schemas are exposed: public, personal',
    })
  })
})

describe('the window', () => {
  const window = (query: string, headers = {}) => read({ query, headers }).ranges

  it('is read at the root and on embeds', () => {
    expect(window('limit=3&offset=2&customer.country.limit=0')).toEqual([
      { path: [], what: { offset: 2, limit: 3 } },
      { path: ['customer', 'country'], what: { offset: 0, limit: 0 } },
    ])
    expect(read({ query: 'customer.limit=1' }).isRanged).toBe(false)
    expect(read({ query: 'limit=1' }).isRanged).toBe(true)
  })

  it('ignores a negative offset and refuses a negative limit', () => {
    expect(window('offset=-4')).toEqual([{ path: [], what: { offset: 0, limit: null } }])
    for (const query of ['limit=-1', 'customer.limit=-1']) {
      expect(refusal({ query })).toMatchObject({
        status: 416,
        code: 'PGRST103',
        message: 'Requested range not satisfiable',
        details: 'Limit should be greater than or equal to zero.',
      })
    }
  })

  it('is that of the Range header before that of the query, in reads alone', () => {
    expect(window('limit=100', { range: '10-19' })).toEqual([{ path: [], what: { offset: 10, limit: 10 } }])
    expect(window('', { range: '5-' })).toEqual([{ path: [], what: { offset: 5, limit: null } }])
    expect(window('', { range: 'bytes=0-1' })).toEqual([])
    expect(read({ method: 'PATCH', body: '{}', headers: { range: '0-1' } }).ranges).toEqual([])
    expect(refusal({ headers: { range: '5-1' } })).toMatchObject({ status: 416, code: 'PGRST103' })
  })

  it('is not for PUT', () => {
    expect(refusal({ method: 'PUT', body: '{}', query: 'limit=1' })).toMatchObject({ status: 400, code: 'PGRST114' })
  })
})

describe('preferences', () => {
  const prefer = (text: string) => ({ headers: { prefer: text } })

  it('are repeated in one order, and only those that can matter', () => {
    const asked = {
      method: 'POST',
      body: '{}',
      ...prefer('tx=rollback, count=exact,return=minimal, missing=default, x'),
    }
    expect(read(asked)).toMatchObject({
      appliedPreferences: ['missing=default', 'return=minimal', 'count=exact', 'tx=rollback'],
      unknownPreferences: ['x'],
    })
    expect(read(prefer('return=minimal, count=exact')).appliedPreferences).toEqual(['count=exact'])
    expect(read(asked, { allowsTxOverride: false })).toMatchObject({
      preferences: { tx: null },
      unknownPreferences: ['x'],
    })
  })

  it('count the first of those that contradict each other', () => {
    expect(read(prefer('count=planned, count=exact')).preferences.count).toBe('planned')
  })

  it('are refused under strict handling when nobody knows them', () => {
    expect(refusal(prefer('handling=strict, anything, timezone=Nowhere/Land'))).toEqual({
      status: 400,
      code: 'PGRST122',
      message: 'Invalid preferences given with handling=strict',
      details: 'Invalid preferences: anything, timezone=Nowhere/Land',
      hint: null,
    })
    const strict = prefer('handling=strict, max-affected=5, timezone=Europe/Berlin')
    expect(read({ ...strict, method: 'DELETE' }).appliedPreferences).toEqual([
      'handling=strict',
      'timezone=Europe/Berlin',
      'max-affected=5',
    ])
  })
})

describe('the format', () => {
  const format = (accept: string, path = '/orders') => read({ path, headers: { accept } }).format

  it('is what the client wants most', () => {
    expect(read({}).format).toEqual({ kind: 'json' })
    expect(format('text/html, */*;q=0.8')).toEqual({ kind: 'json' })
    expect(format('application/json;q=0.5, text/csv')).toEqual({ kind: 'csv' })
    expect(format('*/*, text/csv')).toEqual({ kind: 'csv' })
    expect(format('application/vnd.pgrst.object+json;nulls=stripped')).toEqual({
      kind: 'object',
      isNullsStripped: true,
    })
    expect(format('application/vnd.pgrst.array+json; nulls=stripped')).toEqual({ kind: 'array', isNullsStripped: true })
    expect(format('application/vnd.pgrst.array+json')).toEqual({ kind: 'json' })
    expect(format('*/*', '/')).toEqual({ kind: 'openapi' })
    expect(format('text/plain', '/rpc/f')).toEqual({ kind: 'text' })
    expect(format('text/plain, */*;q=0.1', '/rpc/f')).toEqual({ kind: 'json' })
  })

  it('can be the plan of another', () => {
    const accept = 'application/vnd.pgrst.plan+json; for="application/vnd.pgrst.object"; options=verbose|analyze'
    expect(format(accept)).toEqual({
      kind: 'plan',
      for: 'application/vnd.pgrst.object+json',
      options: ['analyze', 'verbose'],
      format: 'json',
    })
    expect(refusal({ headers: { accept } }, { allowsPlan: false }).message).toBe(
      'None of these media types are available: application/vnd.pgrst.plan+json; ' +
        'for="application/vnd.pgrst.object+json"; options=analyze|verbose',
    )
  })

  it('is refused where there is none', () => {
    expect(refusal({ headers: { accept: 'image/png;q=0.1, text/plain;charset=utf-8' } })).toEqual({
      status: 406,
      code: 'PGRST107',
      message: 'None of these media types are available: text/plain, image/png',
      details: null,
      hint: null,
    })
  })
})

describe('anything at all', () => {
  const pieces = fastCheck.array(
    fastCheck.oneof(
      fastCheck.constantFrom(
        'select=',
        '&',
        'or=',
        'order=',
        'limit=',
        'in.(',
        'eq.',
        'not.',
        'a',
        '(',
        ')',
        ',',
        '"',
        '\\',
        '{',
        '}',
        '->',
        '->>',
        '::',
        '.',
        '...',
        '!inner',
        '*',
        'count()',
        '%',
        '%00',
        '%ff',
        '+',
        '-1',
        ':',
        'is.',
        'fts(',
        'eq(any).',
        ' ',
        '\t',
        '\n',
        'and(',
        'customer.',
        '=',
        'columns=',
        'on_conflict=',
        '__proto__',
        'constructor',
      ),
      fastCheck.string({ unit: 'binary' }),
    ),
    { maxLength: 30 },
  )
  const text = pieces.map((parts) => parts.join(''))

  function answersOrRefuses(asked: Asked): boolean {
    try {
      return read(asked) !== null
    } catch (error) {
      return error instanceof DialectError && error.status >= 400 && error.status < 500
    }
  }

  it('in the query and the path is read or refused', () => {
    const path = fastCheck.oneof(fastCheck.constantFrom('/orders', '/rpc/f', '/'), text)
    const law = fastCheck.property(text, path, (query, at) => answersOrRefuses({ query, path: at }))
    expect(() => fastCheck.assert(law, { numRuns: 3000 })).not.toThrow()
  })

  it('in a header is read or refused', () => {
    const names = ['accept', 'prefer', 'range', 'accept-profile']
    const law = fastCheck.property(fastCheck.constantFrom(...names), fastCheck.string(), (name, value) =>
      answersOrRefuses({ headers: { [name]: value } }),
    )
    expect(() => fastCheck.assert(law, { numRuns: 1000 })).not.toThrow()
  })

  it('in a body is read or refused', () => {
    const types = ['application/json', 'text/csv', 'application/x-www-form-urlencoded', 'text/plain', 'constructor']
    const law = fastCheck.property(
      fastCheck.constantFrom(...types),
      text,
      (type, body) =>
        answersOrRefuses({ method: 'POST', path: '/rpc/f', body, headers: { 'content-type': type } }) &&
        answersOrRefuses({ method: 'POST', body, headers: { 'content-type': type } }),
    )
    expect(() => fastCheck.assert(law, { numRuns: 1000 })).not.toThrow()
  })

  it('that is long is read in time that grows with its length', () => {
    const started = performance.now()
    for (const piece of ['"', '(', 'a.', 'a->', 'a:', '"a",', '{', 'eq.(', '\\"', 'not.']) {
      const long = piece.repeat(20_000)
      for (const query of [`select=${long}`, `or=(${long}`, `id=in.(${long}`, `order=${long}`, `${long}=eq.1`]) {
        expect(answersOrRefuses({ query })).toBe(true)
      }
    }
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})
