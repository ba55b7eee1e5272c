// What may be asked: bounded texts of any language, links that are links, subjects that are whole.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { titleOf } from './inquiry.ts'
import { type Office, openTestOffice } from './testing/office.ts'

let office: Office

beforeAll(async () => {
  office = await openTestOffice('asking')
})
afterAll(() => office.close())

test.each([
  'javascript:alert(1)',
  'JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  'ftp://example.com/x',
  '//example.com/x',
  'example.com/x',
  'https:example.com',
  'https:///example.com',
  'https://',
  'https://exa mple.com',
  'https://example.com/a b',
  'https://example.com/\u0000',
  'https://example.com\n/x',
  `https://example.com/${'a'.repeat(2000)}`,
  '',
])('%j is no address of a ticket', async (ticketUrl) => {
  await expect(office.ask('x', { ticketUrl })).rejects.toMatchObject({ code: 'ENGINE_INPUT_INVALID', status: 422 })
})

test.each(['http://desk.local:8080/t/1', 'https://문의.example/티켓/7', 'HTTPS://DESK.example.com', 'https://[::1]/x'])(
  '%s is one',
  async (ticketUrl) => {
    expect((await office.ask('x', { ticketUrl: `  ${ticketUrl} ` })).ticketUrl).toBe(ticketUrl)
  },
)

test.each([
  ['a NUL', { text: 'a\u0000b' }],
  ['half of a pair', { text: 'a\ud83d' }],
  ['nothing', { text: '' }],
  ['spaces alone', { text: ' \n\t ' }],
  ['more than 10,000 characters', { text: 'a'.repeat(10_001) }],
  ['a title of 201 characters', { text: 'a', title: 'a'.repeat(201) }],
  ['an entity without a key', { text: 'a', entity: 'orders' }],
  ['a key without an entity', { text: 'a', key: '7' }],
  ['a key with NUL', { text: 'a', entity: 'orders', key: '\u0000' }],
  [
    'a record and an operation',
    { text: 'a', entity: 'orders', key: '7', operation: '01932f0a-7b5e-7c11-b0a3-6a1f0c2f9d11' },
  ],
  ['an operation that is none', { text: 'a', operation: '42' }],
])('%s is refused before anything is stored', async (_what, input) => {
  await expect(office.perform('ask', input)).rejects.toMatchObject({ code: 'ENGINE_INPUT_INVALID', status: 422 })
})

test.each([
  ['10,000 characters', '가'.repeat(10_000)],
  ['what looks like HTML', '<img src=x onerror=alert(1)>'],
  ['what looks like SQL', `'); DROP TABLE steward_office.inquiries_inquiry; --`],
  ['a family, a flag and a combining accent', '👨‍👩‍👧‍👦 🇰🇷 e\u0301'],
  ['right to left', 'שלום \u202e abc'],
  ['line breaks', 'one\r\ntwo\n\n\tthree'],
])('%s is kept as it is', async (_what, text) => {
  const { id } = await office.ask(text)
  expect((await office.perform('read', { id })).text).toBe(text)
  await office.perform('comment', { id, text })
  const { answer, entries } = await office.perform('answer', { id, text })
  expect([answer, ...entries.map((entry) => entry.text)]).toEqual([text, text, text])
})

test('of the record nothing is kept but its entity and its key', async () => {
  const asked = await office.ask('x', { entity: 'billing."odd.name"', key: 'order_id=7,line=1' })
  expect(asked.subject).toEqual({ kind: 'record', entity: 'billing."odd.name"', key: 'order_id=7,line=1' })
  await expect(office.ask('x', { entity: 'a.b.c', key: '1' })).rejects.toMatchObject({ code: 'POSTGRES_ENTITY_NAME' })
})

test('a question without a title is called by its first line, cut at a word', () => {
  expect(titleOf('first line \nsecond')).toBe('first line')
  const long = titleOf(`${'word '.repeat(30)}end`)
  expect(long).toMatch(/^(word )*word…$/)
  expect([...long].length).toBeLessThanOrEqual(101)
  expect([...titleOf('🙈'.repeat(300))].length).toBe(101)
})
