// What changes are about, counted in both languages.
import type { Meta } from '@steward/sdk'
import { describe, expect, it } from 'vitest'
import { summaryOf } from './summary-of.ts'

const meta = {
  entities: [
    ['orders', 'Orders', '주문'],
    ['items', 'Items', '품목'],
    ['entries', 'Journal entries', '기록'],
    ['category', 'Category', '분류'],
    ['keys', 'API keys', '키'],
    ['boxes', 'Boxes', '상자'],
    ['staff', 'Staff', '직원'],
  ].map(([entity, en, ko]) => ({ entity, label: { en, ko } })),
} as unknown as Meta

const some = (entity: string, count: number) => ({ entity, count })

describe('a summary', () => {
  it.each([
    [[some('orders', 14), some('items', 31)], '14 orders, 31 items', '주문 14건, 품목 31건'],
    [[some('orders', 1)], '1 order', '주문 1건'],
    [[some('entries', 1), some('boxes', 1)], '1 journal entry, 1 box', '기록 1건, 상자 1건'],
    [[some('category', 2), some('keys', 1)], '2 categories, 1 API key', '분류 2건, 키 1건'],
    [[some('staff', 3)], '3 staff', '직원 3건'],
    [[some('orders', 12_000)], '12,000 orders', '주문 12,000건'],
    [[some('audit_log', 2)], '2 audit_logs', 'audit_log 2건'],
    [[some('orders', 0)], '', ''],
  ])('of %o', (changes, english, korean) => {
    expect([summaryOf(changes, meta, 'en'), summaryOf(changes, meta, 'ko')]).toEqual([english, korean])
  })

  it('counts a record once, however often it changed', () => {
    const changes = [
      { entity: 'orders', key: { id: 1 } },
      { entity: 'orders', key: { id: 1 } },
      { entity: 'orders', key: { id: 2 } },
    ]
    expect(summaryOf(changes, meta, 'en')).toBe('2 orders')
  })

  it('names three kinds where there are many', () => {
    const many = [some('orders', 4), some('items', 3), some('keys', 2), some('boxes', 1), some('staff', 1)]
    expect(summaryOf(many, meta, 'en')).toBe('4 orders, 3 items, 2 API keys and 2 more records')
    expect(summaryOf(many, meta, 'ko')).toBe('주문 4건, 품목 3건, 키 2건 외 2건')
  })

  it('calls entities by their own names while nothing is known of them', () => {
    expect(summaryOf([some('orders', 2)], undefined, 'en')).toBe('2 orders')
  })
})
