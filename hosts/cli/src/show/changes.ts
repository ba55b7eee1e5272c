// A list of changes as a timeline: each operation once, each row with what was and what is.
import { type OperationLike, operationLines } from './operations.ts'
import { cellsOf, fit, type Paper, pad } from './paper.ts'
import { formatStored, formatValue } from './value.ts'

type Values = Readonly<Record<string, unknown>>
type Change = {
  kind: string
  entity: string
  key: Values | null
  before: Values | null
  after: Values | null
  at?: string
  imported?: boolean
  operation?: OperationLike | null
}

/**
 * Changes with a small diff each. Neighbours of one operation stand together under who did it, through what and why.
 *
 * @example
 * showChanges(history, paper)
 */
export function showChanges(changes: readonly unknown[], paper: Paper): string {
  const lines: string[] = []
  let lastOperation: string | undefined
  for (const change of changes as readonly Change[]) {
    const { operation } = change
    if (operation !== undefined && operation !== null && operation.id !== lastOperation) {
      if (lines.length > 0) lines.push('')
      lines.push(...operationLines(operation, paper))
      lastOperation = operation.id
    }
    lines.push(...diffOf(change, operation === undefined || operation === null ? '' : '  ', paper))
  }
  return lines.join('\n')
}

const marks = { insert: ['green', '+'], update: ['yellow', '~'], delete: ['red', '-'], truncate: ['red', '×'] } as const

function diffOf(change: Change, indent: string, paper: Paper): string[] {
  const [style, mark] = marks[change.kind as keyof typeof marks] ?? (['yellow', '~'] as const)
  const key = change.key === null ? '' : ` ${formatValue(change.key)}`
  const imported = change.imported === true ? paper.paint('dim', '  imported') : ''
  const title = `${change.kind} ${formatValue(change.entity)}${key}`
  return [
    `${indent}${paper.paint(style, mark)} ${fit(title, paper.width - indent.length - 2)}${imported}`,
    ...columnsOf(change, `${indent}    `, paper),
  ]
}

function columnsOf({ before, after }: Change, indent: string, paper: Paper): string[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const width = Math.min(30, Math.max(0, ...names.map((name) => cellsOf(formatValue(name)))))
  const room = Math.max(20, paper.width - indent.length - width - 2)
  return names.flatMap((name) => {
    const head = `${indent}${paper.paint('dim', pad(fit(formatValue(name), width), width))}  `
    const was = before === null ? null : formatStored(before[name])
    const is = after === null ? null : formatStored(after[name])
    return valueLines(was, is, room, paper).map(
      (line, index) => (index === 0 ? head : ' '.repeat(indent.length + width + 2)) + line,
    )
  })
}

function valueLines(was: string | null, is: string | null, room: number, paper: Paper): string[] {
  if (was === null) return [paper.paint('green', fit(is ?? '', room))]
  if (is === null) return [paper.paint('red', fit(was, room))]
  if (cellsOf(was) + cellsOf(is) + 3 <= room) return [`${paper.paint('red', was)} → ${paper.paint('green', is)}`]
  return [paper.paint('red', fit(was, room)), `→ ${paper.paint('green', fit(is, room - 2))}`]
}
