// How columns are asked for, and which texts are their values.
import { describe, expect, it } from 'vitest'
import { fieldKindOf, textProblemOf } from './column-type.ts'
import { formWords } from './form-words.ts'

const of = (baseType: string, more: { enum?: string[]; maxLength?: number } = {}) => ({
  baseType,
  enum: null,
  maxLength: null,
  ...more,
})

describe('a column', () => {
  it.each([
    [of('bigint'), 'integer'],
    [of('numeric(12,2)'), 'number'],
    [of('character varying(40)', { maxLength: 40 }), 'text'],
    [of('text'), 'long-text'],
    [of('character varying(500)', { maxLength: 500 }), 'long-text'],
    [of('order_status', { enum: ['paid'] }), 'choice'],
    [of('order_status[]', { enum: ['paid'] }), 'other'],
    [of('timestamp(3) with time zone'), 'moment'],
    [of('timestamp without time zone'), 'local-moment'],
    [of('time without time zone'), 'other'],
    [of('jsonb'), 'json'],
    [of('integer[]'), 'other'],
    [of('inet'), 'other'],
  ])('%o is asked for as %s', (column, kind) => {
    expect(fieldKindOf(column)).toBe(kind)
  })
})

describe('a text', () => {
  it.each([
    ['bigint', '9223372036854775807'],
    ['bigint', '-9223372036854775808'],
    ['numeric', '0.10000000000000000000000001'],
    ['numeric', 'NaN'],
    ['double precision', '-Infinity'],
    ['real', '1e-30'],
    ['date', '2026-11-21'],
    ['timestamp with time zone', '2026-11-21 18:04:12.345678+09'],
    ['timestamp with time zone', 'infinity'],
    ['timestamp without time zone', '2026-11-21T18:04'],
    ['uuid', '0190C3F2-7B5E-7C11-B0A3-6A1F0C2F9D11'],
    ['jsonb', '"text"'],
    ['bytea', '\\xDEADbeef'],
    ['text', ''],
  ])('of %s may be %s', (type, text) => {
    expect(textProblemOf(of(type), text, formWords.en)).toBeNull()
  })

  it.each([
    ['smallint', '32768'],
    ['bigint', '9223372036854775808'],
    ['integer', '1.0'],
    ['integer', ''],
    ['numeric', '1,000'],
    ['date', '21.11.2026'],
    ['timestamp with time zone', '2026-11-21 18:04:12'],
    ['uuid', '0190'],
    ['jsonb', '{a: 1}'],
    ['bytea', '\\xabc'],
  ])('of %s is not %s', (type, text) => {
    expect(textProblemOf(of(type), text, formWords.ko)).toMatch(/요\.$/)
  })

  it('is counted in characters, as PostgreSQL does', () => {
    const column = of('character varying(2)', { maxLength: 2 })
    expect(textProblemOf(column, '👩한', formWords.en)).toBeNull()
    expect(textProblemOf(column, '👩한글', formWords.en)).toBe('At most 2 characters.')
  })
})
