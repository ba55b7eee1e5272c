// Answers are kept as they came: a number that JavaScript would round is still one after the question was asked again.
import { isExactNumber, parseJson, printJson } from '@steward/base'
import { expect, test } from 'vitest'
import { createQueries } from './create-queries.ts'

const queryKey = ['history']

/** What a page is given after the question was asked (again). */
function asker() {
  const queries = createQueries()
  return (data: unknown) => {
    queries.setQueryData(queryKey, data)
    return queries.getQueryData(queryKey)
  }
}

test('exact numbers stay exact when an answer comes again with another one among them', () => {
  const ask = asker()
  ask(parseJson('{"total": 1.00, "id": 12345678901234567890}'))
  const next = ask(parseJson('{"total": 2.00, "id": 12345678901234567890}')) as Record<string, unknown>
  expect([isExactNumber(next['total']), isExactNumber(next['id'])]).toEqual([true, true])
  expect(printJson(next)).toBe('{"total": 2.00, "id": 12345678901234567890}')
})

test('an answer that says the same is the very same object, so that nothing is drawn anew', () => {
  const ask = asker()
  const first = ask([parseJson('{"total": 1.00}'), { note: null, list: [1, 2] }])
  expect(ask([parseJson('{"total": 1.00}'), { note: null, list: [1, 2] }])).toBe(first)
  for (const other of [[parseJson('{"total": 1.0}'), { note: null, list: [1, 2] }], [], new Map([[1, 2]]), new Map()]) {
    expect(ask(other)).toBe(other)
  }
})
