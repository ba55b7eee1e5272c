// One field, before and after: on a line, word by word, or path by path, as its values want it.
import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../language/language-provider.tsx'
import { shapeOf } from '../value/shape-of.ts'
import { Value } from '../value/value.tsx'
import { changeWords } from './change-words.ts'
import { ChangedText } from './changed-text.tsx'
import classes from './changed-value.module.css'
import type { FieldChange } from './field-changes.ts'
import { canWalk, diffJson, type PathChange } from './json-diff.ts'

/** From here on, before and after stand below each other. */
const lineLength = 70

/** A field of a change, before and after; brief, it is a line. */
export function ChangedValue({ field, isBrief }: { field: FieldChange; isBrief: boolean }) {
  const words = useWords(changeWords)
  const { before, after, column, isMasked, side } = field
  if (side === 'both' && field.isHidden) {
    return (
      <span className={classes.line}>
        <Value value={before} isMasked isCompact />
        <span className={classes.note}>{words.isHidden}</span>
      </span>
    )
  }
  if (side === 'before') return <Side sign="−" value={before} field={field} isCompact={isBrief} />
  if (side === 'after') return <Side sign="+" value={after} field={field} isCompact={isBrief} />
  if (!isMasked && canWalk(before, after)) return <ChangedPaths before={before} after={after} />
  const [was, is] = [shapeOf(before, column, isMasked), shapeOf(after, column, isMasked)]
  if (!isMasked && (was.kind === 'prose' || is.kind === 'prose') && was.text !== '' && is.text !== '') {
    return <ChangedText before={was.text} after={is.text} />
  }
  const isTall =
    was.text.length + is.text.length > lineLength * 2 || Math.max(was.text.length, is.text.length) > lineLength
  return (
    <span className={classes.line} data-tall={isTall || undefined}>
      <Side sign="−" value={before} field={field} isCompact />
      {!isTall && (
        <span className={classes.arrow} aria-hidden>
          {'→'}
        </span>
      )}
      <VisuallyHidden>{words.becomes}</VisuallyHidden>
      <Side sign="+" value={after} field={field} isCompact />
    </span>
  )
}

type Sign = '−' | '+'

function Side({
  sign,
  value,
  field,
  isCompact,
}: {
  sign: Sign
  value: unknown
  field: FieldChange
  isCompact: boolean
}) {
  return (
    <Signed sign={sign}>
      <Value value={value} column={field.column} isMasked={field.isMasked} isCompact={isCompact} />
    </Signed>
  )
}

/** What was taken away, or was added, with its sign: colour alone is not seen by everybody. */
export function Signed({ sign, children }: { sign: Sign; children: ReactNode }) {
  const words = useWords(changeWords)
  return (
    <span className={classes.side} data-sign={sign === '+' ? 'added' : 'removed'}>
      <span className={classes.sign} role="img" aria-label={sign === '+' ? words.is : words.was}>
        {sign}
      </span>
      <span className={classes.value}>{children}</span>
    </span>
  )
}

function ChangedPaths({ before, after }: { before: unknown; after: unknown }) {
  const words = useWords(changeWords)
  const { changes, isWhole } = diffJson(before, after)
  return (
    <span className={classes.paths}>
      {changes.map((change) => (
        <span key={change.path} className={classes.line}>
          <code className={classes.path}>{change.path}</code>
          <PathSide sign="−" name="before" change={change} />
          <PathSide sign="+" name="after" change={change} />
        </span>
      ))}
      {!isWhole && <span className={classes.note}>{words.jsonCut({ count: changes.length })}</span>}
    </span>
  )
}

function PathSide({ sign, name, change }: { sign: Sign; name: 'before' | 'after'; change: PathChange }) {
  if (!(name in change)) return null
  return (
    <Signed sign={sign}>
      <Value value={change[name]} isCompact />
    </Signed>
  )
}
