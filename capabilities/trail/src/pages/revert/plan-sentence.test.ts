// What a plan is said to do, in both languages, and what its conflicts leave to decide.
import type { ChangeFacts } from '@steward/sdk'
import { describe, expect, test } from 'vitest'
import type { PlanConflict, RevertAnswer } from '../answers.ts'
import { isForcible, valueBefore } from './plan-of-revert.ts'
import { planOutcome } from './plan-outcome.ts'
import { planSentence } from './plan-sentence.ts'

const row = (kind: ChangeFacts['kind'], entity: string, id: number, after: ChangeFacts['after'] = {}): ChangeFacts => ({
  kind,
  entity,
  key: { id },
  before: {},
  after,
})
const rows = (kind: ChangeFacts['kind'], entity: string, count: number) =>
  Array.from({ length: count }, (_, place) => row(kind, entity, place))
const conflict = (more: Partial<PlanConflict> = {}): PlanConflict => ({
  entity: 'orders',
  key: { id: 7 },
  column: 'total',
  wrote: 0,
  now: 5,
  by: null,
  reason: 'edited',
  ...more,
})
const answer = (
  planned: ChangeFacts[],
  conflicts: PlanConflict[] = [],
  more: Partial<RevertAnswer> = {},
): RevertAnswer => ({
  plan: { rows: planned, conflicts },
  applied: false,
  operation: null,
  digest: 'd',
  ...more,
})

const label = (en: string, ko: string) => ({ en, ko })
const meta = {
  entities: [
    { entity: 'orders', label: label('Orders', '주문'), relationships: [] },
    { entity: 'items', label: label('Items', '품목'), relationships: [] },
  ],
} as unknown as Parameters<typeof planSentence>[1]

describe('a plan in a sentence', () => {
  test('counts what comes back by entity, the conflicts, and says that nothing else changes', () => {
    const plan = answer([...rows('insert', 'orders', 14), ...rows('insert', 'items', 31)], [conflict(), conflict()])
    expect(planSentence(plan, meta, 'en')).toBe('14 orders, 31 items come back · 2 conflicts · nothing else changes')
    expect(planSentence(plan, meta, 'ko')).toBe('주문 14건, 품목 31건이 돌아와요 · 충돌 2건 · 그 밖에는 바뀌지 않아요')
  })

  test('names what others belong to first, whatever the order in which it is written', () => {
    const related = {
      entities: (meta?.entities ?? []).map((each) => ({
        ...each,
        relationships: each.entity === 'items' ? [{ entity: 'orders', cardinality: 'many-to-one' }] : [],
      })),
    } as unknown as typeof meta
    const plan = answer([...rows('insert', 'items', 3), ...rows('insert', 'orders', 2)])
    expect(planSentence(plan, related, 'en')).toBe('2 orders, 3 items come back · nothing else changes')
  })

  test('speaks of one as of one, and of each kind by itself', () => {
    const plan = answer([row('insert', 'orders', 1), row('update', 'items', 1), row('delete', 'items', 2)])
    expect(planSentence(plan, meta, 'en')).toBe(
      '1 order comes back · 1 item gets its earlier values back · 1 item is removed · nothing else changes',
    )
    expect(planSentence(plan, meta, 'ko')).toBe(
      '주문 1건이 돌아와요 · 품목 1건이 이전 값으로 돌아가요 · 품목 1건이 없어져요 · 그 밖에는 바뀌지 않아요',
    )
  })

  test('does not say that nothing else changes where triggers change more', () => {
    const plan = answer(rows('update', 'orders', 2), [], { besides: [{ entity: 'items', records: 3 }] })
    expect(planSentence(plan, meta, 'en')).toBe('2 orders get their earlier values back · triggers also change 3 items')
    expect(planSentence(plan, meta, 'ko')).toBe('주문 2건이 이전 값으로 돌아가요 · 트리거가 품목 3건을 함께 바꿔요')
  })

  test('of conflicts alone it promises nothing', () => {
    expect(planSentence(answer([], [conflict()]), meta, 'en')).toBe('1 conflict')
  })
})

describe('what a plan leaves to decide', () => {
  test('only what somebody edited can be overwritten; what the database refuses cannot', () => {
    const reasons = ['edited', 'recreated', 'attribute-gone', 'gone', 'taken', 'parent-missing', 'referenced', 'no-key']
    expect(reasons.filter((reason) => isForcible({ reason }))).toEqual(['edited', 'recreated', 'attribute-gone'])
  })

  test('what a column was is what overwriting would write, of the same record alone', () => {
    const forced = answer([row('update', 'items', 7, { total: 1 }), row('update', 'orders', 7, { total: 9 })])
    expect(valueBefore(conflict(), forced)).toBe(9)
    expect(valueBefore(conflict({ key: { id: '7' } }), forced)).toBe(9)
    expect(valueBefore(conflict({ key: { id: 8 } }), forced)).toBe(undefined)
    expect(valueBefore(conflict({ column: 'note' }), forced)).toBe(undefined)
    expect(valueBefore(conflict(), undefined)).toBe(undefined)
  })

  test('together with others goes only what nobody has to decide about', () => {
    expect(planOutcome(answer(rows('update', 'orders', 1)))).toBe('ready')
    expect(planOutcome(answer(rows('update', 'orders', 1), [conflict()]))).toBe('conflicted')
    expect(planOutcome(answer([]))).toBe('empty')
  })
})
