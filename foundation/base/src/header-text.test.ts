// Text that travels in a header.
import { expect, test } from 'vitest'
import { headerText } from './index.ts'

test('a percent-encoded header is read in any language', () => {
  expect(headerText('TICKET-42%3A%20%ED%99%98%EB%B6%88')).toBe('TICKET-42: 환불')
})

test('a header that is missing or blank says nothing', () => {
  expect([undefined, '', '%20', '%00'].map(headerText)).toEqual([null, null, null, null])
})

test('bytes beyond ASCII and broken encodings are no text', () => {
  expect(['환불', '%E0%A4', '100%'].map(headerText)).toEqual([undefined, undefined, undefined])
})
