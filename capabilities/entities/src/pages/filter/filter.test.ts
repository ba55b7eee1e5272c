// Filters and addresses: what is printed reads back as the same filter, and what nobody understands survives.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Clause, Operator } from './clause.ts'
import { quoteName, splitMembers } from './dialect-text.ts'
import { parseFilter } from './parse-filter.ts'
import { printFilter } from './print-filter.ts'

const letters = fc.string({ unit: fc.constantFrom(...Array.from(`ab *,.()"\\{}%_^$+?|[]-김é😀`)), maxLength: 8 })
const column = fc.oneof(
  fc.constantFrom('status', 'total', 'order', 'q', 'and', 'or', 'not', 'a b', 'x.y', 'a"b', '이름'),
  letters.filter((name) => name.trim() !== ''),
)
const field = column.map(quoteName)
const one = (...operators: Operator[]) =>
  fc.record({ field, operator: fc.constantFrom(...operators), values: fc.tuple(letters) })
const clause: fc.Arbitrary<Clause> = fc.oneof(
  one('is', 'isNot', 'atLeast', 'atMost', 'above', 'below', 'covers', 'contains', 'startsWith'),
  fc.record({ field, operator: fc.constantFrom<Operator>('between', 'within'), values: fc.tuple(letters, letters) }),
  fc.record({
    field,
    operator: fc.constant<Operator>('anyOf'),
    values: fc.uniqueArray(letters, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    field,
    operator: fc.constantFrom<Operator>('isNull', 'isNotNull', 'isTrue', 'isFalse'),
    values: fc.constant([]),
  }),
)

const inOrder = (clauses: readonly Clause[]) => clauses.map((each) => JSON.stringify(each)).toSorted()

test('what is printed is read back as the same filter', () => {
  fc.assert(
    fc.property(fc.array(clause, { maxLength: 6 }), (clauses) => {
      const read = parseFilter(printFilter(clauses).map(([name, value]) => [name, value] as const))
      expect(inOrder(read)).toEqual(inOrder(clauses))
      expect(parseFilter(printFilter(read))).toEqual(read)
    }),
    { numRuns: 2000 },
  )
})

test('no name comes twice in an address', () => {
  fc.assert(
    fc.property(fc.array(clause, { maxLength: 6 }), (clauses) => {
      const names = printFilter(clauses).map(([name]) => name)
      expect(new Set(names).size).toBe(names.length)
    }),
  )
})

test('filters are written as the API takes them', () => {
  const printed = printFilter([
    { field: 'status', operator: 'anyOf', values: ['paid', 'a,b'] },
    { field: 'total', operator: 'atLeast', values: ['100000'] },
    { field: 'total', operator: 'atMost', values: ['200000'] },
    { field: 'placed_at', operator: 'within', values: ['yesterday', 'today'] },
    { field: 'email', operator: 'contains', values: ['100%'] },
    { field: 'order', operator: 'is', values: ['7'] },
  ])
  expect(printed).toEqual([
    ['status', 'in.(paid,"a,b")'],
    ['total', 'gte.100000'],
    ['email', String.raw`ilike.*100\%*`],
    ['and', '(total.lte.200000,and(placed_at.gte.yesterday,placed_at.lt.today),order.eq.7)'],
  ])
})

test('an address of the API is read whole: what has no words here is kept as it is', () => {
  const address: [string, string][] = [
    ['select', 'id,total'],
    ['status', 'eq.paid'],
    ['or', '(a.eq.1,b.eq.2)'],
    ['note', 'wfts(english).late'],
    ['customer.country', 'eq.DE'],
    ['data->>channel', 'eq.web'],
    ['tags', 'in.()'],
    ['name', 'ilike.K_m*'],
    ['limit', '5'],
  ]
  const clauses = parseFilter(address)
  expect(clauses.map(({ operator }) => operator)).toEqual(['is', 'other', 'other', 'is', 'is', 'other', 'other'])
  expect(printFilter(clauses)).toEqual(address.filter(([name]) => name !== 'select' && name !== 'limit'))
})

test('lists are taken apart where they are lists', () => {
  expect(splitMembers('(a,"b,c)",and(d,e),x.cs.{1,2})')).toEqual(['a', '"b,c)"', 'and(d,e)', 'x.cs.{1,2}'])
  expect(splitMembers('(a')).toBeNull()
  expect(splitMembers('(a))')).toBeNull()
})
