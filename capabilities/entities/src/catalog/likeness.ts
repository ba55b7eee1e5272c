// Finds the name that was probably meant: what the hints of refusals say.

/** How alike a table or function must be to be named in a hint; less would give away names to who guesses. */
export const nameLikeness = 0.75

/** How alike everything else must be: parameters, and tables that are related anyway. */
export const looseLikeness = 0.33

/** A candidate and how alike it is: 1 for the same word, whatever its case. */
export type Likeness = { candidate: string; score: number }

/**
 * The candidate most like the word, or null when none is like enough. Likeness is the share of characters that need no
 * edit, measured among candidates that have three characters, or else two, in a row with the word in common.
 *
 * @example
 * nearestByLikeness('projecxx', ['projects', 'products']) // 'projects'
 */
export function nearestByLikeness(
  word: string,
  candidates: Iterable<string>,
  least: number = nameLikeness,
): string | null {
  return byLikeness(word, candidates, least)[0]?.candidate ?? null
}

/** All candidates that are like enough, the most alike first; of equals the one with more in common, then the first. */
export function byLikeness(word: string, candidates: Iterable<string>, least: number): Likeness[] {
  const sought = word.toLowerCase()
  const byLowerCase = new Map<string, string>()
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase()
    if (!byLowerCase.has(lower)) byLowerCase.set(lower, candidate)
  }
  const same = byLowerCase.get(sought)
  if (same !== undefined) return [{ candidate: same, score: 1 }]
  for (const size of [3, 2]) {
    const found = closest(sought, byLowerCase, size).filter(({ score }) => score >= least)
    if (found.length > 0) return found
  }
  return []
}

// Edits are only counted for the fifty that share most, so that a long list stays cheap.
function closest(sought: string, candidates: ReadonlyMap<string, string>, size: number): Likeness[] {
  const pieces = countPieces(sought, size)
  const shared: { lower: string; candidate: string; cosine: number }[] = []
  for (const [lower, candidate] of candidates) {
    const cosine = cosineOf(pieces, countPieces(lower, size))
    if (cosine > 0) shared.push({ lower, candidate, cosine })
  }
  shared.sort((a, b) => b.cosine - a.cosine)
  const likenesses = shared.slice(0, 50).map(({ lower, candidate }) => ({ candidate, score: likeness(sought, lower) }))
  return likenesses.sort((a, b) => b.score - a.score)
}

// Letters, digits, blanks and commas alone, with a mark on either end.
function countPieces(word: string, size: number): Map<string, number> {
  const marked = [...`-${word.replaceAll(/[^\p{L}\p{N}\s,]/gu, '')}-`]
  const pieces = new Map<string, number>()
  for (let start = 0; start + size <= marked.length; start += 1) {
    const piece = marked.slice(start, start + size).join('')
    pieces.set(piece, (pieces.get(piece) ?? 0) + 1)
  }
  return pieces
}

function cosineOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let product = 0
  for (const [piece, count] of a) product += count * (b.get(piece) ?? 0)
  return product === 0 ? 0 : product / (lengthOf(a) * lengthOf(b))
}

function lengthOf(pieces: ReadonlyMap<string, number>): number {
  let squares = 0
  for (const count of pieces.values()) squares += count * count
  return Math.sqrt(squares)
}

// One less the number of edits (Levenshtein) in relation to the longer of the two.
function likeness(a: string, b: string): number {
  const left = [...a]
  const right = [...b]
  let row = Array.from({ length: right.length + 1 }, (_, place) => place)
  for (const [line, letter] of left.entries()) {
    const next = [line + 1]
    for (const [place, other] of right.entries()) {
      const replaced = (row[place] as number) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[place + 1] as number) + 1, (next[place] as number) + 1))
    }
    row = next
  }
  return 1 - (row[right.length] as number) / Math.max(left.length, right.length)
}
