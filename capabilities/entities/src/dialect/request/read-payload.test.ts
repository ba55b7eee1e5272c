// Bodies of every kind, sound and broken.
import { describe, expect, it } from 'vitest'
import { readPayload } from './read-payload.ts'

const read = (text: string, facts: { contentType?: string; isCall?: boolean; columns?: string[] } = {}) =>
  readPayload({ body: new TextEncoder().encode(text), contentType: undefined, isCall: false, columns: null, ...facts })

const refused = (message: string) => expect.objectContaining({ status: 400, code: 'PGRST102', message })

describe('JSON', () => {
  it('is handed on as the text that was sent', () => {
    const text = ' [ {"id": 12345678901234567890, "b": 1.50}, {"b": 2, "id": 1} ] '
    expect(read(text)).toEqual({ kind: 'json', text, keys: ['id', 'b'], isArray: true, rowCount: 2 })
  })

  it('must have the same keys in all rows, unless columns say which', () => {
    expect(() => read('[{"a":1},{"b":1}]')).toThrow(refused('All object keys must match'))
    expect(() => read('[{"a":1},{"a":1,"b":1}]')).toThrow(refused('All object keys must match'))
    expect(() => read('[{"a":1},3]')).toThrow(refused('All object keys must match'))
    expect(read('[{"a":1},{"b":1}]', { columns: ['a'] })).toMatchObject({ keys: ['a'], rowCount: 2 })
  })

  it('is refused when it is none', () => {
    for (const text of ['', '{', '{"a":1}x', 'undefined']) {
      expect(() => read(text)).toThrow(refused('Empty or invalid json'))
    }
    const body = new Uint8Array([0x22, 0xff, 0x22])
    expect(() => readPayload({ body, contentType: undefined, isCall: false, columns: null })).toThrow(
      refused('Empty or invalid json'),
    )
  })

  it('is no row where it is a number, and no argument where it is empty', () => {
    expect(read('5')).toMatchObject({ text: '[]', rowCount: 0 })
    expect(read('', { isCall: true })).toMatchObject({ text: '{}', keys: [] })
  })
})

describe('CSV', () => {
  const contentType = 'text/csv; charset=utf-8'
  const rows = (text: string) => JSON.parse(read(text, { contentType }).text)

  it('becomes rows of text, where NULL is null unless it is quoted', () => {
    expect(rows('a,b\r\n1,NULL\n"x, ""y""\nz","NULL"\n\n,\n')).toEqual([
      { a: '1', b: null },
      { a: 'x, "y"\nz', b: 'NULL' },
      { a: '', b: '' },
    ])
    expect(read('a,b\n1,2', { contentType })).toMatchObject({ keys: ['a', 'b'], isArray: true, rowCount: 1 })
  })

  it('has as many fields in each line as in the first', () => {
    for (const text of ['a,b\n1', 'a,b\n1,2,3', 'a\n1,']) {
      expect(() => rows(text)).toThrow(refused('All lines must have same number of fields'))
    }
  })

  it('is refused without a header or with a quote that is left open', () => {
    expect(() => rows('')).toThrow(refused('Empty or invalid csv'))
    expect(() => rows('a\n"x')).toThrow(refused('Empty or invalid csv'))
    expect(() => rows('a\n\0')).toThrow(refused('Empty or invalid csv'))
  })
})

describe('other bodies', () => {
  it('takes a form as one row, and what it repeats as a list for a function', () => {
    const contentType = 'application/x-www-form-urlencoded'
    expect(read('a=x+y&b=%C3%BC&a=z', { contentType })).toMatchObject({ text: '{"a":"z","b":"ü"}', rowCount: 1 })
    expect(read('a=x&a=z', { contentType, isCall: true })).toMatchObject({ text: '{"a":["x","z"]}' })
  })

  it('takes text and bytes for functions alone', () => {
    expect(read('<a/>', { contentType: 'text/xml', isCall: true })).toEqual({
      kind: 'raw',
      text: '<a/>',
      mediaType: 'text/xml',
    })
    expect(read('\0ÿ', { contentType: 'application/octet-stream', isCall: true })).toMatchObject({ text: '\\x00c3bf' })
    expect(() => read('x', { contentType: 'text/plain' })).toThrow(refused('Content-Type not acceptable: text/plain'))
    expect(() => read('x', { contentType: 'image/png;a=b', isCall: true })).toThrow(
      refused('Content-Type not acceptable: image/png'),
    )
  })
})
