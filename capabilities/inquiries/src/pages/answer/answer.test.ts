// What an answer for a customer is made from: their changes alone, whether these were put back, and by which words.
import type { ChangeFacts, Meta, MetaColumn, MetaEntity, Values } from '@steward/sdk'
import { expect, it } from 'vitest'
import {
  changesOf,
  countRecords,
  type KnownChange,
  missingReferences,
  ownerId,
  ownersOf,
  parentsOf,
  readOwnerId,
} from './changes-of.ts'
import { customerWords } from './customer-words.ts'
import { joinAnswer, splitAnswer } from './kept-answer.ts'
import { pickOperation } from './pick-operation.ts'
import { putBackOf } from './put-back-of.ts'

const column = (name: string, more: Partial<MetaColumn> = {}) =>
  ({
    name,
    label: { en: name, ko: name },
    references: null,
    isKey: false,
    isUnique: false,
    readable: true,
    masked: null,
    ...more,
  }) as MetaColumn
const to = (entity: string) => ({ references: { entity, column: 'id' } })
const id = column('id', { isKey: true })
const entity = (name: string, key: string[], columns: MetaColumn[], label = { en: name, ko: name }) =>
  ({ entity: name, name, key, columns, label }) as MetaEntity

const orders = entity(
  'orders',
  ['id'],
  [id, column('workspace_id', to('workspaces')), column('total', { label: { en: 'Total', ko: '합계' } })],
  { en: 'Orders', ko: '주문' },
)
const meta: Meta = {
  entities: [
    entity('workspaces', ['id'], [id]),
    orders,
    entity(
      'order_items',
      ['order_id', 'line'],
      [column('order_id', { isKey: true, ...to('orders') }), column('line', { isKey: true })],
    ),
  ],
  actions: [],
}

const change = (
  kind: ChangeFacts['kind'],
  name: string,
  key: Values,
  more: Partial<ChangeFacts> = {},
): ChangeFacts => ({ kind, entity: name, key, before: null, after: null, ...more })
const known = (facts: ChangeFacts, rest: Values | null = null): KnownChange => ({ change: facts, rest })
const deleted = (order: number, workspace: number) =>
  known(change('delete', 'orders', { id: order }, { before: { id: order, workspace_id: workspace } }))
const item = (order: number, line: number) =>
  known(change('delete', 'order_items', { order_id: order, line }, { before: { order_id: order, line } }))

const acme = { entity: 'workspaces', key: ['7'] }
const all = [deleted(1, 7), item(1, 1), item(1, 2), deleted(2, 8), item(2, 1)]

it('takes what hangs below a customer, and nothing of another one', () => {
  expect(changesOf(acme, all, meta)).toEqual([all[0], all[1], all[2]])
  expect(changesOf({ entity: 'orders', key: ['2'] }, all, meta)).toEqual([all[3], all[4]])
  expect(changesOf({ entity: 'workspaces', key: ['9'] }, all, meta)).toEqual([])
  expect(changesOf({ entity: 'order_items', key: ['1', '2'] }, all, meta)).toEqual([all[2]])
})

it('finds whose an edit is by columns that it did not touch', () => {
  const edit = change('update', 'orders', { id: 3 }, { before: { total: 1 }, after: { total: 0 } })
  expect(missingReferences(edit, orders)).toEqual(['workspace_id'])
  expect(changesOf(acme, [known(edit)], meta)).toEqual([])
  expect(changesOf(acme, [known(edit, { workspace_id: '7' })], meta)).toHaveLength(1)
})

it('offers those whom changes belong to, the most touched first', () => {
  expect(ownersOf(all, meta)).toEqual([
    { ...acme, records: 3 },
    { entity: 'workspaces', key: ['8'], records: 2 },
  ])
  const alone = known(change('delete', 'workspaces', { id: 7 }))
  expect(ownersOf([alone, deleted(1, 7)], meta)).toEqual([{ ...acme, records: 2 }])
})

it('names an owner so that an address keeps it', () => {
  expect(readOwnerId(ownerId(acme))).toEqual(acme)
  expect([readOwnerId('x'), readOwnerId('["a"]'), readOwnerId('[1,2]'), readOwnerId(null)]).toEqual([
    null,
    null,
    null,
    null,
  ])
  expect(parentsOf(orders, { id: 1, workspace_id: 7 }, meta)).toEqual([acme])
})

