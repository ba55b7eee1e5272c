// Names for the rows of one statement, so that none means two things.

// PostgreSQL cuts longer names off, and two that differ only behind the cut would be one.
const longestName = 63

/** Gives names that were not given before. */
export type Aliases = (wish: string) => string

/**
 * Begins with the names that are taken already.
 *
 * @example
 * const aliasFor = makeAliases(['orders'])
 * aliasFor('customer_1') // 'customer_1'
 * aliasFor('customer_1') // 'customer_1_2'
 */
export function makeAliases(taken: string[]): Aliases {
  const given = new Set(taken)
  return (wish) => {
    for (let number = 1; ; number += 1) {
      const ending = number === 1 ? '' : `_${number}`
      const alias = cutTo(longestName - ending.length, wish) + ending
      if (given.has(alias)) continue
      given.add(alias)
      return alias
    }
  }
}

function cutTo(bytes: number, name: string): string {
  if (Buffer.byteLength(name) <= bytes) return name
  let cut = ''
  let length = 0
  for (const letter of name) {
    length += Buffer.byteLength(letter)
    if (length > bytes) break
    cut += letter
  }
  return cut
}
