// What a plan comes to, counted, and which of its conflicts leave a choice.
import type { ChangeFacts } from '@steward/sdk'
import { valueText } from '@steward/ui'
import type { PlanConflict, RevertAnswer } from '../answers.ts'

/** The rows of a plan by what becomes of them. */
export type PlanParts = {
  comeBack: readonly ChangeFacts[]
  putBack: readonly ChangeFacts[]
  removed: readonly ChangeFacts[]
}

/** The rows of a plan by what becomes of them. */
export function partsOf(rows: readonly ChangeFacts[]): PlanParts {
  const of = (kind: ChangeFacts['kind']) => rows.filter((row) => row.kind === kind)
  return { comeBack: of('insert'), putBack: of('update'), removed: of('delete') }
}

const forcible = new Set(['edited', 'recreated', 'attribute-gone'])

/** Whether overwriting would change anything about the conflict; what the database itself refuses cannot be forced. */
export function isForcible({ reason }: Pick<PlanConflict, 'reason'>): boolean {
  return forcible.has(reason)
}

/**
 * What a column was before the operation: what overwriting would write. Undefined where the plan that overwrites does not write it.
 */
export function valueBefore(conflict: PlanConflict, forced: RevertAnswer | undefined): unknown {
  const { entity, key, column } = conflict
  if (forced === undefined || column === null || key === null) return undefined
  const row = forced.plan.rows.find((each) => each.entity === entity && isSameKey(each.key, key))
  return row?.after?.[column]
}

function isSameKey(one: ChangeFacts['key'], other: NonNullable<ChangeFacts['key']>): boolean {
  const names = Object.keys(other)
  return one !== null && names.every((name) => valueText(one[name]) === valueText(other[name]))
}
