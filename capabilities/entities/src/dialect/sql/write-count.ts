// Counting as SQL: all rows that the filters let through, however many of them are on the page.
import { isGrouped } from '../plan/plan-rows.ts'
import type { EmbedPlan, Plan, PlannedLogic, RowsPlan } from '../plan-tree.ts'
import type { Statement } from './statement.ts'
import { writeWhere } from './write-filter.ts'
import { writeLateral, writeSource } from './write-rows.ts'

/** The number of all rows, as a value beside the page; null where it is not asked for, or where it is only planned. */
export function writeTotal(statement: Statement, plan: Plan): string {
  if (plan.count === null || plan.count === 'planned') return 'NULL::text'
  if (plan.kind !== 'read' && plan.kind !== 'call') return writtenTotal
  if (plan.kind === 'call' && !plan.call.function.returns.isSet) return 'count(*)::text'
  if (isWhole(plan.rows)) return 'count(*)::text'
  if (plan.count === 'exact' || plan.maxRows === null) {
    return `(SELECT count(*)${writeCounted(statement, plan.rows)})::text`
  }
  // Beyond the cap an estimate will do, so that nobody counts further.
  const limit = statement.bind(String(plan.maxRows + 1))
  return `(SELECT count(*) FROM (SELECT${writeCounted(statement, plan.rows)} LIMIT ${limit}) AS "steward counted")::text`
}

const writtenTotal = '(SELECT count(*) FROM "written")::text'

/** The page holds all rows. */
function isWhole(rows: RowsPlan): boolean {
  return rows.range.limit === null && rows.range.offset === 0 && !isGrouped(rows)
}

/** FROM and WHERE of the rows, joined only with what decides which of them are there. */
export function writeCounted(statement: Statement, rows: RowsPlan): string {
  const asked = new Set(rows.where.flatMap(askedEmbeds))
  const joins = rows.embeds.filter((embed) => embed.join === 'inner' || asked.has(embed))
  const laterals = joins.map((embed) => writeLateral(statement, embed)).join('')
  return ` FROM ${writeSource(statement, rows)}${laterals}${writeWhere(statement, rows, rows.where)}`
}

function askedEmbeds(logic: PlannedLogic): EmbedPlan[] {
  if (logic.kind === 'presence') return [logic.embed]
  return logic.kind === 'condition' ? [] : logic.members.flatMap(askedEmbeds)
}
