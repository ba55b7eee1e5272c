// Redaction: what must never be kept, and how much may be.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printJson } from './exact-json.ts'
import { redact } from './redaction.ts'
import { looksSecret } from './secret-keys.ts'

describe('redact', () => {
  test('keeps ordinary values as they are', () => {
    const value = { id: 1, name: '김하늘', tags: ['a', null, true], nested: { price: 1.5 } }
    expect(redact(value)).toEqual(value)
  })

  test('hides what stands under a secret key, at any depth, and says nothing about it', () => {
    expect(
      redact({ user: { password: { raw: 'x' }, email: 'a@b.c' }, headers: [{ Authorization: 'Basic x' }] }),
    ).toEqual({
      user: { password: '[redacted]', email: 'a@b.c' },
      headers: [{ Authorization: '[redacted]' }],
    })
  })

  test('shows that there is no secret', () => {
    expect(redact({ password: null, token: undefined, secret: false })).toEqual({ password: null, secret: false })
  })

  test('hides passwords in URLs and bearer tokens in texts', () => {
    expect(redact('connect to postgres://bob:hunter2@db/x with Bearer abcdefgh.ijk')).toBe(
      'connect to postgres://bob:[redacted]@db/x with Bearer [redacted]',
    )
    expect(redact({ target: new URL('https://bob:hunter2@x.y/') })).toEqual({ target: 'https://bob:[redacted]@x.y/' })
  })

  test('copes with everything that JSON cannot print', () => {
    const circle: Record<string, unknown> = { name: 'circle' }
    circle['self'] = circle
    const odd = {
      circle,
      big: 2n ** 64n,
      small: 5n,
      when: new Date(0),
      never: new Date(Number.NaN),
      bytes: Buffer.from('secret'),
      error: Object.assign(new TypeError('no'), { code: 'E' }),
      map: new Map([['password', 'x']]),
      pairs: new Map([[1, 2]]),
      set: new Set([1]),
      nan: Number.NaN,
      run: () => 1,
      nothing: undefined,
      request: { pipe: () => undefined, secret: 'x' },
      later: Promise.resolve(1),
      get bad() {
        throw new Error('no')
      },
      worse: new Proxy(
        {},
        {
          ownKeys: () => {
            throw new Error('no')
          },
        },
      ),
    }
    const copy = redact(odd)
    expect(JSON.parse(printJson(copy))).toEqual({
      circle: { name: 'circle', self: '[circular]' },
      big: 2 ** 64,
      small: 5,
      when: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      bytes: '[6 bytes]',
      error: { name: 'TypeError', code: 'E', message: 'no' },
      map: { password: '[redacted]' },
      pairs: [[1, 2]],
      set: [1],
      nan: 'NaN',
      request: '[stream]',
      later: '[promise]',
      bad: '[unreadable]',
      worse: '[unreadable]',
    })
    expect(printJson(copy)).toContain('"big":18446744073709551616')
  })

  test('keeps the small values when a large one has to be cut', () => {
    const copy = redact({ file: 'x'.repeat(100_000), reason: 'refund', ids: [1, 2] }, { maxBytes: 1000 })
    expect(copy).toMatchObject({ reason: 'refund', ids: [1, 2] })
    expect((copy as { file: string }).file).toMatch(/^x+… \[100000 characters\]$/)
  })

  test('says how much of a list is missing', () => {
    const copy = redact(Array.from({ length: 10_000 }, (_, index) => index)) as unknown[]
    expect(copy.at(-1)).toBe(`[${10_000 - copy.length + 1} more]`)
  })

  test('never takes more bytes than asked, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.anything({
          maxDepth: 6,
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSet: true,
          withTypedArray: true,
          withSparseArray: true,
        }),
        fc.integer({ min: 0, max: 600 }),
        (value, maxBytes) => {
          const bytes = Buffer.byteLength(JSON.stringify(redact(value, { maxBytes })))
          expect(bytes).toBeLessThanOrEqual(Math.max(64, maxBytes))
        },
      ),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 300 })),
        fc.integer({ min: 0, max: 2000 }),
        (value, maxBytes) => {
          const bytes = Buffer.byteLength(JSON.stringify(redact(value, { maxBytes })))
          expect(bytes).toBeLessThanOrEqual(Math.max(64, maxBytes))
        },
      ),
    )
  })

  test('leaves every value that fits unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        // a random key may well be "pwd" or "pin"
        fc.pre(!keysOf(value).some(looksSecret))
        expect(JSON.stringify(redact(value, { maxBytes: 1_000_000 }))).toBe(JSON.stringify(value))
      }),
    )
  })
})

describe('looksSecret', () => {
  test.each([
    'password',
    'userPassword',
    'passwordHash',
    'PASSWD',
    'pwd',
    'token',
    'accessToken',
    'refresh_token',
    'idToken',
    'X-Api-Key',
    'apiKey',
    'apikey',
    'APIKey',
    'client_secret',
    'Authorization',
    'set-cookie',
    'credentials',
    'privateKey',
    'sessionId',
    'otp',
    'cvc',
    '비밀번호',
    'userpassword',
    'aws_secret_access_key',
    'cardNumber',
  ])('hides %s', (key) => expect(looksSecret(key)).toBe(true))

  test.each([
    'name',
    'author',
    'authority',
    'passwordChangedAt',
    'hasPassword',
    'maxTokens',
    'tokenCount',
    'tokenType',
    'secretary',
    'passenger',
    'pinned',
    'key',
    'keyboard',
    'compass',
    'id',
    'tokenId',
    '이름',
  ])('shows %s', (key) => expect(looksSecret(key)).toBe(false))
})

function keysOf(value: unknown): string[] {
  const keys: string[] = []
  JSON.stringify(value, (key, inner) => {
    keys.push(key)
    return inner
  })
  return keys
}
