// The fields of a change, in the order in which people want to read them.
import type { MetaColumn, MetaEntity } from '@steward/sdk'
import { describe, expect, it } from 'vitest'
import { fieldChanges } from './field-changes.ts'

const column = (name: string, more: Partial<MetaColumn> = {}) =>
  ({ name, importance: 'normal', isKey: false, masked: null, baseType: 'text', ...more }) as MetaColumn

const orders = {
  entity: 'orders',
  title: 'number',
  list: ['id', 'number', 'status'],
  columns: [
    column('id', { isKey: true }),
    column('note'),
    column('updated_at', { importance: 'low' }),
    column('email', { masked: 'hidden' }),
    column('number'),
    column('status', { importance: 'high' }),
    ...['a', 'b', 'c', 'd'].map((name) => column(name)),
  ],
} as unknown as MetaEntity

const change = { entity: 'orders', key: { id: 1 } }
const names = (fields: readonly { name: string }[]) => fields.map(({ name }) => name)

describe('an update', () => {
  it('has its fields in the order of the columns, the unimportant ones last', () => {
    const values = { updated_at: 1, status: 'x', note: 'n', unknown: 1 }
    const { first, rest } = fieldChanges({ ...change, kind: 'update', before: values, after: values }, orders)
    expect(names(first)).toEqual(['note', 'status', 'unknown', 'updated_at'])
    expect(rest).toEqual([])
  })

  it('says where something changed that cannot be seen', () => {
    const update = {
      ...change,
      kind: 'update' as const,
      before: { email: null, note: 'k••••' },
      after: { email: null, note: 'p••••' },
    }
    const { first } = fieldChanges({ ...update, masked: ['email', 'note'] }, orders)
    expect(first.map(({ name, isMasked, isHidden }) => [name, isMasked, isHidden])).toEqual([
      ['note', true, false],
      ['email', true, true],
    ])
  })

  it('is cut to the fields that were asked for', () => {
    const values = { status: 'x', note: 'n' }
    expect(
      names(fieldChanges({ ...change, kind: 'update', before: values, after: values }, orders, ['note']).first),
    ).toEqual(['note'])
  })
})

describe('a row that came or went', () => {
  const row = { a: 1, b: 2, c: null, d: 4, id: 1, number: 'N1', status: 'paid', note: 'x', updated_at: 1, email: null }

  it('has its key, its name and what matters first, and folds the rest', () => {
    const { first, rest } = fieldChanges(
      { ...change, kind: 'delete', before: row, after: null, masked: ['email'] },
      orders,
    )
    expect(names(first)).toEqual(['id', 'number', 'status', 'note', 'email', 'a'])
    expect(names(rest)).toEqual(['b', 'd', 'updated_at', 'c'])
    expect(first.every(({ side }) => side === 'before')).toBe(true)
  })

  it('folds nothing where one field alone would be left', () => {
    const few = { id: 1, number: 'N1', status: 'paid', note: 'x', a: 1, b: 2, d: 3 }
    const { first, rest } = fieldChanges({ ...change, kind: 'insert', before: null, after: few }, orders)
    expect([first.length, rest.length]).toEqual([7, 0])
  })

  it('is shown without its entity, too', () => {
    const { first } = fieldChanges({ ...change, kind: 'insert', before: null, after: { x: 1, y: null } }, null)
    expect(names(first)).toEqual(['x', 'y'])
  })
})