it('counts a record once', () => {
  expect(countRecords([deleted(1, 7), deleted(1, 7), item(1, 1)])).toBe(2)
})

const back = (order: number) => change('insert', 'orders', { id: order }, { after: { id: order } })
const at = '2026-11-22T00:12:00Z'
const facts = all.slice(0, 1).map((each) => each.change)

it('was put back where a revert stands that brought all of it back', () => {
  expect(putBackOf(facts, [])).toBeNull()
  expect(putBackOf(facts, [{ at, isTakenBack: false, changes: [back(1)] }])).toEqual({ at, isWhole: true })
  expect(putBackOf(facts, [{ at, isTakenBack: true, changes: [back(1)] }])).toBeNull()
  expect(putBackOf(facts, [{ at, isTakenBack: false, changes: [back(2)] }])).toBeNull()
  expect(
    putBackOf([...facts, change('delete', 'orders', { id: 5 })], [{ at, isTakenBack: false, changes: [back(1)] }]),
  ).toEqual({ at, isWhole: false })
})

it('was put back in part where a column was left alone', () => {
  const edit = change(
    'update',
    'orders',
    { id: 1 },
    { before: { total: 5, note: 'a', updated_at: 1 }, after: { total: 0, note: 'b', updated_at: 2 } },
  )
  const revert = (after: Values) => ({
    at,
    isTakenBack: false,
    changes: [change('update', 'orders', { id: 1 }, { before: {}, after })],
  })
  expect(putBackOf([edit], [revert({ total: 5 })])).toEqual({ at, isWhole: false })
  expect(putBackOf([edit], [revert({ total: 5 }), revert({ note: 'a' })])).toEqual({ at, isWhole: true })
})

const operation = (name: string, type: 'user' | 'staff', reverts: string | null = null) => ({
  id: name,
  at,
  actor: { type, id: 'x', name: null },
  reverts,
})

it('picks the operation that is most likely meant', () => {
  const history = [
    { kind: 'insert' as const, operation: operation('revert', 'staff', 'harm') },
    { kind: 'update' as const, operation: operation('edit', 'staff') },
    { kind: 'delete' as const, operation: operation('harm', 'user') },
  ]
  const nothing = { subject: null, linked: [], history: [] }
  expect(pickOperation(nothing)).toBeNull()
  expect(pickOperation({ ...nothing, history })).toBe('harm')
  expect(pickOperation({ ...nothing, history: history.slice(0, 2) })).toBe('edit')
  expect(pickOperation({ ...nothing, history, linked: [operation('r', 'staff', 'other')] })).toBe('other')
  expect(
    pickOperation({ ...nothing, history, linked: [operation('r', 'staff', 'other'), operation('plain', 'staff')] }),
  ).toBe('plain')
  expect(pickOperation({ subject: 'asked', history, linked: [] })).toBe('asked')
})

it('says nothing to customers that nobody has named, and names no masked column', () => {
  const secret = column('note', { label: { en: 'Note', ko: '메모' }, masked: 'hidden' })
  const words = customerWords({
    ...meta,
    entities: [...meta.entities, entity('refunds', ['id'], [id, secret], { en: 'Refunds', ko: '환불' })],
  })
  expect(words).toEqual({
    orders: { en: 'Orders', ko: '주문', columns: { total: { en: 'Total', ko: '합계' } } },
    refunds: { en: 'Refunds', ko: '환불', columns: {} },
  })
})

it('keeps what the customer is told in the answer, and finds it again', () => {
  const kept = {
    note: 'They are back.\n\nSee the revert.',
    customer: { ko: '안녕하세요.\n\n복구했어요.', en: 'Hello.\n\nDone.' },
  }
  expect(splitAnswer(joinAnswer(kept))).toEqual(kept)
  expect(splitAnswer(joinAnswer({ note: '', customer: kept.customer }))).toEqual({ note: '', customer: kept.customer })
  expect(splitAnswer('Just so.')).toEqual({ note: 'Just so.', customer: null })
})
