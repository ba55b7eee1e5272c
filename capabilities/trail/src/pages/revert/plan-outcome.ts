// What a plan lets somebody do who reverts several operations at once.
import type { RevertAnswer } from '../answers.ts'

/** `ready` to be reverted as it is; `empty`, nothing is left of it; `conflicted`, somebody has to decide on its own page. */
export type PlanOutcome = 'ready' | 'empty' | 'conflicted'

/** What can be done with a plan without deciding anything. */
export function planOutcome({ plan }: RevertAnswer): PlanOutcome {
  if (plan.conflicts.length > 0) return 'conflicted'
  return plan.rows.length > 0 ? 'ready' : 'empty'
}
