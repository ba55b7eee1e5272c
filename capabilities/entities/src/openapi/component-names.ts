// Names that a document may use and that generators keep apart: stable, unique, and of letters and digits alone.
import { createHash } from 'node:crypto'

/** Gives each key its name, always the same. */
export type NameRegister = (wished: string, key: string) => string

/**
 * A register of names. What cannot stand in a name becomes `_`, with a few letters of its hash behind it, and so does what
 * a generator would write like a name that is taken already (`order_item` and `orderItem`).
 *
 * @example
 * const name = registerNames()
 * name('Odd Name', 'public.Odd Name') // 'Odd_Name_5c1e9b'
 */
export function registerNames(taken: readonly string[] = []): NameRegister {
  const known = new Map<string, string>()
  const used = new Set(taken.map(canonical))
  return (wished, key) => {
    const found = known.get(key)
    if (found !== undefined) return found
    const plain = wished.replaceAll(/[^A-Za-z0-9_]/g, '_')
    const isPlain = plain === wished && /^[A-Za-z]/.test(plain) && !used.has(canonical(plain))
    const name = isPlain ? plain : `${/^[A-Za-z]/.test(plain) ? '' : 'n'}${plain}_${hashOf(key)}`
    known.set(key, name)
    used.add(canonical(name))
    return name
  }
}

function canonical(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}
