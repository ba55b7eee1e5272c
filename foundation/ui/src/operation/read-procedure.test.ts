// How procedures are called, in both languages.
import type { Meta } from '@steward/sdk'
import { expect, it } from 'vitest'
import { callProcedure } from './read-procedure.ts'

const meta = { entities: [{ entity: 'orders', label: { en: 'Orders', ko: '주문' } }] } as unknown as Meta

it.each([
  [{ procedure: 'orders.deleteMany' }, 'orders.deleteMany', 'orders.deleteMany'],
  [{ procedure: 'POST /orders' }, 'POST /orders', 'POST /orders'],
  [{ procedure: 'constructor' }, 'constructor', 'constructor'],
  [{ procedure: 'entities.update', params: { entity: 'orders' } }, 'edited orders', '주문 수정'],
  [{ procedure: 'entities.update orders' }, 'edited orders', '주문 수정'],
  [{ procedure: 'entities.upsert', params: { entity: 'orders' } }, 'added or edited orders', '주문을 추가하거나 수정'],
  [{ procedure: 'entities.delete', params: { entity: 'audit_log' } }, 'deleted audit_log', 'audit_log 삭제'],
  [{ procedure: 'entities.insert', params: null }, 'added a record', '항목 추가'],
  [{ procedure: 'entities.changeset' }, 'edited several records', '여러 항목 수정'],
  [{ procedure: 'trail.revert' }, 'reverted an operation', '작업 되돌리기'],
  [{ procedure: null, source: 'sql' }, 'bare SQL', '직접 실행한 SQL'],
  [{ procedure: null, source: 'app' }, 'unnamed operation', '이름 없는 작업'],
])('%o is called', (performed, english, korean) => {
  expect([callProcedure(performed, meta, 'en').text, callProcedure(performed, meta, 'ko').text]).toEqual([
    english,
    korean,
  ])
})

it('tells a name of the code from words', () => {
  expect(callProcedure({ procedure: 'orders.refund' }, meta, 'ko').isName).toBe(true)
  expect(callProcedure({ procedure: 'trail.revert' }, meta, 'ko').isName).toBe(false)
})
