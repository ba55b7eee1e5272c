// What merging two edits keeps: nothing typed is lost, nothing that others wrote is overwritten unseen.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeEdits, onlyChanged, settle, type Texts, textsOf } from './merge-edits.ts'

const columns = [
  { name: 'status', baseType: 'text' },
  { name: 'total', baseType: 'numeric' },
  { name: 'note', baseType: 'text' },
  { name: 'data', baseType: 'jsonb' },
]
const names = columns.map(({ name }) => name)
// Few values, so that they often meet.
const value = fc.constantFrom(null, '1', '2', '10.50')
const record = fc.record(Object.fromEntries(names.map((name) => [name, value])))
const edits: fc.Arbitrary<Texts> = fc.dictionary(fc.constantFrom(...names), value)
const merging = fc.record({ was: record, now: record, mine: edits, columns: fc.constant(columns) })
const changed = (was: Texts, now: Texts) => names.filter((name) => was[name] !== now[name])

test('whatever was typed is kept, is there already, or collides and is shown', () => {
  fc.assert(
    fc.property(merging, (given) => {
      const { edits: kept, collisions } = mergeEdits(given)
      for (const name of Object.keys(given.mine)) {
        const text = given.mine[name] ?? null
        const isThere = given.now[name] === text
        const isKept = Object.hasOwn(kept, name) && kept[name] === text
        const collides = collisions.some(({ column, mine }) => column === name && mine === text)
        expect([isThere, isKept, collides].filter(Boolean)).toHaveLength(1)
      }
    }),
  )
})

test('what others wrote is overwritten by nothing that was not chosen', () => {
  fc.assert(
    fc.property(merging, (given) => {
      const merged = mergeEdits(given)
      const written = settle(merged, {})
      for (const name of changed(given.was, given.now)) expect(written).not.toHaveProperty(name)
    }),
  )
})

test('without another edit nothing collides, and what changed is what is sent', () => {
  fc.assert(
    fc.property(record, edits, (was, mine) => {
      const { collisions, theirs, edits: kept } = mergeEdits({ was, now: was, mine, columns })
      expect([collisions, theirs]).toEqual([[], []])
      expect(kept).toEqual(onlyChanged(mine, was, columns))
    }),
  )
})

test('to choose mine everywhere writes all that was typed; theirs everywhere none of what collides', () => {
  fc.assert(
    fc.property(merging, (given) => {
      const merged = mergeEdits(given)
      const choose = (choice: 'mine' | 'theirs') =>
        settle(merged, Object.fromEntries(merged.collisions.map(({ column }) => [column, choice])))
      expect({ ...given.now, ...choose('mine') }).toEqual({ ...given.now, ...given.mine })
      expect(choose('theirs')).toEqual(merged.edits)
    }),
  )
})

test('merged once, a second merge with the same record changes nothing', () => {
  fc.assert(
    fc.property(merging, (given) => {
      const once = mergeEdits(given).edits
      const again = mergeEdits({ ...given, was: given.now, mine: once })
      expect(again.edits).toEqual(once)
      expect(again.collisions).toEqual([])
    }),
  )
})

test('the same JSON with other spaces is no edit, and the same instant in another zone neither', () => {
  const typed = [
    { name: 'data', baseType: 'jsonb' },
    { name: 'at', baseType: 'timestamp with time zone' },
  ]
  const was = textsOf({ data: { a: [1, 'two words'] }, at: '2026-11-22T18:04:00.5+09:00' }, typed)
  const same = { data: '{ "a": [1, "two words"] }', at: '2026-11-22T09:04:00.500000+00:00' }
  expect(onlyChanged(same, was, typed)).toEqual({})
  const other = { data: '{"a":[1,"twowords"]}', at: '2026-11-22T09:04:00.500001+00:00' }
  expect(Object.keys(onlyChanged(other, was, typed))).toEqual(['data', 'at'])
})
