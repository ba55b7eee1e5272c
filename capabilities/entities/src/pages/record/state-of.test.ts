// Which of a record's changes is said in the sentence at its top.
import type { MetaColumn } from '@steward/sdk'
import { expect, test } from 'vitest'
import { stateOf } from './state-of.ts'

const column = (name: string, more: Partial<MetaColumn> = {}) =>
  ({ name, importance: 'normal', enum: null, masked: null, ...more }) as MetaColumn
const columns = [column('id'), column('note'), column('total'), column('status'), column('updated_at')]

test('a state says more than any other field, and the others are counted', () => {
  const before = { updated_at: 'x', note: 'a', status: 'paid' }
  const state = stateOf(
    { kind: 'update', before, after: { updated_at: 'y', note: 'b', status: 'settled' } },
    { columns },
  )
  expect(state).toMatchObject({ kind: 'changed', column: { name: 'status' }, from: 'paid', to: 'settled', others: 2 })
})

test('when it was updated is said only where nothing else is', () => {
  const named = (after: Record<string, unknown>) => {
    const state = stateOf({ kind: 'update', before: after, after }, { columns })
    return state.kind === 'changed' ? state.column?.name : null
  }
  expect(named({ updated_at: 1, total: 2 })).toBe('total')
  expect(named({ updated_at: 1 })).toBe('updated_at')
  expect(named({ gone_since: 1 })).toBeUndefined()
})

test('what is gone says what it was, and never by a masked column', () => {
  const gone = { kind: 'delete', before: { id: 1, status: 'paid' }, after: null } as const
  expect(stateOf(gone, { columns })).toMatchObject({ kind: 'deleted', from: 'paid' })
  const masked = [column('status', { masked: 'hidden' })]
  expect(stateOf(gone, { columns: masked })).toEqual({ kind: 'deleted', column: null, from: null })
})
