// After signing in one goes on to a page of ours, and nowhere else.
import { expect, test } from 'vitest'
import { whereNext } from './where-next.ts'

test('a path of ours is gone on to, with its search', () => {
  expect(whereNext('/entities/orders/7?tab=fields#x')).toBe('/entities/orders/7?tab=fields#x')
})

test('everything else leads home', () => {
  for (const wanted of [
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/entities\n',
    'https://evil.example',
    'javascript:alert(1)',
    'orders',
    '',
  ]) {
    expect(whereNext(wanted), wanted).toBe('/')
  }
  expect([undefined, null, 7, ['/a']].map(whereNext)).toEqual(['/', '/', '/', '/'])
  expect(['/sign-in', '/sign-in?next=/a', '/welcome#t'].map(whereNext)).toEqual(['/', '/', '/'])
  expect(whereNext('/sign-ins')).toBe('/sign-ins')
})
