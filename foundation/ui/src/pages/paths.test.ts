// The addresses of records lead back to their keys, whatever stands in them.
import { parseJson } from '@steward/base'
import { describe, expect, it } from 'vitest'
import { keyOfPath, keyParts, recordPath } from './paths.ts'

const key = ['order_id', 'line']

describe('the address of a record', () => {
  it.each([[['42', '3']], [['a,b', 'c/d']], [['50%', '한글 & more']], [['', ' ']]])(
    'with the key %o leads back to it',
    (parts) => {
      const last = recordPath('order_items', parts).split('/').at(-1) as string
      expect(keyOfPath({ key }, decodeURIComponent(last))).toEqual({ order_id: parts[0], line: parts[1] })
    },
  )

  it('is none for a key that has too many parts', () => {
    expect(keyOfPath({ key }, '1,2,3')).toBeNull()
  })

  it('that was typed by hand does not break the page', () => {
    expect(keyOfPath({ key: ['id'] }, '50%')).toEqual({ id: '50%' })
  })
})

describe('the parts of a key', () => {
  it('stand in the order of the key, to the last digit', () => {
    expect(keyParts(key, { line: parseJson('12345678901234567890'), order_id: '42' })).toEqual([
      '42',
      '12345678901234567890',
    ])
  })

  it('are nothing where one of them is missing or masked', () => {
    expect(keyParts(key, { order_id: 1, line: null })).toBeNull()
    expect(keyParts([], {})).toBeNull()
  })
})
