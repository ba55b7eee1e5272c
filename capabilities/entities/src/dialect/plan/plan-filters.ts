// Filtering: comparisons with their columns found, and embeds that are asked whether they have a row.
import { demandHarmless } from '../../visibility/demand-usable.ts'
import type { Sight } from '../../visibility/sight.ts'
import type { At, Condition, Logic } from '../dialect-request.ts'
import type { EmbedPlan, FieldRows, PlannedLogic, RowsPlan } from '../plan-tree.ts'
import { findRows } from './find-rows.ts'
import { unacceptableEmbedFilter } from './plan-errors.ts'
import { resolveField } from './resolve-field.ts'

/**
 * Hangs every filter where its path leads.
 *
 * @throws DialectError PGRST108 for a path that is not embedded, PGRST120 for an embed that is compared.
 */
export function placeFilters(sight: Sight, root: RowsPlan, filters: At<Logic>[]): void {
  for (const { path, what } of filters) {
    const rows = findRows(root, path)
    rows.where.push(planLogic(sight, rows, what))
  }
}

/** One tree of comparisons over these rows. For what is written, `embeds` is empty: nothing is joined there. */
export function planLogic(sight: Sight, rows: FieldRows & Pick<RowsPlan, 'embeds'>, logic: Logic): PlannedLogic {
  if (logic.kind !== 'condition') {
    return { ...logic, members: logic.members.map((member) => planLogic(sight, rows, member)) }
  }
  const embed = logic.field.path.length === 0 && rows.embeds.find(({ key }) => key === logic.field.name)
  if (embed) return planPresence(embed, logic)
  demandHarmless(rows, logic)
  return { ...logic, field: resolveField(sight, rows, logic.field, 'filtered by') }
}

function planPresence(embed: EmbedPlan, { operator, values, isNegated }: Condition): PlannedLogic {
  if (operator !== 'is' || values[0]?.toLowerCase() !== 'null') throw unacceptableEmbedFilter(embed.relation)
  return { kind: 'presence', embed, isThere: isNegated }
}
