// Puts the numbers of the weeks together.
import type { Queryable } from '@steward/postgres'
import type { Week, WeekQuestion } from './report.ts'
import { selectWeekAskers, selectWeekOwners, selectWeeks } from './store/weeks.ts'

/**
 * The weeks asked for, the newest first, also those in which nothing was asked.
 *
 * @example
 * const [thisWeek] = await reportWeeks(office, { weeks: 1, until: null, timeZone: 'Asia/Seoul' })
 */
export async function reportWeeks(queryable: Queryable, question: WeekQuestion): Promise<Week[]> {
  const weeks = await selectWeeks(queryable, question)
  const askers = await selectWeekAskers(queryable, question)
  const owners = await selectWeekOwners(queryable, question)
  return weeks.map((week) => ({ ...week, askers: partOf(askers, week.from), owners: partOf(owners, week.from) }))
}

function partOf<Row extends { from: string }>(rows: readonly Row[], monday: string): Omit<Row, 'from'>[] {
  return rows.flatMap(({ from, ...rest }) => (from === monday ? [rest] : []))
}
