// The page of an operation: periods around it, links to its request, and what is said of its procedure.
import { describe, expect, test } from 'vitest'
import { pickRecent } from '../home/pick-recent.ts'
import { fillRequestLink } from './fill-request-link.ts'
import { operationWords } from './operation-words.ts'
import { periodAround, periodOf } from './period-around.ts'

describe('the period around an operation', () => {
  const at = new Date(2026, 10, 21, 18, 4, 9).toISOString()
  const day = (date: number, hour = 0) => new Date(2026, 10, date, hour).toISOString()

  test('is the hour, the day or the week from Monday, in the zone of the viewer', () => {
    expect(periodAround(at, 'hour')).toEqual({ from: day(21, 18), to: day(21, 19) })
    expect(periodAround(at, 'day')).toEqual({ from: day(21), to: day(22) })
    // The 21st of November 2026 is a Saturday.
    expect(periodAround(at, 'week')).toEqual({ from: day(16), to: day(23) })
    expect(periodAround(new Date(2026, 10, 22, 1).toISOString(), 'week')).toEqual({ from: day(16), to: day(23) })
  })

  test('is a day unless the address names another one', () => {
    expect([undefined, 'year', 'hour'].map(periodOf)).toEqual(['day', 'day', 'hour'])
  })
})

describe('a link to the request', () => {
  const facts = { requestId: 'a b&c', operation: '0190', at: '2026-11-21T09:00:00.000000Z' }
  const fill = (url: string, more: Partial<typeof facts> | { requestId: null } = {}) =>
    fillRequestLink({ label: 'Logs', url }, { ...facts, ...more })

  test('is filled in, encoded, with the minutes around', () => {
    expect(fill('https://logs.example.com/?q={requestId}&op={operation}')).toBe(
      'https://logs.example.com/?q=a%20b%26c&op=0190',
    )
    const moment = Date.parse(facts.at)
    expect(fill('https://logs.example.com/?from={from}&to={to}')).toBe(
      `https://logs.example.com/?from=${moment - 300_000}&to=${moment + 300_000}`,
    )
  })

  test('is none without what it asks for, and none that leads elsewhere than to the web', () => {
    expect(fill('https://logs.example.com/?q={requestId}', { requestId: null })).toBe(null)
    expect(fill('https://logs.example.com/{operation}', { requestId: null })).toBe('https://logs.example.com/0190')
    expect(fill('javascript:alert({operation})')).toBe(null)
    expect(fill('not an address')).toBe(null)
  })
})

test('the blast radius is said in both languages, for one performance and for many', () => {
  const told = { operations: 212, procedure: 'orders.deleteMany', period: 'day' as const }
  expect(operationWords.en.blastSentence({ ...told, summary: '240 orders' })).toBe(
    '1 of 212 performances of orders.deleteMany that day; all together 240 orders.',
  )
  expect(operationWords.en.blastSentence({ ...told, operations: 1, summary: '' })).toBe(
    'The only performance of orders.deleteMany that day; no row was changed.',
  )
  expect(operationWords.ko.blastSentence({ ...told, period: 'hour', summary: '주문 240건' })).toBe(
    '그 시간 orders.deleteMany는 212번 실행됐고, 이 작업은 그중 하나예요. 모두 주문 240건이 바뀌었어요.',
  )
})

test('the home page shows what people did, and what programs did only where people did nothing', () => {
  const by = (type: string, id: string, parentId: string | null = null) => ({
    id,
    parentId,
    actor: { type, id: 'x', name: null },
  })
  const pick = (...operations: ReturnType<typeof by>[]) => {
    const { picked, isOfPeople } = pickRecent(operations as never, 2)
    return { ids: picked.map(({ id }) => id), isOfPeople }
  }
  expect(pick(by('service', '1'), by('user', '2'), by('system', '3'), by('staff', '4'), by('user', '5'))).toEqual({
    ids: ['2', '4'],
    isOfPeople: true,
  })
  expect(pick(by('service', '1'), by('system', '2'), by('system', '3'))).toEqual({ ids: ['1', '2'], isOfPeople: false })
  expect(pick()).toEqual({ ids: [], isOfPeople: true })
  expect(pick(by('user', 'request'), by('user', 'deed', 'request'), by('user', '3')).ids).toEqual(['deed', '3'])
})
