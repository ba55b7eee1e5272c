// Text that is longer than a glance: its first lines, and the rest when somebody asks.
import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../language/language-provider.tsx'
import classes from './long-text.module.css'
import { valueWords } from './value-words.ts'

const foldedLength = 360
const foldedLines = 6
/** More than this at once only makes the page slow. */
const shownLength = 50_000

/** A long text, folded to its first lines; `isCode` keeps its columns. */
export function LongText({ text, isCode = false }: { text: string; isCode?: boolean | undefined }) {
  const words = useWords(valueWords)
  const [isOpen, setOpen] = useState(false)
  const isLong = text.length > foldedLength || countLines(text) > foldedLines
  const shown = isOpen ? text.slice(0, shownLength) : text.slice(0, foldedLength * 2)
  return (
    <span className={classes.whole}>
      <span className={classes.text} data-code={isCode || undefined} data-folded={(isLong && !isOpen) || undefined}>
        {shown}
      </span>
      {isOpen && text.length > shownLength && (
        <span className={classes.note}>{words.cutHere({ count: text.length - shownLength })}</span>
      )}
      {isLong && (
        <UnstyledButton className={classes.unfold} onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {isOpen ? words.showLess : words.showAll({ count: text.length })}
        </UnstyledButton>
      )}
    </span>
  )
}

function countLines(text: string): number {
  let count = 1
  for (let at = text.indexOf('\n'); at >= 0 && count <= foldedLines; at = text.indexOf('\n', at + 1)) count++
  return count
}
