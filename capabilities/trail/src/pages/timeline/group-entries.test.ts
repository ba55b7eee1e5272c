// Entries of a timeline: one an operation, with who took it back, and what a filter lets through.
import { describe, expect, test } from 'vitest'
import type { SeenChange } from '../answers.ts'
import { actorsOf, filterEntries, groupEntries } from './group-entries.ts'
import { fieldOfInstant, instantOfField, lookBackSteps, stepAt } from './look-back-steps.ts'

let count = 100

function changed(operation: string, columns: Record<string, unknown>, more: Record<string, unknown> = {}): SeenChange {
  const { actor = { type: 'user', id: 'kim', name: '김하나' }, ...operationMore } = more
  count--
  return {
    id: String(count),
    kind: 'update',
    entity: 'orders',
    key: { id: '1' },
    before: columns,
    after: columns,
    at: `2026-11-21T09:00:${String(count % 60).padStart(2, '0')}.000001Z`,
    imported: false,
    operation: {
      id: operation,
      at: '2026-11-21T09:00:00.000000Z',
      actor: actor as SeenChange['operation']['actor'],
      procedure: 'orders.update',
      params: null,
      reason: null,
      source: 'app',
      requestId: null,
      ...operationMore,
    },
  }
}

describe('the entries of a timeline', () => {
  test('hold all changes that one operation made in a row, newest first', () => {
    const entries = groupEntries([changed('b', { total: 3 }), changed('a', { total: 2 }), changed('a', { note: 'x' })])
    expect(entries.map(({ operation, changes }) => [operation.id, changes.length])).toEqual([
      ['b', 1],
      ['a', 2],
    ])
  })

  test('say who took them back, each once, and of which operation a revert is', () => {
    const entries = groupEntries([
      changed('revert', { total: 1 }, { reverts: 'a' }),
      changed('other', { total: 3 }),
      changed('revert', { note: '' }, { reverts: 'a' }),
      changed('a', { total: 2 }),
    ])
    expect(entries.map(({ revertedBy }) => revertedBy.map(({ id }) => id))).toEqual([[], [], [], ['revert']])
  })

  test('are let through by field and by who, both at once', () => {
    const lee = { actor: { type: 'staff', id: 'lee', name: null } }
    const entries = groupEntries([
      changed('c', { total: 1 }, lee),
      changed('b', { note: '' }, lee),
      changed('a', { total: 2 }),
    ])
    const shown = (filter: Parameters<typeof filterEntries>[1]) =>
      filterEntries(entries, filter).map(({ operation }) => operation.id)
    expect(shown({})).toEqual(['c', 'b', 'a'])
    expect(shown({ field: 'total' })).toEqual(['c', 'a'])
    expect(shown({ who: 'staff:lee' })).toEqual(['c', 'b'])
    expect(shown({ field: 'total', who: 'staff:lee' })).toEqual(['c'])
    expect(shown({ who: 'lee' })).toEqual([])
    expect(actorsOf(entries).map(({ id }) => id)).toEqual(['lee', 'kim'])
  })
})

describe('looking back', () => {
  const entries = groupEntries([changed('c', { total: 3 }), changed('b', { total: 2 }), changed('a', { total: 1 })])
  const steps = lookBackSteps(entries)

  test('goes from the oldest entry to now, each asked for by what came next', () => {
    expect(steps.map(({ entry, when }) => [entry.operation.id, when])).toEqual([
      ['a', 'b'],
      ['b', 'c'],
      ['c', null],
    ])
    expect(steps[0]?.at).toBe(entries[2]?.changes[0].at)
  })

  test('leaves out what lies between imported entries', () => {
    const past = { ...changed('b', { total: 2 }), imported: true }
    const older = { ...changed('a', { total: 1 }), imported: true }
    const shown = lookBackSteps(groupEntries([changed('c', { total: 3 }), past, older]))
    expect(shown.map(({ entry }) => entry.operation.id)).toEqual(['b', 'c'])
  })

  test('finds the step of any moment: the latest that is not after it', () => {
    expect(stepAt(steps, null)).toBe(2)
    expect(stepAt(steps, steps[1]?.when ?? '')).toBe(1)
    expect(stepAt(steps, '2999-01-01T00:00:00Z')).toBe(2)
    expect(stepAt(steps, '2000-01-01T00:00:00Z')).toBe(null)
  })

  test('a field for dates and an instant say the same, to the second', () => {
    const instant = instantOfField('2026-03-02T14:00:05')
    expect(instant).toBe(new Date(2026, 2, 2, 14, 0, 5).toISOString())
    expect(fieldOfInstant(instant ?? '')).toBe('2026-03-02T14:00:05')
    expect(instantOfField('')).toBe(null)
    expect(fieldOfInstant('before-release')).toBe('')
  })
})
