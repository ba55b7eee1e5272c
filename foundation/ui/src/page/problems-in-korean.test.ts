// What is said in Korean is said of errors that exist.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { codesInKorean, problemInKorean } from './problems-in-korean.ts'

const reference = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')

it.each(codesInKorean)('%s is a code of the reference', (code) => {
  expect(reference.includes(`\`${code}\``)).toBe(true)
})

it('knows what the database refuses by its state, too', () => {
  expect(problemInKorean('23505')).toEqual(problemInKorean('POSTGRES_UNIQUE_VIOLATION'))
  expect(problemInKorean('NOBODY_KNOWS')).toBeUndefined()
})
