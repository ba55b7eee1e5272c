// What people see: tables, facts and changes, on narrow paper and with wide characters.
import { parseJson } from '@steward/base'
import { expect, test } from 'vitest'
import { cellsOf, type Paper } from './paper.ts'
import { show } from './show.ts'
import { formatStored, formatValue } from './value.ts'

const plain = (width = Number.POSITIVE_INFINITY): Paper => ({ width, paint: (_, text) => text })

const operation = {
  id: '0190',
  actor: { type: 'user', id: '7', name: '김하늘' },
  procedure: 'orders.refund',
  params: {},
  reason: 'asked twice',
  source: 'app',
  requestId: 'req-1',
  at: '2026-03-02T05:03:22.123456+00:00',
}

test('changes stand under their operation, with what was and what is', () => {
  const changes = [
    {
      id: '2',
      kind: 'update',
      entity: 'orders',
      key: { id: 1042 },
      before: parseJson('{"total": 12.50}'),
      after: parseJson('{"total": 0.00}'),
      operation,
    },
    {
      id: '1',
      kind: 'insert',
      entity: 'refunds',
      key: { id: 77 },
      before: null,
      after: { id: 77, note: null },
      operation,
    },
  ]
  const text = show(changes, [{ as: 'changes' }], plain())
  expect(text).toMatch(/^2026-03-02 \d\d:\d\d:22 {2}orders\.refund {2}user 7 \(김하늘\) {2}app · req-1\n/)
  expect(text.split('\n').slice(1)).toEqual([
    '  “asked twice”',
    '  operation 0190',
    '  ~ update orders id=1042',
    '      total  12.50 → 0.00',
    '  + insert refunds id=77',
    '      id    77',
    '      note  null',
    '',
  ])
})

test('an operation that failed says so, with what went wrong', () => {
  const failed = { ...operation, outcome: 'failed', error: 'DialectError: too many rows' }
  const lines = show([operation, failed], [{ as: 'operations' }], plain()).split('\n')
  expect(lines.filter((line) => line.includes('failed'))).toEqual(['  failed: DialectError: too many rows'])
})

test('an instant in a table is local, however its zone is written', () => {
  const rows = [{ at: '2026-03-02T05:03:22.123456+00:00' }, { at: '2026-03-02T05:03:22.1Z' }]
  const [, ...cells] = show(rows, [{ as: 'table', columns: ['at'] }], plain())
    .trim()
    .split('\n')
  expect(cells).toEqual([expect.stringMatching(/^2026-03-0\d \d\d:03:22$/), cells[0]])
})

test('a long value breaks into two lines, each cut to the paper', () => {
  const changes = [
    {
      kind: 'update',
      entity: 'notes',
      key: { id: 1 },
      before: { text: 'a'.repeat(90) },
      after: { text: '가'.repeat(90) },
    },
  ]
  const lines = show(changes, [{ as: 'changes' }], plain(60))
    .trimEnd()
    .split('\n')
  expect(lines).toHaveLength(3)
  for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(60)
})

test('a table is folded to the paper, its widest column first, and never through a Korean syllable', () => {
  const rows = [{ id: 1, name: '고객 주문 내역 확인 요청', reason: 'a rather long sentence about why this was done' }]
  const lines = show(rows, undefined, plain(40)).trimEnd().split('\n')
  expect(lines[0]).toMatch(/^id {2}name +reason$/)
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(cellsOf(line)).toBeLessThanOrEqual(40)
  for (const word of ['주문', '요청', 'sentence', 'done']) expect(lines.join('\n')).toContain(word)
})

test('columns may look into a row, and an empty list says so', () => {
  expect(
    show([{ operation }], [{ as: 'table', columns: ['operation.procedure', 'operation.requestId'] }], plain()),
  ).toBe('procedure      request id\norders.refund  req-1\n')
  expect(show({ tables: [] }, [{ as: 'table', of: 'tables', title: 'Tables', empty: 'No table.' }], plain())).toBe(
    'No table.\n',
  )
})

test('without a hint an output is shown by its shape', () => {
  expect(show({ installed: true, tables: [{ entity: 'orders' }] }, undefined, plain())).toBe(
    'installed  true\n\ntables\nentity\norders\n',
  )
})

test('a stored null, an empty text and the text null do not look alike', () => {
  expect([null, '', 'null', 'paid', ' x', '1'].map(formatStored)).toEqual([
    'null',
    '""',
    '"null"',
    'paid',
    '" x"',
    '"1"',
  ])
})

test('control characters of a customer never reach the terminal', () => {
  expect(formatValue('\u001b[2Jgone\u202e\n')).toBe('\\u001b[2Jgone\\u202e\\n')
})
