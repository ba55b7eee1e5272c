// What is known of a request before the database is asked: its plan, the operation of its write, and how far it may reach.
import type { WebRequest } from '@steward/engine'
import { beginWrite, type Together, type Write } from '../operations/begin-write.ts'
import { type Cap, capOf } from '../operations/cap-rows.ts'
import type { Room } from '../room.ts'
import { lookAs } from '../visibility/onlooker.ts'
import type { DialectRequest } from './dialect-request.ts'
import { planVersion } from './plan/plan-version.ts'
import { showNumbersAsText } from './plan/text-numbers.ts'
import { makePlan, type Plan } from './plan.ts'

/** A request that may set out. */
export type Prepared = {
  plan: Plan
  /** Null for what only reads. */
  write: Write | null
  /** Null is no limit. */
  cap: Cap | null
}

/**
 * Plans a request and lets it set out, or refuses it. `together` is the changeset that it is a part of.
 *
 * @throws DialectError, and what `makePlan`, `planVersion` and `beginWrite` refuse.
 */
export function prepareRequest(room: Room, web: WebRequest, request: DialectRequest, together?: Together): Prepared {
  const { settings } = room
  const cache = room.cache()
  const plan = makePlan(request, cache, settings, lookAs(web, settings, cache))
  if (settings.compat !== null) return { plan, write: beginWrite({ plan, web, settings, seen: null }), cap: null }
  // What is seen of a function's rows says nothing of what it writes.
  const seen = plan.kind === 'call' ? null : plan.rows.seen
  if ('hasTextNumbers' in plan.bodyFormat && plan.bodyFormat.hasTextNumbers) showNumbersAsText(plan.rows)
  planVersion(plan, seen)
  const write = beginWrite({ plan, web, settings, seen, together })
  return { plan, write, cap: write === null ? null : capOf(plan, { seen, actor: web.actor, settings }) }
}
