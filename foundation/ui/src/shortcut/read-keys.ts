// How shortcuts are written, and which key somebody pressed.

/** What is known of a key that was pressed. */
export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>

/**
 * A key as shortcuts are written: `r`, `?`, `mod+k`; null where only a modifier was pressed, or one that no shortcut has. Letters are those
 * of the Latin keyboard, also while Hangul is typed.
 *
 * @example
 * pressedKey({ key: 'ㄱ', code: 'KeyR', ctrlKey: false, metaKey: false, altKey: false }) // 'r'
 */
export function pressedKey({ key, code, ctrlKey, metaKey, altKey }: Pressed): string | null {
  if (altKey || ['Shift', 'Control', 'Meta', 'Alt', 'Dead'].includes(key)) return null
  const letter = /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase()
  const isLatin = /^[\x20-\x7e]$/.test(key) || key.length > 1
  const name = isLatin && key !== 'Process' ? key.toLowerCase() : letter
  if (name === undefined) return null
  return ctrlKey || metaKey ? `mod+${name}` : name
}

/**
 * Whether keys that were pressed one after the other end with a shortcut: `g h` is two.
 *
 * @example
 * endsWith(['x', 'g', 'h'], 'g h') // true
 */
export function endsWith(pressed: readonly string[], keys: string): boolean {
  const wanted = keys.split(' ')
  return (
    wanted.length <= pressed.length && wanted.every((key, at) => pressed[pressed.length - wanted.length + at] === key)
  )
}

/** A shortcut as its caps are drawn: `⌘` or `Ctrl` by the machine. */
export function keyCaps(keys: string, isMac: boolean): string[][] {
  return keys
    .split(' ')
    .map((each) => each.split('+').map((cap) => (cap === 'mod' ? (isMac ? '⌘' : 'Ctrl') : capOf(cap))))
}

function capOf(cap: string): string {
  return (
    { enter: '↵', escape: 'Esc', arrowdown: '↓', arrowup: '↑' }[cap] ?? (cap.length === 1 ? cap.toUpperCase() : cap)
  )
}
