// The walk back by itself: what it does when the trail and the rows do not agree.
import { expect, test } from 'vitest'
import { type PastRow, type UndoneChange, undo } from './undo.ts'

const row = (values: Record<string, string>): PastRow => ({
  values: new Map(Object.entries(values)),
  literalNulls: new Set(),
  isWhole: true,
})

let id = 100n
function change(
  kind: UndoneChange['kind'],
  key: string | null,
  before: Record<string, string>,
  after: Record<string, string>,
  more: Partial<UndoneChange> = {},
): UndoneChange {
  id -= 1n
  return {
    id,
    kind,
    key,
    previousKey: null,
    transaction: '1',
    before: new Map(Object.entries(before)),
    after: new Map(Object.entries(after)),
    literalNulls: new Set(),
    ...more,
  }
}

function walk(rows: Record<string, PastRow>, changes: UndoneChange[], keys: string[] = []) {
  const undone = undo(
    new Map(Object.entries(rows).map(([key, value]) => [key, [value]])),
    changes,
    keys,
    (column) => column !== 'retyped',
  )
  const shown = [...undone.rows].flatMap(([key, standing]) =>
    standing.map(({ values, isWhole }) => [key, Object.fromEntries(values), isWhole]),
  )
  return { rows: shown, isSound: undone.isSound }
}

test('an update gives back the old values, an insert takes the row away, a delete brings it', () => {
  expect(walk({ a: row({ v: '2', w: '1' }) }, [change('u', 'a', { v: '1' }, { v: '2' })])).toEqual({
    rows: [['a', { v: '1', w: '1' }, true]],
    isSound: true,
  })
  expect(walk({ a: row({ v: '2' }) }, [change('i', 'a', {}, { v: '2' })])).toEqual({ rows: [], isSound: true })
  expect(walk({}, [change('d', 'a', { v: '2' }, {})])).toEqual({ rows: [['a', { v: '2' }, true]], isSound: true })
})

test('changes of one transaction that were captured out of order are undone in the order in which they fit', () => {
  const changes = [change('u', 'a', { v: '1' }, { v: '2' }), change('u', 'a', { v: '2' }, { v: '3' })]
  expect(walk({ a: row({ v: '3' }) }, changes)).toEqual({ rows: [['a', { v: '1' }, true]], isSound: true })
  const apart = changes.map((one, place) => ({ ...one, transaction: String(place) }))
  expect(walk({ a: row({ v: '3' }) }, apart).isSound).toBe(false)
})

test('a value that is not as the change left it is not sound, except where values are written differently today', () => {
  expect(walk({ a: row({ v: '9' }) }, [change('u', 'a', { v: '1' }, { v: '2' })]).isSound).toBe(false)
  expect(walk({ a: row({ retyped: '"9"' }) }, [change('u', 'a', { retyped: '1' }, { retyped: '9' })]).isSound).toBe(
    true,
  )
})

test('an update of a row that is not there leaves a row that is not whole', () => {
  expect(walk({}, [change('u', 'a', { v: '1' }, { v: '2' })])).toEqual({
    rows: [['a', { v: '1' }, false]],
    isSound: false,
  })
})

test('what a noted TRUNCATE took is unknown until an older change tells', () => {
  const note = change('t', null, {}, {})
  expect(walk({}, [note], ['a'])).toEqual({ rows: [['a', {}, false]], isSound: true })
  expect(walk({}, [note, change('i', 'a', {}, { v: '1' })], ['a'])).toEqual({ rows: [], isSound: true })
  expect(walk({}, [note, change('d', 'a', { v: '1' }, {})], ['a'])).toEqual({
    rows: [['a', { v: '1' }, true]],
    isSound: true,
  })
  expect(walk({ a: row({ v: '1' }) }, [note], ['a'])).toEqual({ rows: [['a', { v: '1' }, true]], isSound: true })
})

test('keys that pass through each other in one statement keep their rows', () => {
  const changes = [
    change('u', '3', { id: '2' }, { id: '3' }, { previousKey: '2' }),
    change('u', '2', { id: '1' }, { id: '2' }, { previousKey: '1' }),
  ]
  for (const order of [changes, [...changes].reverse()]) {
    expect(walk({ 2: row({ id: '2', v: '"one"' }), 3: row({ id: '3', v: '"two"' }) }, order)).toEqual({
      rows: expect.arrayContaining([
        ['1', { id: '1', v: '"one"' }, true],
        ['2', { id: '2', v: '"two"' }, true],
      ]),
      isSound: true,
    })
  }
})

test('a JSON null and an SQL NULL stay apart', () => {
  const back = undo(
    new Map([['a', [row({ j: '1' })]]]),
    [change('u', 'a', { j: 'null' }, { j: '1' }, { literalNulls: new Set(['-j']) })],
    [],
    () => true,
  )
  expect([...(back.rows.get('a')?.[0]?.literalNulls ?? [])]).toEqual(['j'])
})
