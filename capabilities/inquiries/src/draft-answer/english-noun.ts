// English nouns in the number that a sentence needs, from a label in either.

/** `Order items` for 1 is `order item`, for 2 `order items`; it reads labels in singular and in plural. */
export function nounFor(label: string, count: number): string {
  const words = plainWord(label).split(' ')
  const last = words.pop() as string
  return [...words, count === 1 ? singularOf(last) : pluralOf(singularOf(last))].join(' ')
}

/** As it stands inside a sentence: `Order items` as `order items`, `API keys` as they are. */
export function plainWord(label: string): string {
  const words = label.trim().split(/\s+/)
  return words.map((word) => (/^\p{Lu}[\p{Ll}'’-]*$/u.test(word) ? word.toLowerCase() : word)).join(' ')
}

const irregular: readonly (readonly [string, string])[] = [
  ['person', 'people'],
  ['child', 'children'],
  ['man', 'men'],
  ['woman', 'women'],
  ['datum', 'data'],
  ['status', 'statuses'],
  ['bus', 'buses'],
  ['news', 'news'],
  ['series', 'series'],
  ['movie', 'movies'],
  ['cookie', 'cookies'],
]

function singularOf(word: string): string {
  const known = irregular.find(([one, many]) => word === one || word === many)
  if (known !== undefined) return known[0]
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y')
  if (/(ss|sh|ch|x|zz)es$/.test(word)) return word.slice(0, -2)
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}

function pluralOf(word: string): string {
  const known = irregular.find(([one]) => word === one)
  if (known !== undefined) return known[1]
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies')
  return /(s|sh|ch|x|z)$/.test(word) ? `${word}es` : `${word}s`
}
