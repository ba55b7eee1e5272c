// Steward's additions around a write: guards before it, an operation with it, and its changes after it.
import { printJson } from '@steward/base'
import type { Operation, WebAnswer, WebRequest } from '@steward/engine'
import type { QualifiedName } from '@steward/postgres'
import type { Plan } from '../dialect/plan.ts'
import { entitiesErrors } from '../errors.ts'
import type { Settings } from '../options.ts'
import { guardWrite } from './guard-write.ts'
import { makeOperation } from './make-operation.ts'
import { readReason } from './reason.ts'

/** A write as it sets out. */
export type Write = {
  operation: Operation
  /** `Steward-Diff: 1`. */
  showsChanges: boolean
  /** The table that is written; null for a function, which may write any. */
  target: QualifiedName | null
  /** The pure dialect: its answers have nothing of ours. */
  isPure: boolean
}

/**
 * Lets a write set out as an operation, or refuses it; null for what only reads. The pure dialect refuses nothing here.
 *
 * @throws ENTITIES_REASON_REQUIRED, ENTITIES_REASON_ENCODING, ENTITIES_UNFILTERED_WRITE, ENTITIES_DIFF_OF_READ
 */
export function beginWrite(plan: Plan, web: WebRequest, settings: Settings): Write | null {
  const isPure = settings.compat !== null
  const showsChanges = !isPure && web.headers['steward-diff'] === '1'
  // Explained and not run, it writes nothing, unless ANALYZE runs it.
  if (plan.isReadOnly || isExplainedOnly(plan)) {
    if (showsChanges) throw entitiesErrors.DIFF_OF_READ()
    return null
  }
  const { kind, request, rollback: isRolledBack } = plan
  const reason = isPure ? null : readReason(web.headers)
  if (!isPure) guardWrite({ kind, request, reason, requiresReason: settings.requiresReason, isRolledBack })
  const target = plan.kind === 'call' || plan.kind === 'read' ? null : plan.write.table
  return { operation: makeOperation({ kind, request, reason }, web), showsChanges, target, isPure }
}

function isExplainedOnly({ format }: Plan): boolean {
  return format.kind === 'plan' && !format.options.includes('analyze')
}

/**
 * The answer of a write, with its operation and, where they were asked for, its changes.
 *
 * @example
 * withChanges({ status: 204, headers: {}, body: null }, write, null).headers['Steward-Operation'] // the operation's id
 */
export function withChanges(answer: WebAnswer, write: Write, changes: unknown[] | null): WebAnswer {
  if (write.isPure) return answer
  const headers: Record<string, string> = { ...answer.headers, 'Steward-Operation': write.operation.id }
  if (changes === null) return { ...answer, headers }
  const body = `{"result":${resultText(answer)},"changes":${printJson(changes)}}`
  return {
    status: 200,
    headers: { ...headers, 'Content-Type': 'application/vnd.steward.diff+json; charset=utf-8' },
    body,
  }
}

// JSON goes in as it is, to the last digit; anything else as a text.
function resultText({ headers, body }: WebAnswer): string {
  if (body === null || body === '') return 'null'
  return /^application\/[^;]*json/.test(headers['Content-Type'] ?? '') ? body : JSON.stringify(body)
}
