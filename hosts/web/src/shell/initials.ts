// A name in two letters.

/**
 * `Kim Hana` as KH; of a Korean name what is called out, its last two syllables.
 *
 * @example
 * initialsOf('김하나') // '하나'
 */
export function initialsOf(name: string): string {
  const words = name
    .replace(/@.*/s, '')
    .split(/[\s._-]+/)
    .filter(Boolean)
  const letters = words.map((word) => [...word])
  const [only] = letters
  if (only === undefined) return '?'
  if (/^\p{Script=Hangul}/u.test(words[0] ?? '')) return only.slice(-2).join('')
  if (letters.length === 1) return only.slice(0, 2).join('').toUpperCase()
  return `${only[0]}${letters.at(-1)?.[0] ?? ''}`.toUpperCase()
}
