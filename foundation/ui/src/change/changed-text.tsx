// A long text before and after, beside each other, with the words that changed marked.
import { UnstyledButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { hint } from '../hint/hint.ts'
import { useWords } from '../language/language-provider.tsx'
import { changeWords } from './change-words.ts'
import classes from './changed-text.module.css'
import { diffWords, foldPieces, type Piece } from './word-diff.ts'

/** More than this of one side is not drawn: copying the value takes all of it. */
const drawnPieces = 4000

/** A long text before and after; what did not change far from what did is left out until somebody asks. */
export function ChangedText({ before, after }: { before: string; after: string }) {
  const words = useWords(changeWords)
  const [isWhole, setWhole] = useState(false)
  const diff = useMemo(() => diffWords(before, after), [before, after])
  const folded = useMemo(() => ({ before: foldPieces(diff.before), after: foldPieces(diff.after) }), [diff])
  const isFolded = folded.before.includes(null) || folded.after.includes(null)
  const shown = isWhole ? diff : folded
  return (
    <span className={classes.whole}>
      <span className={classes.sides}>
        <TextSide sign="−" label={words.was} pieces={shown.before} />
        <TextSide sign="+" label={words.is} pieces={shown.after} />
      </span>
      {isFolded && (
        <UnstyledButton className={classes.unfold} onClick={() => setWhole(!isWhole)} aria-expanded={isWhole}>
          {isWhole ? words.showParts : words.showWhole}
        </UnstyledButton>
      )}
    </span>
  )
}

function TextSide({ sign, label, pieces }: { sign: '−' | '+'; label: string; pieces: readonly (Piece | null)[] }) {
  const words = useWords(changeWords)
  const Mark = sign === '+' ? 'ins' : 'del'
  return (
    <span className={classes.side} data-sign={sign === '+' ? 'added' : 'removed'}>
      <span className={classes.sign} role="img" aria-label={label}>
        {sign}
      </span>
      <span className={classes.text}>
        {pieces.slice(0, drawnPieces).map((piece, at) => {
          const key = `${at}`
          if (piece === null) {
            return (
              <span key={key} className={classes.gap} {...hint(words.leftOut)}>
                {' ⋯ '}
              </span>
            )
          }
          return piece.isChanged ? <Mark key={key}>{piece.text}</Mark> : <span key={key}>{piece.text}</span>
        })}
      </span>
    </span>
  )
}
