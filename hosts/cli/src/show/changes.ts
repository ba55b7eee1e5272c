// A list of changes as a timeline: each operation once, each row with what was and what is.
import { cellsOf, fit, type Paper, pad } from './paper.ts'
import { formatStored, formatValue } from './value.ts'

type Values = Readonly<Record<string, unknown>>
type Operation = {
  id: string
  actor: unknown
  procedure: string
  reason?: string | null
  source?: string | null
  requestId?: string | null
  at: string
}
type Change = {
  kind: string
  entity: string
  key: Values | null
  before: Values | null
  after: Values | null
  at?: string
  imported?: boolean
  operation?: Operation | null
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
      lines.push(...headOf(operation, paper))
      lastOperation = operation.id
    }
    lines.push(...diffOf(change, operation === undefined || operation === null ? '' : '  ', paper))
  }
  return lines.join('\n')
}

function headOf(operation: Operation, paper: Paper): string[] {
  const door = [operation.source, operation.requestId].filter(
    (part) => part !== null && part !== undefined && part !== '',
  )
  const words = `${paper.paint('bold', localTime(operation.at))}  ${paper.paint('cyan', formatValue(operation.procedure))}  ${formatValue(operation.actor)}`
  const head = [`${words}${door.length === 0 ? '' : paper.paint('dim', `  ${door.map(formatValue).join(' · ')}`)}`]
  if (operation.reason !== null && operation.reason !== undefined && operation.reason !== '') {
    head.push(`  “${fit(formatValue(operation.reason), paper.width - 4)}”`)
  }
  head.push(paper.paint('dim', `  operation ${formatValue(operation.id)}`))
  return head
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

/** In the time zone of the person who looks, to the second. */
function localTime(at: string): string {
  const date = new Date(at)
  return Number.isNaN(date.getTime()) ? formatValue(at) : clock.format(date)
}

// Sweden writes dates as ISO does.
const clock = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })
