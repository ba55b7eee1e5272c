// Which words of a text changed, to the last space: long texts are compared by words, not by letters.
import { diffArrays } from 'diff'

/** A piece of one side; what is not changed stands on the other side, too. */
export type Piece = { text: string; isChanged: boolean }

/** Both sides of a text, cut where they differ. */
export type WordDiff = { before: Piece[]; after: Piece[] }

/** Longer texts are shown beside each other as they are. */
const comparedLength = 40_000
const comparedEdits = 2000
/** Less in common than this reads as two texts, not as one that was edited. */
const smallestShare = 0.25

const words = /\s+|[\p{L}\p{M}\p{N}_]+|[^]/gu

/**
 * Compares two texts word by word; joined, each side is its text again.
 *
 * @example
 * diffWords('paid in full', 'paid in part').after // [{ text: 'paid in ', isChanged: false }, { text: 'part', isChanged: true }]
 */
export function diffWords(before: string, after: string): WordDiff {
  if (before.length + after.length > comparedLength) return apart(before, after)
  const parts = diffArrays(before.match(words) ?? [], after.match(words) ?? [], { maxEditLength: comparedEdits })
  if (parts === undefined) return apart(before, after)
  const diff: WordDiff = { before: [], after: [] }
  for (const [at, { value, added, removed }] of parts.entries()) {
    const text = value.join('')
    // A space between two changed words belongs to the change: it reads as one.
    const isBridge = !added && !removed && at > 0 && at < parts.length - 1 && /^\s+$/.test(text)
    const isChanged = added || removed || isBridge
    if (!added) push(diff.before, { text, isChanged })
    if (!removed) push(diff.after, { text, isChanged })
  }
  return commonShare(diff, before, after) < smallestShare ? apart(before, after) : diff
}

function push(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  if (last?.isChanged === piece.isChanged) last.text += piece.text
  else pieces.push(piece)
}

function apart(before: string, after: string): WordDiff {
  return { before: [{ text: before, isChanged: true }], after: [{ text: after, isChanged: true }] }
}

function commonShare(diff: WordDiff, before: string, after: string): number {
  const common = diff.before.reduce((sum, { text, isChanged }) => sum + (isChanged ? 0 : text.trim().length), 0)
  return common / Math.max(1, Math.min(before.length, after.length))
}

/** How much of what did not change is shown around what did. */
const contextLength = 60

/**
 * The same side with its long unchanged stretches cut to what stands around the changes; null marks where something was left out.
 *
 * @example
 * foldPieces([{ text: 'x'.repeat(500), isChanged: false }]).length // 2
 */
export function foldPieces(pieces: readonly Piece[]): (Piece | null)[] {
  return pieces.flatMap((piece, at) => {
    const { text, isChanged } = piece
    const [head, tail] = [at === 0 ? 0 : contextLength, at === pieces.length - 1 ? 0 : contextLength]
    if (isChanged || text.length <= head + tail + contextLength) return [piece]
    const ends = [head === 0 ? null : same(text.slice(0, head)), null, tail === 0 ? null : same(text.slice(-tail))]
    return ends.filter((end, index) => end !== null || index === 1)
  })
}

function same(text: string): Piece {
  return { text, isChanged: false }
}
