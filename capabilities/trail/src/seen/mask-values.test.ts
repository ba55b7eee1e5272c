// Masks: what is left of a value, and what becomes of everything beside it.
import { parseJson, printJson } from '@steward/base'
import { expect, test } from 'vitest'
import { maskedNames, maskValues } from './mask-values.ts'

const masks = new Map([
  ['phone', 'hidden'],
  ['name', 'first-letter'],
  ['iban', 'last-4'],
] as const)

test('a part is shown only where it is not the whole, by characters and not by bytes', () => {
  expect(maskValues({ phone: '1', name: '김하늘', iban: 'DE00123456' }, masks)).toEqual({
    phone: null,
    name: '김••••',
    iban: '••••3456',
  })
  expect(maskValues({ name: '김', iban: '1234567' }, masks)).toEqual({ name: '••••', iban: '••••' })
  expect(maskValues({ name: '😀x', iban: '1234567😀' }, masks)).toEqual({ name: '😀••••', iban: '••••567😀' })
})

test('what is no text is not shown at all, and null stays null', () => {
  expect(maskValues({ name: null, iban: 12345678 }, masks)).toEqual({ name: null, iban: null })
})

test('everything else keeps its digits, and a row without masked columns its very text', () => {
  const row = parseJson('{"phone": "1", "price": 1.00, "big": 12345678901234567890}') as Record<string, unknown>
  const masked = maskValues(row, masks)
  expect(printJson(masked)).toBe('{"phone":null,"price":1.00,"big":12345678901234567890}')
  const whole = parseJson('{"price": 1.00}') as Record<string, unknown>
  expect(maskValues(whole, masks)).toBe(whole)
  expect(maskValues(null, masks)).toBeNull()
})

test('it is told which columns were masked', () => {
  expect(maskedNames({ phone: null, price: 1 }, masks)).toEqual(['phone'])
})
