// Operations as people read them: when, through what, who, from where, why.
import { fold, type Paper } from './paper.ts'
import { formatValue, localTime } from './value.ts'

/** What of an operation is shown. */
export type OperationLike = {
  id: string
  actor: unknown
  procedure: string | null
  reason?: string | null
  source?: string | null
  requestId?: string | null
  /** `failed` where it was refused or threw; null where its changes say what came of it. */
  outcome?: string | null
  error?: string | null
  at: string
}

/**
 * A list of operations, a few lines each, with the id to go on with.
 *
 * @example
 * showOperations(page.operations, paper)
 */
export function showOperations(operations: readonly unknown[], paper: Paper): string {
  return (operations as readonly OperationLike[]).flatMap((operation) => operationLines(operation, paper)).join('\n')
}

/**
 * The lines of one operation, the first at the margin.
 *
 * @example
 * operationLines(change.operation, paper).join('\n')
 */
export function operationLines(operation: OperationLike, paper: Paper): string[] {
  const { id, actor, procedure, reason, source, requestId, outcome, error, at } = operation
  const door = [source, requestId].filter((part) => part !== null && part !== undefined && part !== '')
  const what = paper.paint('cyan', procedure === null ? '—' : formatValue(procedure))
  const from = door.length === 0 ? '' : paper.paint('dim', `  ${door.map(formatValue).join(' · ')}`)
  const lines = [`${paper.paint('bold', localTime(at))}  ${what}  ${formatValue(actor)}${from}`]
  if (reason !== null && reason !== undefined && reason !== '') {
    lines.push(...fold(`“${formatValue(reason)}”`, paper.width - 2).map((line) => `  ${line}`))
  }
  if (outcome === 'failed') {
    const why = error === null || error === undefined || error === '' ? '' : `: ${formatValue(error)}`
    lines.push(...fold(`failed${why}`, paper.width - 2).map((line) => `  ${paper.paint('red', line)}`))
  }
  lines.push(paper.paint('dim', `  operation ${formatValue(id)}`))
  return lines
}
