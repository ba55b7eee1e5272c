// Steward's additions around a write: guards before it, an operation with it, and its changes after it.
import { printJson } from '@steward/base'
import type { Operation, WebAnswer, WebRequest } from '@steward/engine'
import type { QualifiedName } from '@steward/postgres'
import type { Plan } from '../dialect/plan.ts'
import { entitiesErrors } from '../errors.ts'
import type { Settings } from '../options.ts'
import type { SeenTable } from '../visibility/see-table.ts'
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

/** Several requests that are one operation: a changeset. */
export type Together = { operation: Operation; isRehearsed: boolean }

/** A planned request; `seen` is the table that it is about, null for a function. */
type SettingOut = {
  plan: Plan
  web: WebRequest
  settings: Settings
  seen: SeenTable | null
  together?: Together | undefined
}

/**
 * Lets a write set out as an operation, or refuses it; null for what only reads. The pure dialect refuses nothing here.
 *
 * @throws ENTITIES_REASON_REQUIRED, ENTITIES_UNFILTERED_WRITE, ENTITIES_DIFF_OF_READ, ENTITIES_DRY_RUN_REFUSED,
 * ENTITIES_DRY_RUN_OF_PART, and what `readReason` refuses.
 */
export function beginWrite({ plan, web, settings, seen, together }: SettingOut): Write | null {
  const isPure = settings.compat !== null
  const showsChanges = !isPure && together === undefined && web.headers['steward-diff'] === '1'
  // Explained and not run, it writes nothing, unless ANALYZE runs it.
  if (plan.isReadOnly || isExplainedOnly(plan)) {
    if (showsChanges) throw entitiesErrors.DIFF_OF_READ()
    return null
  }
  if (!isPure && asksForDryRun(web)) demandDryRun(settings, together)
  const { kind, request } = plan
  const reason = isPure ? null : together ? together.operation.reason : readReason(web, settings)
  if (!isPure) {
    const requiresReason = settings.requiresReason && (seen?.requiresReason ?? requiresReasonOf(web))
    guardWrite({ kind, request, reason, requiresReason, isRolledBack: together?.isRehearsed ?? plan.rollback })
  }
  const target = plan.kind === 'call' || plan.kind === 'read' ? null : plan.write.table
  return {
    operation: together?.operation ?? makeOperation({ kind, request, reason }, web),
    showsChanges,
    target,
    isPure,
  }
}

/** Of a function: as the role says, and else of people. */
function requiresReasonOf({ role, actor }: WebRequest): boolean {
  return role?.requiresReason ?? actor?.type !== 'service'
}

/** Whether a request wants a dry run (`Prefer: tx=rollback`), allowed or not: whoever asks for one must never write in earnest. */
export function asksForDryRun({ headers }: Pick<WebRequest, 'headers'>): boolean {
  return /(?:^|,)\s*tx\s*=\s*rollback\s*(?:,|;|$)/i.test(headers['prefer'] ?? '')
}

function demandDryRun({ allowsTxOverride }: Settings, together: Together | undefined): void {
  if (together === undefined && !allowsTxOverride) throw entitiesErrors.DRY_RUN_REFUSED()
  if (together !== undefined && !together.isRehearsed) throw entitiesErrors.DRY_RUN_OF_PART()
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
  const body = `{"result":${bodyText(answer.headers, answer.body)},"changes":${printJson(changes)}}`
  return {
    status: 200,
    headers: { ...headers, 'Content-Type': 'application/vnd.steward.diff+json; charset=utf-8' },
    body,
  }
}

/** The body of an answer as JSON within JSON: as it is, to the last digit, or else as a text. */
export function bodyText(headers: WebAnswer['headers'], body: string | null): string {
  if (body === null || body === '') return 'null'
  return /^application\/[^;]*json/.test(headers['Content-Type'] ?? '') ? body : JSON.stringify(body)
}
