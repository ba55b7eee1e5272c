// What is read from the wire: headers that were sent several times.
import { expect, test } from 'vitest'
import { headersOf } from './read-target.ts'

test('headers that were sent several times are one, and cookies stay cookies', () => {
  const rawHeaders = [
    'Cookie',
    'theme=dark',
    'Prefer',
    'count=exact',
    'cookie',
    'steward_session=x',
    'prefer',
    'tx=rollback',
  ]
  expect(headersOf({ rawHeaders })).toEqual({
    cookie: 'theme=dark; steward_session=x',
    prefer: 'count=exact, tx=rollback',
  })
})
