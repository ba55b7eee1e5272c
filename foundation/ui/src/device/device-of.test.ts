// What a browser calls itself, in the words of people.
import { expect, test } from 'vitest'
import { deviceOf } from './device-of.ts'

test('the browser and the system are told, and not those that it pretends to be', () => {
  const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0'
  expect(deviceOf(`${mac} Safari/537.36`)).toBe('Chrome · macOS')
  expect(deviceOf(`${mac} Safari/537.36 Edg/140.0`)).toBe('Edge · macOS')
  const phone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148'
  expect(deviceOf(`${phone} Safari/604.1`)).toBe('Safari · iPhone')
})

test('what is not known is not guessed', () => {
  expect([deviceOf('curl/8.5.0'), deviceOf(''), deviceOf(null)]).toEqual([null, null, null])
})
