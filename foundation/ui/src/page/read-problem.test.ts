// What kind of trouble an error is, whoever threw it.
import { CallError } from '@steward/sdk'
import { expect, it } from 'vitest'
import { problemText, readProblem } from './read-problem.ts'

const refused = (status: number, code = 'ENTITIES_X') =>
  new CallError({ code, message: 'No.', details: 'Why.', hint: 'Do.', status, requestId: 'r1' })

it.each([
  [refused(403), 'forbidden'],
  [refused(401), 'signed-out'],
  [refused(412), 'conflict'],
  [refused(404), 'missing'],
  [refused(429), 'busy'],
  [refused(500), 'failed'],
  [refused(409), 'failed'],
  [refused(503, 'SDK_UNREACHABLE'), 'offline'],
  [new TypeError('Failed to fetch'), 'offline'],
  [new TypeError('Failed to fetch dynamically imported module: /x.js'), 'offline'],
  [new TypeError('x is not a function'), 'failed'],
  ['a text', 'failed'],
])('%o is of the kind %s', (error, kind) => {
  expect(readProblem(error).kind).toBe(kind)
})

it('is copied with everything that helps to find it', () => {
  const text = problemText(readProblem(refused(403)), 'http://localhost/orders', new Date(0))
  expect(text).toBe(
    'ENTITIES_X (403)\nNo.\nWhy.\nDo.\nX-Request-Id: r1\nhttp://localhost/orders\n1970-01-01T00:00:00.000Z',
  )
})

it('leaves out what is not known', () => {
  expect(problemText(readProblem(new Error('Gone.')), 'a', new Date(0))).toBe('Gone.\na\n1970-01-01T00:00:00.000Z')
})
