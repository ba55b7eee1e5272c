// Periods of the viewer's calendar around a moment: in which the same procedure is looked at.

/** How long a period is. */
export const periods = ['hour', 'day', 'week'] as const

/** How long a period is. */
export type Period = (typeof periods)[number]

/** A period by its name in an address; a day unless it is one of them. */
export function periodOf(text: string | undefined): Period {
  return periods.find((period) => period === text) ?? 'day'
}

/** The hour, the day or the week (from Monday) of the viewer's zone in which a moment lies: from (inclusive) to (exclusive). */
export function periodAround(at: string, period: Period): { from: string; to: string } {
  const begin = new Date(at)
  begin.setMinutes(0, 0, 0)
  if (period !== 'hour') begin.setHours(0)
  if (period === 'week') begin.setDate(begin.getDate() - ((begin.getDay() + 6) % 7))
  const end = new Date(begin)
  if (period === 'hour') end.setTime(end.getTime() + 3_600_000)
  else end.setDate(end.getDate() + (period === 'week' ? 7 : 1))
  return { from: begin.toISOString(), to: end.toISOString() }
}
