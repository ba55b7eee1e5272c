// What is to be reverted.
import type { KeyInput } from '../key.ts'

/**
 * What a revert takes back: an operation with the operations nested in it, one change, all operations of a run, or
 * everything that happened to one record since a moment (an instant, a mark or an operation).
 */
export type RevertTarget = {
  operation?: string | undefined
  change?: string | undefined
  run?: string | undefined
  entity?: string | undefined
  key?: KeyInput | undefined
  to?: string | Date | undefined
}

/** A target as it can be kept with a plan and sent over a wire. */
export function presentTarget(target: RevertTarget): RevertTarget {
  return { ...target, ...(target.to instanceof Date ? { to: target.to.toISOString() } : {}) }
}
