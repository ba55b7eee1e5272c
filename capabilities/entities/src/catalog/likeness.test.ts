// How alike names must be to be suggested.
import { describe, expect, it } from 'vitest'
import { byLikeness, looseLikeness, nearestByLikeness } from './likeness.ts'

describe('the nearest name', () => {
  it('is found from three quarters on', () => {
    expect(nearestByLikeness('projectx', ['clients', 'projects'])).toBe('projects')
    expect(nearestByLikeness('projecxx', ['clients', 'projects'])).toBe('projects')
    expect(nearestByLikeness('projxxxx', ['clients', 'projects'])).toBeNull()
    expect(nearestByLikeness('projxxxx', ['clients', 'projects'], looseLikeness)).toBe('projects')
  })

  it('may differ in case, and is given as it is written', () => {
    expect(nearestByLikeness('ORDERS', ['Orders', 'order'])).toBe('Orders')
  })

  it('must share three characters in a row, or two where nobody shares three', () => {
    expect(nearestByLikeness('abxcd', ['abycd'], looseLikeness)).toBe('abycd')
    expect(nearestByLikeness('xaxbx', ['yayby'], looseLikeness)).toBeNull()
  })

  it('is none among none', () => {
    expect(nearestByLikeness('x', [])).toBeNull()
    expect(nearestByLikeness('', ['orders'])).toBeNull()
  })
})

it('scores by edits over the longer word, the most alike first', () => {
  const names = ['Alaska', 'Arkansas', 'California', 'Kansas', 'Pennsylvania']
  expect(byLikeness('Transylvania', names, looseLikeness)[0]).toEqual({ candidate: 'Pennsylvania', score: 0.75 })
  expect(byLikeness('alaska', names, looseLikeness)).toEqual([{ candidate: 'Alaska', score: 1 }])
})
