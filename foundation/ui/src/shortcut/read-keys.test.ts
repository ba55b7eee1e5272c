// Which shortcut a key is, on any keyboard.
import { expect, it } from 'vitest'
import { endsWith, keyCaps, type Pressed, pressedKey } from './read-keys.ts'

const press = (key: string, more: Partial<Pressed> = {}) =>
  pressedKey({ key, code: '', ctrlKey: false, metaKey: false, altKey: false, ...more })

it.each([
  [press('r', { code: 'KeyR' }), 'r'],
  [press('ㅓ', { code: 'KeyJ' }), 'j'],
  [press('Process', { code: 'KeyX' }), 'x'],
  [press('?', { code: 'Slash' }), '?'],
  [press('k', { code: 'KeyK', metaKey: true }), 'mod+k'],
  [press('ㅏ', { code: 'KeyK', ctrlKey: true }), 'mod+k'],
  [press('Enter', { code: 'Enter' }), 'enter'],
  [press('Shift', { code: 'ShiftLeft' }), null],
  [press('r', { code: 'KeyR', altKey: true }), null],
])('%o is %o', (pressed, key) => {
  expect(pressed).toBe(key)
})

it('takes keys one after the other', () => {
  expect(endsWith(['g', 'h'], 'g h')).toBe(true)
  expect(endsWith(['h'], 'g h')).toBe(false)
  expect(endsWith(['g', 'x', 'h'], 'g h')).toBe(false)
  expect(endsWith(['g', 'r'], 'r')).toBe(true)
})

it('draws the caps of the machine', () => {
  expect(keyCaps('mod+k', true)).toEqual([['⌘', 'K']])
  expect(keyCaps('g h', false)).toEqual([['G'], ['H']])
})
