// "Did you mean …?": the known names that are nearest to a word that nobody knows.

/**
 * The candidates that look most like the word, best first, at most `limit`; none when nothing is near. Capitals do not
 * count, two swapped letters count as one slip, and a candidate that begins with or holds the word is near.
 *
 * @example
 * nearestNames('ordres', ['orders', 'order_items', 'users']) // ['orders']
 */
export function nearestNames(word: string, candidates: Iterable<string>, limit = 3): string[] {
  const wanted = word.toLowerCase()
  const near: { name: string; distance: number }[] = []
  for (const name of new Set(candidates)) {
    const distance = distanceTo(wanted, name.toLowerCase())
    if (distance !== null) near.push({ name, distance })
  }
  near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
  return near.slice(0, limit).map(({ name }) => name)
}

function distanceTo(wanted: string, candidate: string): number | null {
  const whole = slipsBetween(wanted, candidate)
  if (whole === 0) return 0
  // "sales.order" is also near to "order", and the other way round.
  const bare = slipsBetween(lastPart(wanted), lastPart(candidate))
  const slips = Math.min(whole ?? Infinity, (bare ?? Infinity) + 0.5)
  if (slips < Infinity) return slips
  if (wanted.length < 3 || candidate.length < 3) return null
  // Behind every name that was merely misspelt, however badly.
  if (candidate.startsWith(wanted)) return 100
  return candidate.includes(wanted) || wanted.includes(candidate) ? 101 : null
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** How many slips lie between two words; null when that is more than a third of them. */
function slipsBetween(wanted: string, candidate: string): number | null {
  const most = Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3))
  // Each letter that one has more is a slip: what somebody sends may be millions long.
  if (Math.abs(wanted.length - candidate.length) > most) return null
  const slips = editDistance(wanted, candidate)
  return slips <= most ? slips : null
}

// Optimal string alignment: insertions, deletions, replacements, and swaps of two neighbours.
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let best = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (beforeLast[column - 2] as number) + 1)
      }
      current.push(best)
    }
    beforeLast = last
    last = current
  }
  return last[b.length] as number
}
