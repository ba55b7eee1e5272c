// The page of errors: complete, with a hint for each code.
import { describe, expect, test } from 'vitest'
import { repositoryRoot } from '../repository/root.ts'
import { collectErrors, drawErrorReference } from './error-reference.ts'

describe('the reference of errors', () => {
  test('finds the errors of every room, each with a hint', async () => {
    const errors = await collectErrors(repositoryRoot)
    const rooms = new Set(errors.map(({ code }) => code.split('_')[0]))
    expect([...rooms]).toEqual(expect.arrayContaining(['TRAIL', 'POSTGRES', 'ENGINE', 'CLI', 'CLUSTER']))
    expect(errors.filter(({ hint }) => hint === '')).toEqual([])
  })

  test('names values where a text is made from them', async () => {
    const error = (await collectErrors(repositoryRoot)).find(({ code }) => code === 'TRAIL_NOT_TRACKED')
    expect(error?.message).toBe('"‹entity›" is not tracked.')
    expect(drawErrorReference([{ code: 'A_B', status: 400, message: 'x | y', hint: 'z' }])).toContain(
      '| `A_B` | 400 | x \\| y | z |',
    )
  })
})
