// What kind of thing a value is, and the text that stands for it, to the last digit.
import { parseJson } from '@steward/base'
import { describe, expect, it } from 'vitest'
import { maskedText, shapeOf } from './shape-of.ts'
import { isSameValue, valueText } from './value-text.ts'

const of = (baseType: string) => ({ baseType, masked: null })

describe('the text of a value', () => {
  it.each([
    [parseJson('1.00'), '1.00'],
    [parseJson('12345678901234567890'), '12345678901234567890'],
    [12345678901234567890n, '12345678901234567890'],
    [false, 'false'],
    [null, ''],
    [parseJson('{"b":1.0, "a":[1e400]}'), '{"b":1.0, "a":[1e400]}'],
    [['x', null], '["x",null]'],
  ])('keeps %o', (value, text) => {
    expect(valueText(value)).toBe(text)
  })

  it('tells a number from its text, and nothing from an empty text', () => {
    expect(isSameValue(1, '1')).toBe(false)
    expect(isSameValue(null, '')).toBe(false)
    expect(isSameValue(null, undefined)).toBe(true)
    expect(isSameValue(parseJson('1.0'), parseJson('1.00'))).toBe(false)
    expect(isSameValue({ a: [1] }, { a: [1] })).toBe(true)
  })
})

describe('the shape of a value', () => {
  it.each([
    [null, of('text'), 'null'],
    ['', of('text'), 'empty'],
    ['128000.00', of('numeric(12,2)'), 'number'],
    ['9007199254740993', of('bigint'), 'number'],
    ['interval one', of('interval'), 'text'],
    ['2026-11-21T09:04:12.345678+00:00', of('timestamp with time zone'), 'instant'],
    ['infinity', of('timestamp with time zone'), 'date'],
    ['2026-11-21T09:04:12', of('timestamp without time zone'), 'date'],
    ['2026-11-21', of('date'), 'date'],
    ['\\xdeadbeef', of('bytea'), 'bytes'],
    ['plain', of('jsonb'), 'json'],
    [{ a: 1 }, null, 'json'],
    [['a'], of('text[]'), 'list'],
    ['https://tickets.example/1', of('text'), 'link'],
    ['javascript:alert(1)', of('text'), 'text'],
    ['a\nb', of('text'), 'prose'],
    [true, null, 'boolean'],
  ])('of %o is by its type', (value, column, kind) => {
    expect(shapeOf(value, column).kind).toBe(kind)
  })

  it('of a JSON text keeps its quotes', () => {
    expect(shapeOf('plain', of('jsonb')).text).toBe('"plain"')
  })

  it('of a moment without a zone is its own text', () => {
    expect(shapeOf('2026-11-21T09:04:12.000001', of('timestamp without time zone')).text).toBe(
      '2026-11-21 09:04:12.000001',
    )
  })

  it('of a masked column shows what its mask lets through, and no more', () => {
    const masked = { baseType: 'text', masked: 'first-letter' as const }
    expect(maskedText(shapeOf('k••••', masked).text)).toBe('k▒▒▒▒')
    expect(maskedText(shapeOf('••••1234', masked).text)).toBe('▒▒▒▒1234')
    expect(maskedText(shapeOf(null, masked).text)).toBe('▒▒▒▒')
    expect(shapeOf(null, of('text'), true).kind).toBe('masked')
    expect(maskedText('a value that should not have come')).toBe('▒▒▒▒')
  })
})
