// Which texts may become a link.
import { expect, it } from 'vitest'
import { isWebAddress } from './web-address.ts'

it.each([
  ['https://desk.example.com/t/42?from=mail', true],
  ['HTTP://desk', true],
  ['javascript:alert(1)', false],
  ['//desk.example.com', false],
  ['https://', false],
  ['https:// desk', false],
  ['desk.example.com', false],
])('“%s”: %s', (text, isAddress) => {
  expect(isWebAddress(text)).toBe(isAddress)
})
