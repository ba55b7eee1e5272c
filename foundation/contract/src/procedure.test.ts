// A promise keeps its words, its schemas and their types.
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { type InputOf, isProcedure, type OutputOf, procedure, routeOf, schemasOf, wordsOf } from './index.ts'

const evaluate = procedure({ summary: 'Runs one check now', effect: 'read', permission: 'checks:evaluate' })
  .input(z.object({ name: z.string(), limit: z.number().default(10) }))
  .output(z.object({ passed: z.boolean() }))

test('a promise can be asked for its words', () => {
  expect(wordsOf(evaluate)).toEqual({ summary: 'Runs one check now', effect: 'read', permission: 'checks:evaluate' })
})

test('a promise can be asked for its schemas, and has none where none was given', () => {
  expect(schemasOf(evaluate).input).toBeInstanceOf(z.ZodObject)
  const ping = procedure({ summary: 'Answers', effect: 'read', permission: 'demo:ping' })
  expect(schemasOf(ping)).toEqual({ input: undefined, output: undefined })
})

test('the verb sees the parsed input, and answers what the output schema takes', () => {
  expectTypeOf<InputOf<typeof evaluate>>().toEqualTypeOf<{ name: string; limit: number }>()
  expectTypeOf<OutputOf<typeof evaluate>>().toEqualTypeOf<{ passed: boolean }>()
})

test('a procedure is told from other values', () => {
  expect(isProcedure(evaluate)).toBe(true)
  expect(isProcedure({ summary: 'Runs' })).toBe(false)
})

test('a promise has an address on the web by its name and effect, unless it says another or none', () => {
  expect(routeOf('evaluateNow', evaluate)).toEqual({ method: 'GET', path: '/evaluate-now', isConfirmedByReason: false })
  const words = { summary: 'Takes back', effect: 'danger', permission: 'demo:undo' } as const
  expect(routeOf('undo', procedure({ ...words, http: { path: '/undone/{id}', isConfirmedByReason: true } }))).toEqual({
    method: 'POST',
    path: '/undone/{id}',
    isConfirmedByReason: true,
  })
  expect(routeOf('undo', procedure({ ...words, http: false }))).toBeNull()
})
