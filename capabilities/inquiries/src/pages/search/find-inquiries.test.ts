// Which texts are worth a question to the server.
import { expect, it } from 'vitest'
import { isWorthAsking } from './find-inquiries.ts'

it.each([
  ['7', true],
  ['#42', true],
  ['환불', true],
  ['refund', true],
  ['환', false],
  ['', false],
  ['x'.repeat(201), false],
])('“%s”: %s', (text, isWorth) => {
  expect(isWorthAsking(text)).toBe(isWorth)
})
