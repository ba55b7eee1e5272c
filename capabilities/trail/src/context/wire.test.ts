// Tests of the text that carries an operation to the database.
import { timeOrderedId } from '@steward/base'
import { expect, test } from 'vitest'
import { readContext } from '../testing/witness.ts'
import { beginOperation, withOperation } from './current-operation.ts'
import { signContexts } from './open-operation.ts'
import { encodeContext, escapeLiteral, toAscii } from './wire.ts'

const id = timeOrderedId()

test('thirteen fields in their order, the id first', () => {
  const text = encodeContext(
    {
      id,
      parentId: 'parent',
      actor: { type: 'user', id: '7', name: '김하늘' },
      procedure: 'orders.refund',
      params: '{"a":1}',
      reason: 'why',
      source: 'app',
      requestId: 'r',
      runId: 'run',
      reverts: 'reverted',
    },
    '',
  )
  expect(text.split('\u001f')).toEqual([
    id,
    'parent',
    'user',
    '7',
    '김하늘',
    'orders.refund',
    '{"a":1}',
    'why',
    'app',
    'r',
    'run',
    'reverted',
    '',
  ])
  expect(text.slice(0, 36)).toBe(id)
})

test('what is missing is empty, and parents follow', () => {
  const parent = encodeContext({ id: 'p' }, '')
  expect(encodeContext({ id }, parent).split('\u001e')).toEqual([
    `${id}${'\u001f'.repeat(12)}`,
    `p${'\u001f'.repeat(12)}`,
  ])
})

test('values cannot break out of their field', () => {
  const text = encodeContext(
    { id, actor: { type: 'user', id: 'a\u001fb\u001ec\u0000d', name: 'half \ud800' }, reason: 'x'.repeat(100_000) },
    '',
  )
  const fields = text.split('\u001f')
  expect(fields).toHaveLength(13)
  expect(text).not.toContain('\u001e')
  expect(fields[3]).toBe('a b c d')
  expect(fields[4]).toBe('half \ufffd')
  expect(fields[7]).toHaveLength(4000)
})

test('parameters stay JSON that PostgreSQL can read', () => {
  const given = {
    zero: 'a\u0000b',
    half: '\ud800',
    slash: '\\u0000',
    mark: '\u001f\u001e',
    deep: { password: 'x' },
    big: 10n,
    text: 'x'.repeat(20_000),
  }
  const text = withOperation({ params: given }, () => beginOperation({ params: given }).carried().text)
  const [innermost] = text.split('\u001e')
  const json = innermost?.split('\u001f')[6] as string
  expect(Buffer.byteLength(json)).toBeLessThanOrEqual(8192)
  const read = JSON.parse(json)
  expect(read).toMatchObject({
    zero: 'a b',
    half: '\ufffd',
    slash: '\\u0000',
    mark: '\u001f\u001e',
    deep: { password: '[redacted]' },
  })
})

test('a literal holds quotes and backslashes under every setting', () => {
  expect(escapeLiteral("it's \\ so")).toBe("E'it''s \\\\ so'")
})

test('databases that cannot hold every character get ASCII', () => {
  const text = encodeContext(
    { id, reason: '김 a😀', params: '{"a":"김😀"}' },
    encodeContext({ id: 'p', procedure: '환불' }, ''),
  )
  const [inner, outer] = toAscii(text)
    .split('\u001e')
    .map((operation) => operation.split('\u001f'))
  expect([inner?.[7], outer?.[5]]).toEqual(['? a?', '??'])
  expect(JSON.parse(inner?.[6] as string)).toEqual({ a: '김😀' })
})

test('a child says who its parents are, and inherits what it is not told', () => {
  withOperation(
    {
      actor: { type: 'user', id: '7' },
      procedure: 'outer',
      reason: 'why',
      source: 'script',
      requestId: 'r',
      runId: 'run',
      params: { a: 1 },
    },
    () => {
      const child = beginOperation({ procedure: 'inner' })
      const { text } = child.carried()
      const { operations, procedures } = readContext(text)
      expect(procedures).toEqual(['inner', 'outer'])
      expect(operations[1]).toBe(child.parentId)
      expect(text.split('\u001e')[0]?.split('\u001f').slice(1)).toEqual([
        child.parentId,
        'user',
        '7',
        '',
        'inner',
        '',
        'why',
        'script',
        'r',
        'run',
        '',
        '',
      ])
      expect(child.carried()).toBe(child.carried())
    },
  )
})

test('a context that learns more later is encoded again, and only then', () => {
  const signedIn: { user?: string } = {}
  const operation = beginOperation(() => ({
    actor: signedIn.user === undefined ? null : { type: 'user', id: signedIn.user },
    procedure: 'a.b',
  }))
  const before = operation.carried()
  expect(operation.carried()).toBe(before)
  signedIn.user = 'kim'
  const after = operation.carried()
  expect(after).not.toBe(before)
  expect(readContext(after.text)).toMatchObject({ actor: 'kim', operations: [operation.id] })
  expect(operation.carried()).toBe(after)
})

test('contexts are signed where somebody signs', () => {
  signContexts((text) => `signed ${text.length}`)
  try {
    const { text } = beginOperation({ procedure: 'a.b' }).carried()
    expect(text.split('\u001f')[12]).toBe(`signed ${text.lastIndexOf('\u001f') + 1}`)
  } finally {
    signContexts(undefined)
  }
})
