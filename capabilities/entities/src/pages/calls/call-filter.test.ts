// What the address of the log says, and what the API is asked.
import { expect, test } from 'vitest'
import { askedCalls, readCallFilter } from './call-filter.ts'

test('an address narrows by what it names, and nothing else is handed on', () => {
  const search = { actor: 'kim', status: 404, entity: '', other: 'x', method: undefined }
  expect(readCallFilter(search)).toEqual({ actor: 'kim', status: '404' })
})

test('a time without a zone is one of the viewer’s own; one that is no time is not asked for', () => {
  const local = new Date(2026, 10, 22, 18, 4)
  expect(askedCalls({ from: '2026-11-22T18:04', actor: 'kim' })).toEqual({ from: local.toISOString(), actor: 'kim' })
  expect(askedCalls({ to: '2026-11-22T09:04:00Z' })).toEqual({ to: '2026-11-22T09:04:00.000Z' })
  expect(askedCalls({ from: 'yesterday' })).toEqual({})
})
