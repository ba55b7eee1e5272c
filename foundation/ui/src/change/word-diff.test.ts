// Long texts, compared word by word: nothing is lost, and what changed reads as one.
import { describe, expect, it } from 'vitest'
import { diffWords, foldPieces, type Piece } from './word-diff.ts'

const joined = (pieces: readonly Piece[]) => pieces.map(({ text }) => text).join('')
const changed = (pieces: readonly Piece[]) => pieces.filter(({ isChanged }) => isChanged).map(({ text }) => text)

describe('the words of two texts', () => {
  it('marks the words that changed, and the spaces between them', () => {
    const { before, after } = diffWords(
      'Your order ships on Monday the 3rd.',
      'Your order ships on late Tuesday the 3rd.',
    )
    expect(changed(before).map((text) => text.trim())).toEqual(['Monday'])
    expect(changed(after).map((text) => text.trim())).toEqual(['late Tuesday'])
  })

  it('reads two changed words beside each other as one change', () => {
    const { before, after } = diffWords('we will call you back tomorrow', 'we will write him back tomorrow')
    expect(changed(before)).toEqual(['call you'])
    expect(changed(after)).toEqual(['write him'])
  })

  it('takes Korean words whole', () => {
    const { before, after } = diffWords('주문을 내일 보내 드려요. 고마워요.', '주문을 오늘 보내 드려요. 고마워요.')
    expect([changed(before), changed(after)]).toEqual([['내일'], ['오늘']])
  })

  it.each([
    ['a  b\nc', 'a b\nc'],
    ['', 'new'],
    ['one. two, three!', 'one? two; three…'],
    ['👩‍👩‍👧 family', '👩‍👩‍👧‍👦 family'],
  ])('keeps every letter of %o and %o', (one, other) => {
    const { before, after } = diffWords(one, other)
    expect([joined(before), joined(after)]).toEqual([one, other])
    expect(changed(before).length + changed(after).length).toBeGreaterThan(0)
  })

  it('shows texts with little in common as two texts', () => {
    const { before, after } = diffWords('the quick brown fox jumps', 'a customer wrote the refund')
    expect(before).toEqual([{ text: 'the quick brown fox jumps', isChanged: true }])
    expect(after).toEqual([{ text: 'a customer wrote the refund', isChanged: true }])
  })

  it('gives texts up that are too long to compare', () => {
    const long = 'word '.repeat(9000)
    expect(diffWords(long, `${long}!`).after).toEqual([{ text: `${long}!`, isChanged: true }])
  })
})

describe('folding', () => {
  const same = (text: string): Piece => ({ text, isChanged: false })

  it('keeps what stands around a change, and leaves the rest out', () => {
    const folded = foldPieces([same('a'.repeat(500)), { text: 'x', isChanged: true }, same('b'.repeat(500))])
    expect(folded).toEqual([null, same('a'.repeat(60)), { text: 'x', isChanged: true }, same('b'.repeat(60)), null])
  })

  it('leaves short stretches and changes alone', () => {
    const pieces = [same('short '), { text: 'x'.repeat(900), isChanged: true }]
    expect(foldPieces(pieces)).toEqual(pieces)
  })
})
