// A name in two letters, as its own language shortens it.
import { expect, test } from 'vitest'
import { initialsOf } from './initials.ts'

test('first and last word of a name, or its first letters, or the called name in Korean', () => {
  expect(['Kim Hana', 'kim.hana@acme.co.kr', 'root', 'a', '김하나', '남궁 민수', '', '@'].map(initialsOf)).toEqual([
    'KH',
    'KH',
    'RO',
    'A',
    '하나',
    '남궁',
    '?',
    '?',
  ])
})
