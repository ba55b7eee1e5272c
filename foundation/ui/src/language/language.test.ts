// Numbers, plurals and particles, as each language has them.
import { expect, it } from 'vitest'
import { about, counted, number, particle } from './language.ts'

it('counts things in English', () => {
  expect([counted(1, 'order'), counted(0, 'order'), counted(1204, 'entry', 'entries')]).toEqual([
    '1 order',
    '0 orders',
    '1,204 entries',
  ])
})

it.each([
  ['주문', '을/를', '주문을'],
  ['고객', '이/가', '고객이'],
  ['문의', '이/가', '문의가'],
  ['서울', '으로/로', '서울로'],
] as const)('gives %s its particle', (word, pair, said) => {
  expect(particle(word, pair)).toBe(said)
})

it('groups digits, and says estimates as such', () => {
  expect(number(12345678901234567890n, 'ko')).toBe('12,345,678,901,234,567,890')
  expect([about(1_204_000, 'en'), about(1_204_000, 'ko')]).toEqual(['about 1.2 million', '약 120만'])
})
