// Errors: the four parts, typed values, and recognising them again.
import { expect, test } from 'vitest'
import { defineErrors, isStewardError, StewardError } from './errors.ts'

const errors = defineErrors('CHECKS', {
  NOT_FOUND: {
    status: 404,
    message: ({ name }: { name: string }) => `There is no check called "${name}".`,
    details: ({ count }: { count: number }) => `There are ${count} others.`,
    hint: 'List them with: steward checks list',
  },
  BUSY: { status: 503, message: 'All workers are busy.', hint: 'Try again in a minute.' },
})

test('an error has exactly code, message, details and hint on the wire', () => {
  const error = errors.NOT_FOUND({ name: 'orphans', count: 2 }, { cause: 'why' })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: 'CHECKS_NOT_FOUND',
    message: 'There is no check called "orphans".',
    details: 'There are 2 others.',
    hint: 'List them with: steward checks list',
  })
  expect(error.status).toBe(404)
  expect(error.cause).toBe('why')
  expect(error).toBeInstanceOf(Error)
})

test('what an error does not say is null', () => {
  expect(errors.BUSY().toJSON()).toEqual({
    code: 'CHECKS_BUSY',
    message: 'All workers are busy.',
    details: null,
    hint: 'Try again in a minute.',
  })
  expect(errors.BUSY().cause).toBeUndefined()
  expect(new StewardError({ code: 'X', message: 'x' }).status).toBe(500)
})

test('the values that the texts ask for are required by the types', () => {
  // @ts-expect-error the count is missing
  errors.NOT_FOUND({ name: 'orphans' })
  // @ts-expect-error there is no such value
  errors.NOT_FOUND({ name: 'orphans', count: 2, other: true })
  // @ts-expect-error no values are asked for
  errors.BUSY({ name: 'orphans' })
  // @ts-expect-error no such error is declared
  expect(() => errors.GONE()).toThrow(TypeError)
})

test('an error is recognised by its code, and nothing else is', () => {
  const error = errors.BUSY()
  expect(errors.BUSY.is(error)).toBe(true)
  expect(errors.NOT_FOUND.is(error)).toBe(false)
  expect(isStewardError(error)).toBe(true)
  expect(isStewardError(error, 'CHECKS_BUSY')).toBe(true)
  expect(isStewardError(new Error('CHECKS_BUSY'))).toBe(false)
  expect(isStewardError({ name: 'StewardError' })).toBe(false)
})

test('declarations can be listed for a reference page', () => {
  expect(Object.values(errors).map(({ code, declaration }) => [code, declaration.status])).toEqual([
    ['CHECKS_NOT_FOUND', 404],
    ['CHECKS_BUSY', 503],
  ])
})
