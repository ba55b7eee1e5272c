// What stands before a write in Steward's own mode: a reason, and a filter.
import type { DialectRequest } from '../dialect/dialect-request.ts'
import type { PlanKind } from '../dialect/outcome.ts'
import { entitiesErrors } from '../errors.ts'

/** A write, and why it is made. */
export type GuardedWrite = {
  kind: PlanKind
  request: DialectRequest
  reason: string | null
  requiresReason: boolean
  isRolledBack: boolean
}

/**
 * Lets a write through, or refuses it. A rehearsal needs no reason: it is how people come to theirs.
 *
 * @throws ENTITIES_REASON_REQUIRED, ENTITIES_UNFILTERED_WRITE
 */
export function guardWrite({ kind, request, reason, requiresReason, isRolledBack }: GuardedWrite): void {
  const named = { method: request.method, entity: request.target.kind === 'root' ? '' : request.target.name }
  if (requiresReason && reason === null && !isRolledBack) throw entitiesErrors.REASON_REQUIRED(named)
  if ((kind === 'update' || kind === 'delete') && !isBounded(request)) throw entitiesErrors.UNFILTERED_WRITE(named)
}

function isBounded({ filters, preferences }: DialectRequest): boolean {
  if (filters.some(({ path }) => path.length === 0)) return true
  return preferences.handling === 'strict' && preferences.maxAffected !== null
}
