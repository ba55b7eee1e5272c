// The search through operations: its address, its question, its sentence, and the days above it.
import { describe, expect, test } from 'vitest'
import { activityQuestion, countDays } from './count-days.ts'
import { isWorthAsking } from './find-operations.ts'
import { filterOf, queryOf } from './operation-filter.ts'
import { searchWords } from './search-words.ts'

const nothing = {
  who: null,
  procedure: null,
  entity: null,
  field: null,
  source: null,
  from: null,
  to: null,
  text: null,
}

describe('a filter', () => {
  test('is what the address says, as texts, without what is empty or of others', () => {
    expect(filterOf({ text: 42, actor: 'staff:kim', entity: '', page: 'x' })).toEqual({
      text: '42',
      actor: 'staff:kim',
    })
  })

  test('asks for whole days of the viewer, the last one included, and for instants as they are', () => {
    expect(queryOf({ from: '2026-11-21', to: '2026-11-21', source: 'app' })).toEqual({
      source: 'app',
      from: new Date(2026, 10, 21).toISOString(),
      to: new Date(2026, 10, 22).toISOString(),
    })
    expect(queryOf({ from: '2026-11-21T09:00:00Z' })).toEqual({ from: '2026-11-21T09:00:00Z' })
  })

  test('reads as a sentence in English', () => {
    expect(searchWords.en.sentence(nothing)).toBe('Operations')
    expect(searchWords.en.sentence({ ...nothing, who: 'staff:kim', procedure: 'orders.*', entity: 'Orders' })).toBe(
      'Operations of staff:kim through orders.* on Orders',
    )
    expect(searchWords.en.sentence({ ...nothing, field: 'Total', entity: 'Orders', from: '2026-11-21' })).toBe(
      'Operations that wrote Total of Orders since 2026-11-21',
    )
  })

  test('reads as a sentence in Korean, with the particles that fit', () => {
    expect(searchWords.ko.sentence(nothing)).toBe('작업')
    expect(searchWords.ko.sentence({ ...nothing, who: '박지훈', entity: '주문' })).toBe('박지훈이 주문을 바꾼 작업')
    expect(searchWords.ko.sentence({ ...nothing, entity: '주문', field: '합계', from: '2026-11-21' })).toBe(
      '2026-11-21부터 주문의 합계를 바꾼 작업',
    )
    expect(searchWords.ko.sentence({ ...nothing, who: '김하나' })).toBe('김하나가 한 작업')
  })
})

describe('the days above', () => {
  const steps = [
    { at: new Date(2026, 10, 20).toISOString(), procedure: 'orders.refund', operations: 2, changes: 4 },
    { at: new Date(2026, 10, 20).toISOString(), procedure: 'orders.place', operations: 3, changes: 3 },
    { at: new Date(2026, 10, 21).toISOString(), procedure: null, operations: 1, changes: 1 },
  ]
  const last = new Date(2026, 10, 21, 15)

  test('count everything, each day of the viewer, also those on which nothing was', () => {
    expect(countDays(steps, activityQuestion({}), { last, days: 3 })).toEqual([
      { day: '2026-11-19', operations: 0 },
      { day: '2026-11-20', operations: 5 },
      { day: '2026-11-21', operations: 1 },
    ])
  })

  test('count only what the filter names, also by the beginning of a name', () => {
    const counted = (procedure: string) =>
      countDays(steps, activityQuestion({ procedure }), { last, days: 2 }).map(({ operations }) => operations)
    expect(counted('orders.place')).toEqual([3, 0])
    expect(counted('orders.*')).toEqual([5, 0])
    expect(counted('refund')).toEqual([0, 0])
  })

  test('count by who where who is asked for, whether with its type or without', () => {
    const actor = { type: 'staff' as const, id: 'kim', name: null }
    const byActor = [{ at: new Date(2026, 10, 21).toISOString(), actor, operations: 7, changes: 9 }]
    for (const name of ['kim', 'staff:kim']) {
      expect(activityQuestion({ actor: name }).by).toBe('actor')
      expect(countDays(byActor, activityQuestion({ actor: name }), { last, days: 1 })[0]?.operations, name).toBe(7)
    }
    expect(countDays(byActor, activityQuestion({ actor: 'user:kim' }), { last, days: 1 })[0]?.operations).toBe(0)
  })
})

test('the search box asks for operations only where a text could be in one', () => {
  expect(['refund', '정리해', 'TICKET-42', 'orders.deleteMany'].filter(isWorthAsking)).toHaveLength(4)
  expect(['re', '10482', '010-1234-5678', 'kim@acme.co.kr', ''].filter(isWorthAsking)).toEqual([])
})
