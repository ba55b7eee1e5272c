// A value that looks like a value: exact, monospaced, copyable.
import type { MetaColumn } from '@steward/sdk'
import { hint } from '../hint/hint.ts'
import { useLanguage, useWords } from '../language/language-provider.tsx'
import { clockText, exactText } from '../moment/instant.ts'
import { momentText } from '../moment/moment-text.ts'
import { CopyButton } from './copy-button.tsx'
import { LongText } from './long-text.tsx'
import { maskedText, type Shape, shapeOf } from './shape-of.ts'
import { MaskSign, NullSign } from './sign.tsx'
import classes from './value.module.css'
import { valueText } from './value-text.ts'
import { valueWords } from './value-words.ts'

/** What a value is shown by. */
export type ValueProps = {
  value: unknown
  /** Of which it is: dates, JSON, bytes and masks are shown by its type. */
  column?: MetaColumn | null | undefined
  /** Shown as `▒▒▒▒`, beside what its mask lets through; not copyable. As the column says unless given. */
  isMasked?: boolean | undefined
  /** Why it is masked; "your role may not see it" unless given. */
  maskReason?: string | undefined
  /** In a cell of a table, or on a line: one line, cut at its end. */
  isCompact?: boolean | undefined
  /** In a list: instants to the second, the rest of them on hover; one of a few known values stands in a badge. */
  isListed?: boolean | undefined
}

/**
 * A value as the database has it: `∅` where there is none, `""` where it is empty, `▒▒▒▒` where it is masked. Instants are said in the
 * viewer's zone, to the last digit. A button to copy it comes with the pointer or the focus, where it is not compact.
 *
 * @example
 * <Value value={record.total} column={column} />
 */
export function Value({ value, column, isMasked, maskReason, isCompact = false, isListed = false }: ValueProps) {
  const shape = shapeOf(value, column, isMasked ?? column?.masked != null)
  if (isListed && shape.kind === 'instant') return <InstantValue shape={shape} isListed />
  if (isListed && shape.kind === 'text' && isOneOfFew(column))
    return <code className={classes.badge}>{shape.text}</code>
  if (isCompact || isListed) return <CompactValue shape={shape} maskReason={maskReason} />
  const canCopy = shape.text !== '' && shape.kind !== 'masked'
  return (
    <span className={classes.value} data-kind={shape.kind}>
      <WholeValue shape={shape} maskReason={maskReason} />
      {canCopy && <CopyButton className={classes.copy} text={shape.text} />}
    </span>
  )
}

/** An enum; or a status, whatever its type. */
function isOneOfFew(column: MetaColumn | null | undefined): boolean {
  return column != null && column.references === null && (column.enum !== null || /(^|_)status$/i.test(column.name))
}

type Shown = { shape: Shape; maskReason: string | undefined }

function WholeValue({ shape, maskReason }: Shown) {
  switch (shape.kind) {
    case 'prose':
      return <LongText text={shape.text} />
    case 'json':
      return <LongText text={shape.pretty} isCode />
    case 'list':
      return <ListValue items={shape.items} />
    case 'link':
      return (
        <a className={classes.link} href={shape.text} target="_blank" rel="noreferrer noopener">
          {shape.text}
        </a>
      )
    default:
      return <CompactValue shape={shape} maskReason={maskReason} />
  }
}

/** One line: what it is, with the whole of it on hover where that is more. */
function CompactValue({ shape, maskReason }: Shown) {
  const words = useWords(valueWords)
  switch (shape.kind) {
    case 'null':
      return <NullSign said={words.noValue} />
    case 'empty':
      return (
        <span className={classes.sign} role="img" aria-label={words.emptyText} data-hint={words.emptyText}>
          {'""'}
        </span>
      )
    case 'masked': {
      const text = maskedText(shape.text)
      return <MaskSign text={text} said={maskReason ?? (text === '▒▒▒▒' ? words.isMasked : words.isPartlyMasked)} />
    }
    case 'instant':
      return <InstantValue shape={shape} />
    case 'bytes':
      return (
        <code className={classes.line}>
          {shape.text.length > 20 ? `${shape.text.slice(0, 18)}…` : shape.text}{' '}
          <span className={classes.note}>{words.bytes({ count: shape.size })}</span>
        </code>
      )
    case 'prose':
    case 'json':
    case 'list':
    case 'link':
      return <CutText text={shape.text} isCode={shape.kind !== 'prose' && shape.kind !== 'link'} />
    default:
      return (
        <code className={classes.line} data-kind={shape.kind}>
          {shape.text}
        </code>
      )
  }
}

type ShownInstant = { shape: Extract<Shape, { kind: 'instant' }>; isListed?: boolean }

function InstantValue({ shape, isListed = false }: ShownInstant) {
  const { language } = useLanguage()
  const words = useWords(valueWords)
  const said = momentText(shape.instant.date, language)
  return (
    <time
      className={classes.line}
      dateTime={shape.instant.date.toISOString()}
      {...hint(`${said}\n${words.inDatabase({ text: shape.text })}`)}
    >
      {isListed ? clockText(shape.instant) : exactText(shape.instant)}
    </time>
  )
}

const cutLength = 160
const hintLength = 800

function CutText({ text, isCode }: { text: string; isCode: boolean }) {
  const line = text.slice(0, cutLength).replaceAll(/\s+/g, ' ')
  const isCut = text.length > 60 || text.includes('\n')
  const more = isCut ? (text.length > hintLength ? `${text.slice(0, hintLength)}…` : text) : null
  return (
    <span className={isCode ? classes.line : classes.text} data-hint={more ?? undefined}>
      {line}
      {text.length > cutLength && '…'}
    </span>
  )
}

const manyItems = 24

function ListValue({ items }: { items: readonly unknown[] }) {
  const words = useWords(valueWords)
  const shown = items.slice(0, manyItems)
  if (items.length === 0) return <code className={classes.line}>{'[]'}</code>
  return (
    <span className={classes.list}>
      {shown.map((item, at) => (
        <code key={at} className={classes.item}>
          {item === null ? <NullSign said={words.noValue} /> : item === '' ? '""' : valueText(item)}
        </code>
      ))}
      {items.length > manyItems && (
        <span className={classes.note}>{words.more({ count: items.length - manyItems })}</span>
      )}
    </span>
  )
}
